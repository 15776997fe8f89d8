import { unzipSync } from 'fflate';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findServer, type Setting } from '../../editors/vscode/src/find.ts';
import { Client } from '../editor/client.ts';
import { FakeCode } from './vscode-api.ts';

/** The extension as VS Code gets it: unpacked, looked at, and run beside projects that have eventsystem installed or have not. */
const VSIX = 'dist/eventsystem.vsix';
const root = realpathSync(mkdtempSync(join(tmpdir(), 'eventsystem-vscode-')));
const extension = join(root, 'extension');

for (const [path, bytes] of Object.entries(unzipSync(readFileSync(VSIX)))) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), bytes);
}

afterAll(() => rmSync(root, { recursive: true, force: true }));

interface Manifest {
  readonly main: string;
  readonly version: string;
  readonly contributes: {
    readonly languages: readonly { readonly id: string; readonly filenames: readonly string[]; readonly configuration: string }[];
    readonly grammars: readonly { readonly language: string; readonly scopeName: string; readonly path: string }[];
  };
}

const json = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;
const manifest = json<Manifest>(join(extension, 'package.json'));

describe('the extension of VS Code', () => {
  test('has the version of the package, and everything it names', () => {
    expect(readFileSync(join(root, 'extension.vsixmanifest'), 'utf8')).toContain(`Version="${json<Manifest>('package.json').version}"`);
    const { languages, grammars } = manifest.contributes;
    for (const path of [manifest.main, ...languages.map(({ configuration }) => configuration), ...grammars.map(({ path }) => path)])
      expect(existsSync(join(extension, path)), path).toBe(true);
    expect(statSync(VSIX).size).toBeLessThanOrEqual(300_000);
  });

  test('gives the file a language of its own, with the colours of YAML', () => {
    const { languages, grammars } = manifest.contributes;
    expect(languages.map(({ id, filenames }) => [id, filenames])).toEqual([['eventsystem', ['eventsystem.yml', 'eventsystem.yaml']]]);
    expect(grammars[0]?.language).toBe('eventsystem');
    const grammar = json<{ scopeName: string; patterns: readonly { include: string }[] }>(join(extension, grammars[0]?.path ?? ''));
    expect(grammar).toMatchObject({ scopeName: grammars[0]?.scopeName, patterns: [{ include: 'source.yaml' }] });
  });

  test('needs nothing that is not in it but VS Code', () => {
    const code = readFileSync(join(extension, manifest.main), 'utf8');
    const needed = [...code.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name = '']) => name);
    expect([...new Set(needed)].filter((name) => !isBuiltin(name))).toEqual(['vscode']);
  });

  test('gives the licences of what is in it', () => {
    const told = readFileSync(join(extension, 'dist', 'THIRD-PARTY-LICENSES.txt'), 'utf8');
    for (const name of ['vscode-languageclient', 'vscode-jsonrpc', 'semver']) expect(told).toMatch(new RegExp(`^${name} [\\d.]+ \\(`, 'm'));
    expect(told).not.toMatch(/^(yaml|esbuild|@aws-sdk)/m);
  });
});

const TEXT =
  'name: shop\nstreams:\n  orders: { retention: 2 dayz }\nresources:\n  Raw: { Type: AWS::SQS::Queue, Properties: { DelaySecond: 1 } }\n' +
  'functions:\n  a: { handler: src/missing.ts, allow: [{ action: sqs:SendMessag, resource: $(orders.arn) }] }\n';

