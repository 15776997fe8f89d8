import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { installedCatalogue } from '../src/cli/catalogue.ts';
import { DiskFiles } from '../src/cli/disk.ts';
import { compile, validate, type Validated } from '../src/compiler/compile.ts';
import { printFinding } from '../src/compiler/diagnostics/print.ts';
import type { CodedProblem } from '../src/compiler/diagnostics/problem.ts';
import { allProblems } from '../src/compiler/problems.ts';
import { MemoryFiles } from './memory-files.ts';

/**
 * Mistakes people make, a file each: `test/broken/CODE/NAME.yml`, in a folder `NAME` what it includes, and in
 * `NAME.txt` what is printed about it, rewritten by UPDATE=1. What large files hold is written short:
 * `«  f#: src/f.ts↵×600»` stands for six hundred lines, with their numbers for `#`. A first line `# --stage NAME`
 * asks for that stage. A file without an error is compiled, so that what only a compilation finds is found.
 */
const BROKEN = 'test/broken';

/** Codes without a case, and why none can be made. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'bundle-too-large': 'It takes 250 MiB.',
  'esbuild-replaced': 'It is about a variable of the environment: test/bundle.',
  'input-outside-project': 'It takes a link that leads out of the project: test/bundle.',
  'no-ordinary-file': 'It takes a pipe or a device: test/bundle.',
  'zip-too-large': 'It takes 250 MiB.',
  'too-large-for-the-edge': 'It takes 50 MiB.',
  'schema-disagrees': 'It says that the compiler has no words for what the schema refuses; schema.test.ts looks for such a file.',
};

const work = mkdtempSync(join(tmpdir(), 'eventsystem-broken-'));
const catalogue = installedCatalogue('dist/catalogue');
afterAll(() => rmSync(work, { recursive: true, force: true }));

const codes = readdirSync(BROKEN);
const cases = codes.flatMap((code) =>
  readdirSync(join(BROKEN, code))
    .filter((file) => file.endsWith('.yml'))
    .map((file) => ({ code, name: file.slice(0, -4) })),
);

describe.each(codes)('%s', (code) => {
  const names = cases.filter((one) => one.code === code).map(({ name }) => name);

  test.each(names)('%s', async (name) => {
    const { findings } = await judge(code, name);
    const printed = findings.map((finding) => `${printFinding(finding)}\n`).join('\n');
    const path = join(BROKEN, code, `${name}.txt`);
    if (process.env['UPDATE'] === '1') writeFileSync(path, printed);
    expect(findings.map((finding) => finding.code)).toContain(code);
    expect(printed).toBe(
      existsSync(path) ? readFileSync(path, 'utf8') : `no golden ${path}: run UPDATE=1 npx vitest run test/broken.test.ts`,
    );
  });
});

describe('the cases', () => {
  test('every code has one', async () => {
    const declared = await declaredCodes();
    expect(declared.length).toBeGreaterThan(80);
    expect(declared.filter((code) => !codes.includes(code) && !Object.hasOwn(EXCEPTIONS, code))).toEqual([]);
    expect(codes.filter((code) => !declared.includes(code))).toEqual([]);
    expect(Object.keys(EXCEPTIONS).filter((code) => codes.includes(code))).toEqual([]);
  });

  test('every code is in the list of all codes, once', async () => {
    expect(allProblems.map(({ code }) => code).sort()).toEqual(await declaredCodes());
  });

  test('no golden is left over', () => {
    const left = codes.flatMap((code) =>
      readdirSync(join(BROKEN, code)).filter(
        (file) => file.endsWith('.txt') && !existsSync(join(BROKEN, code, file.replace(/txt$/, 'yml'))),
      ),
    );
    expect(left).toEqual([]);
  });
});

async function judge(code: string, name: string): Promise<Pick<Validated, 'findings'>> {
  const files = filesOf(code, name);
  const main = 'eventsystem.yml';
  const stage = /^# --stage (\S+)/.exec(files.get(main) ?? '')?.[1];
  const validated = validate({ files: new MemoryFiles(files), main, stage, catalogue });
  const { model } = validated;
  if (!model) return validated;
  const handlers = new Map(
    model.functions.map(({ handler }) => [handler.file, 'export default async () => ({ batchItemFailures: [] });\n']),
  );
  const root = join(work, code, name);
  for (const [path, text] of [...handlers, ...files]) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return compile({
    files: new DiskFiles(root),
    main,
    stage,
    root,
    out: join(root, '.out'),
    cache: undefined,
    catalogue,
    runtime: resolve('src/runtime/index.ts'),
    shippedFolder: resolve('dist/shipped'),
    version: '0.0.0',
  });
}

function filesOf(code: string, name: string): ReadonlyMap<string, string> {
  const beside = join(BROKEN, code, name);
  const more = existsSync(beside) ? readdirSync(beside, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()) : [];
  const paths = more.map((entry) => join(entry.parentPath, entry.name));
  return new Map([
    ['eventsystem.yml', written(`${beside}.yml`)],
    ...paths.map((path) => [path.slice(beside.length + 1).replaceAll('\\', '/'), written(path)] as const),
  ]);
}

/** The text of a case, what is repeated in it written out. */
function written(path: string): string {
  return readFileSync(path, 'utf8').replace(/«([^»]*)×(\d+)»/g, (_, text: string, times: string) =>
    Array.from({ length: Number(times) }, (__, index) => text.replaceAll('#', String(index)).replaceAll('↵', '\n')).join(''),
  );
}

/** The codes of every object made by `problems` under src. */
async function declaredCodes(): Promise<readonly string[]> {
  const paths = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.ts') && /= problems\(\{/.test(readFileSync(join('src', path), 'utf8')),
  );
  const modules: readonly object[] = await Promise.all(
    paths.map((path) => import(/* @vite-ignore */ pathToFileURL(resolve('src', path)).href)),
  );
  const sets = modules.flatMap((module) => Object.entries(module)).filter(([name]) => name.endsWith('Problems'));
  return sets
    .flatMap(([, set]: [string, Readonly<Record<string, CodedProblem<never>>>]) => (Array.isArray(set) ? [] : Object.keys(set)))
    .filter((code, index, all) => all.indexOf(code) === index)
    .sort();
}
