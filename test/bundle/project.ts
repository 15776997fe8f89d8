import { unzipSync } from 'fflate';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll } from 'vitest';
import { installedCatalogue } from '../../src/cli/catalogue.ts';
import { DiskFiles } from '../../src/cli/disk.ts';
import { compile, type Compiled } from '../../src/compiler/compile.ts';

const catalogue = installedCatalogue('dist/catalogue');
const made: string[] = [];

afterAll(() => made.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A project on disk, away from any node_modules. */
export class Project {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'eventsystem-bundle-')));
  readonly root: string;

  constructor(files: Readonly<Record<string, string>>, root = 'project') {
    made.push(this.folder);
    this.root = join(this.folder, root);
    for (const [path, text] of Object.entries(files)) this.write(path, text);
  }

  /** Writes a file as of an hour ago, so that nobody takes it for one that changed while it was read. */
  write(path: string, text: string): void {
    const full = join(this.root, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, text);
    this.touch(path, 3600);
  }

  touch(path: string, secondsAgo: number): void {
    const time = Date.now() / 1000 - secondsAgo;
    utimesSync(join(this.root, path), time, time);
  }

  async compile({ cache = false } = {}): Promise<Compiled> {
    return compile({
      files: new DiskFiles(this.root),
      main: 'eventsystem.yml',
      stage: undefined,
      root: this.root,
      out: join(this.root, '.eventsystem', 'dev'),
      cache: cache ? join(this.root, '.eventsystem', 'cache') : undefined,
      catalogue,
      shippedFolder: resolve('dist/shipped'),
      runtime: resolve('src/runtime/index.ts'),
      version: '0.0.0',
    });
  }

  /** The findings as `code: message`, but for hints. */
  async findings(options?: { cache: boolean }): Promise<readonly string[]> {
    const { findings } = await this.compile(options);
    return findings.filter(({ severity }) => severity !== 'hint').map(({ code, message }) => `${code}: ${message}`);
  }

  /** The zips of the functions, by path. */
  async zips(options?: { cache: boolean }): Promise<ReadonlyMap<string, string>> {
    const { artifacts, findings } = await this.compile(options);
    if (!artifacts) throw new Error(findings.map(({ message }) => message).join('\n'));
    return new Map(artifacts.manifest.assets.flatMap(({ file, functions }) => functions.map((path) => [path, this.asset(file)] as const)));
  }

  asset(file: string): string {
    return join(this.root, '.eventsystem', 'dev', 'assets', file);
  }

  /** The handler as Lambda loads it, from what is in its zip. */
  async handler(path: string): Promise<(...given: readonly unknown[]) => unknown> {
    const zip = (await this.zips()).get(path);
    if (zip === undefined) throw new Error(`no ${path}`);
    const task = mkdtempSync(join(this.folder, 'task-'));
    for (const [name, bytes] of Object.entries(unzipSync(readFileSync(zip)))) {
      mkdirSync(dirname(join(task, name)), { recursive: true });
      writeFileSync(join(task, name), bytes);
    }
    const { handler } = (await import(pathToFileURL(join(task, 'index.mjs')).href)) as {
      handler: (...given: readonly unknown[]) => unknown;
    };
    return handler;
  }
}

export const system = (functions: string, more = '') => `name: shop\n${more}functions:\n${functions}`;

/** The source map beside a zip. */
export function mapBeside(zip: string): string {
  const name = readdirSync(dirname(zip)).find((one) => one.startsWith(basename(zip, '.zip')) && one.endsWith('.map'));
  return readFileSync(join(dirname(zip), name ?? ''), 'utf8');
}
