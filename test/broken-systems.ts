import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { installedCatalogue } from '../src/cli/catalogue.ts';
import { DiskFiles } from '../src/cli/disk.ts';
import { compile, validate, type Validated } from '../src/compiler/compile.ts';
import { MemoryFiles } from './memory-files.ts';

/**
 * Mistakes people make, a file each: `test/broken/CODE/NAME.yml`, in a folder `NAME` what it includes, and in
 * `NAME.txt` what is printed about it. What large files hold is written short: `«  f#: src/f.ts↵×600»` stands for six
 * hundred lines, with their numbers for `#`. A first line `# --stage NAME` asks for that stage.
 */
export const BROKEN = 'test/broken';

export const MAIN = 'eventsystem.yml';

/** Codes without a case, and why none can be made. */
export const WITHOUT_CASE: Readonly<Record<string, string>> = {
  'bundle-too-large': 'It takes 250 MiB.',
  'esbuild-replaced': 'It is about a variable of the environment: test/bundle.',
  'input-outside-project': 'It takes a link that leads out of the project: test/bundle.',
  'no-ordinary-file': 'It takes a pipe or a device: test/bundle.',
  'zip-too-large': 'It takes 250 MiB.',
  'too-large-for-the-edge': 'It takes 50 MiB.',
  'schema-disagrees': 'It says that the compiler has no words for what the schema refuses; schema.test.ts looks for such a file.',
};

export interface BrokenSystem {
  readonly code: string;
  readonly name: string;
}

export const brokenCodes: readonly string[] = readdirSync(BROKEN).sort();

export const brokenSystems: readonly BrokenSystem[] = brokenCodes.flatMap((code) =>
  readdirSync(join(BROKEN, code))
    .filter((file) => file.endsWith('.yml'))
    .sort()
    .map((file) => ({ code, name: file.slice(0, -4) })),
);

/** The texts of a case: its system file as `eventsystem.yml`, and what lies beside it. */
export function filesOf({ code, name }: BrokenSystem): ReadonlyMap<string, string> {
  const beside = join(BROKEN, code, name);
  const more = existsSync(beside) ? readdirSync(beside, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()) : [];
  const paths = more.map((entry) => join(entry.parentPath, entry.name));
  return new Map([
    [MAIN, written(`${beside}.yml`)],
    ...paths.map((path) => [path.slice(beside.length + 1).replaceAll('\\', '/'), written(path)] as const),
  ]);
}

/** The text of a case, what is repeated in it written out. */
function written(path: string): string {
  return readFileSync(path, 'utf8').replace(/«([^»]*)×(\d+)»/g, (_, text: string, times: string) =>
    Array.from({ length: Number(times) }, (__, index) => text.replaceAll('#', String(index)).replaceAll('↵', '\n')).join(''),
  );
}

const catalogue = installedCatalogue('dist/catalogue');

export const stageOf = (files: ReadonlyMap<string, string>): string | undefined => /^# --stage (\S+)/.exec(files.get(MAIN) ?? '')?.[1];

/** What `validate` says of some files. */
export const validated = (files: ReadonlyMap<string, string>): Validated =>
  validate({ files: new MemoryFiles(files), main: MAIN, stage: stageOf(files), catalogue });

/** Everything found about some files: one without an error is compiled, so that what only a compilation finds is found. */
export async function judged(files: ReadonlyMap<string, string>): Promise<Validated['findings']> {
  const { model, findings } = validated(files);
  if (!model) return findings;
  const handlers = new Map(
    model.functions.map(({ handler }) => [handler.file, 'export default async () => ({ batchItemFailures: [] });\n']),
  );
  const root = mkdtempSync(join(tmpdir(), 'eventsystem-broken-'));
  try {
    for (const [path, text] of [...handlers, ...files]) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const compiled = await compile({
      files: new DiskFiles(root),
      main: MAIN,
      stage: stageOf(files),
      root,
      out: join(root, '.out'),
      cache: undefined,
      catalogue,
      runtime: resolve('src/runtime/index.ts'),
      shippedFolder: resolve('dist/shipped'),
      version: '0.0.0',
    });
    return compiled.findings;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