describe('the server it starts', () => {
  const path = process.env['PATH'];
  let code: FakeCode;
  let running: ReturnType<FakeCode['load']> | undefined;
  let project: string;

  beforeEach(() => {
    project = mkdtempSync(join(root, 'project-'));
    writeFileSync(join(project, 'eventsystem.yml'), TEXT);
    // Whether this machine has eventsystem on its PATH is not asked.
    process.env['PATH'] = join(project, 'bin');
    code = new FakeCode(project);
  });

  afterEach(async () => {
    process.env['PATH'] = path;
    await running?.deactivate();
    running = undefined;
  });

  const start = async (): Promise<void> => {
    running = code.load(join(extension, manifest.main));
    code.open(join(project, 'eventsystem.yml'), TEXT);
    await running.activate({ subscriptions: [] });
  };
  const install = (): void => {
    mkdirSync(join(project, 'node_modules'));
    symlinkSync(resolve('.'), join(project, 'node_modules', 'eventsystem'), 'junction');
  };
  /** A command that starts the server, in a folder. */
  const command = (folder: string): void => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'eventsystem'), `#!/bin/sh\nexec "${process.execPath}" "${resolve('bin/eventsystem.cjs')}" "$@"\n`, {
      mode: 0o755,
    });
  };

  test('is the project’s, which says there what it says elsewhere', async () => {
    install();
    await start();
    const client = new Client();
    await client.initialize();
    const uri = pathToFileURL(join(project, 'eventsystem.yml')).href;
    await client.open(uri, TEXT);
    const expected = (await client.diagnostics(uri)).map(({ code, message }) => ({ code, message }));
    expect(await client.stop()).toBe(0);
    expect(expected.length).toBeGreaterThan(1);
    expect((await code.findings()).map(({ code, message }) => ({ code, message }))).toEqual(expected);
    expect(code.shown).toEqual({ messages: [], terminals: [], commands: [] });
  });

  test('is asked for once where there is none, and starts by itself when it is installed', async () => {
    code.clicks = true;
    await start();
    await code.happened(({ terminals }) => terminals.length > 0);
    expect(code.shown.terminals).toEqual([{ cwd: project, text: 'npm install --save-dev eventsystem', run: false }]);
    install();
    expect((await code.findings()).length).toBeGreaterThan(1);
    expect(code.shown.messages).toEqual(['eventsystem is not installed in this project. Install it for completion, findings and fixes.']);
  });

  test('is not the project’s while the workspace is not trusted', async () => {
    install();
    code.trusted = false;
    code.clicks = true;
    await start();
    await code.happened(({ commands }) => commands.length > 0);
    expect(code.shown.messages).toEqual([
      'This workspace is not trusted, so its eventsystem is not started. Until then, eventsystem.yml only has syntax highlighting.',
    ]);
    expect(code.shown.commands).toEqual(['workbench.trust.manage']);
    expect(code.answered).toBe(false);
    code.trust();
    expect((await code.findings()).length).toBeGreaterThan(1);
  });

  // A command of Windows is a batch file, which is not made here; `find` below tells how one is found.
  test.skipIf(process.platform === 'win32')('may be one on the PATH', async () => {
    const folder = join(mkdtempSync(join(root, 'bin-')), 'bin');
    command(folder);
    process.env['PATH'] = folder;
    code.trusted = false;
    await start();
    expect((await code.findings()).length).toBeGreaterThan(1);
    expect(code.shown.messages).toEqual([]);
  });

  test('is the one a setting names, or none', async () => {
    install();
    code.path = join(project, 'elsewhere.cjs');
    await start();
    await code.happened(({ messages }) => messages.length > 0);
    expect(code.shown.messages).toEqual([`The setting eventsystem.server.path names ${code.path}, which does not exist.`]);
    expect(code.answered).toBe(false);
    code.path = resolve('bin/eventsystem.cjs');
    code.configured();
    expect((await code.findings()).length).toBeGreaterThan(1);
  });
});

describe('where a server is looked for', () => {
  const found = (files: readonly string[], rest: Partial<Setting>) =>
    findServer({
      path: undefined,
      trusted: true,
      folders: ['/work/shop/api'],
      workspace: ['/work/shop'],
      env: { PATH: '/usr/bin' },
      platform: 'linux',
      disk: { isFile: (path) => files.includes(path), isExecutable: (path) => files.includes(path), real: (path) => path },
      ...rest,
    });
  const program = '/work/node_modules/eventsystem/bin/eventsystem.cjs';

  test('a project’s, in the folders above the file; else on the PATH', () => {
    expect(found([program, '/usr/bin/eventsystem'], {})).toEqual({ kind: 'module', path: program });
    expect(found(['/usr/bin/eventsystem'], {})).toEqual({ kind: 'command', path: '/usr/bin/eventsystem', shell: false });
    expect(found([], {})).toBe(undefined);
  });

  test('a setting counts from the folders of the workspace', () => {
    expect(found([program, '/work/shop/tools/es.mjs'], { path: 'tools/es.mjs' })).toEqual({
      kind: 'module',
      path: '/work/shop/tools/es.mjs',
    });
    expect(found([program, '/opt/eventsystem'], { path: '/opt/eventsystem' })).toMatchObject({ kind: 'command', path: '/opt/eventsystem' });
    expect(found([program], { path: '/opt/eventsystem' })).toBe(undefined);
  });

  test('nothing of a workspace that is not trusted, whatever names it or leads to it', () => {
    const inside = '/work/shop/node_modules/.bin/eventsystem';
    const untrusted = { trusted: false, env: { PATH: '.:node_modules/.bin:/work/shop/node_modules/.bin:/usr/bin' } };
    expect(found([inside, program, '/work/shop/tools/es.mjs'], { ...untrusted, path: 'tools/es.mjs' })).toBe(undefined);
    expect(found([inside, program], untrusted)).toBe(undefined);
    expect(found([inside, '/usr/bin/eventsystem'], untrusted)).toMatchObject({ path: '/usr/bin/eventsystem' });
    const files = ['/usr/bin/eventsystem'];
    const linked = { isFile: () => false, isExecutable: (path: string) => files.includes(path), real: () => inside };
    expect(found(files, { ...untrusted, disk: linked })).toBe(undefined);
    expect(found(['/work/shop-tools/eventsystem'], { trusted: false, env: { PATH: '/work/shop-tools' } })).toBeDefined();
  });

  test('on Windows, commands are batch files', () => {
    const windows = {
      platform: 'win32',
      folders: ['C:\\shop'],
      workspace: ['C:\\shop'],
      env: { Path: '.;D:\\npm' },
      trusted: false,
    } as const;
    expect(found(['D:\\npm\\eventsystem.cmd'], windows)).toEqual({ kind: 'command', path: 'D:\\npm\\eventsystem.cmd', shell: true });
    expect(found(['C:\\shop\\eventsystem.cmd'], { ...windows, env: { Path: 'C:\\shop' } })).toBe(undefined);
  });
});
