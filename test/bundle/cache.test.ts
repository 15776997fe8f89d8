import { unzipSync } from 'fflate';
import { readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { Project, system, mapBeside } from './project.ts';

const built = vi.hoisted((): string[][] => []);

vi.mock('esbuild', async (original) => {
  const real = await original<typeof import('esbuild')>();
  return {
    ...real,
    build: (options: { entryPoints: readonly { out: string }[] }) => {
      built.push(options.entryPoints.map(({ out }) => out));
      return real.build(options as never);
    },
  };
});

const files = {
  'eventsystem.yml': system('  a: src/a.ts\n  b: { handler: src/b.ts, files: [texts/**] }\n'),
  'src/a.ts': "import { x } from './lib';\nexport default async () => x;",
  'src/b.ts': "import { y } from './more/y';\nexport default async () => y;",
  'src/lib/index.ts': 'export const x = 1;',
  'src/more/y.ts': 'export const y = 1;',
  'texts/one/a.txt': 'one',
};

/** The bundles that a compilation made. */
async function rebuilt(project: Project): Promise<readonly string[]> {
  built.length = 0;
  await project.zips({ cache: true });
  return built.flat().sort();
}

async function fresh(): Promise<Project> {
  const project = new Project(files);
  await new Promise((done) => setTimeout(done, 30));
  expect(await rebuilt(project)).toEqual(['src/a.ts', 'src/b.ts']);
  expect(await rebuilt(project)).toEqual([]);
  return project;
}

/** Lets a change be older than the compilation that reads it. */
const settle = () => new Promise((done) => setTimeout(done, 30));

test('only what changed is made again', async () => {
  const project = await fresh();
  project.touch('src/a.ts', 10);
  expect(await rebuilt(project)).toEqual([]);
  project.write('src/more/y.ts', 'export const y = 2;');
  await settle();
  expect(await rebuilt(project)).toEqual(['src/b.ts']);
  expect(await rebuilt(project)).toEqual([]);
  project.write('src/more/y.ts', 'export const y = 3;');
  expect(await (await project.handler('functions.b'))({}, {})).toBe(3);
});

test('a file that appears may be meant instead of another', async () => {
  const project = await fresh();
  project.write('src/lib.ts', 'export const x = 5;');
  await settle();
  expect(await rebuilt(project)).toContain('src/a.ts');
  expect(await (await project.handler('functions.a'))({}, {})).toBe(5);
  project.write('texts/two/b.txt', 'two');
  await settle();
  expect(await rebuilt(project)).toEqual(['src/b.ts']);
  const zip = (await project.zips({ cache: true })).get('functions.b') ?? '';
  expect(Object.keys(unzipSync(readFileSync(zip))).sort()).toEqual(['handler.mjs', 'index.mjs', 'texts/one/a.txt', 'texts/two/b.txt']);
});

test('settings of TypeScript and of packages decide too', async () => {
  const project = await fresh();
  for (const [path, text] of [
    ['tsconfig.json', '{ "extends": "./base.json" }'],
    ['base.json', '{ "compilerOptions": { "target": "es2020" } }'],
    ['base.json', '{ "compilerOptions": { "target": "es2021" } }'],
    ['package.json', '{ "sideEffects": false }'],
    ['package.json', '{ "sideEffects": true }'],
  ] as const) {
    project.write(path, text);
    await settle();
    expect(await rebuilt(project)).toEqual(['src/a.ts', 'src/b.ts']);
  }
});

test('a zip that is gone or damaged, and a record that cannot be read, are made again', async () => {
  const project = await fresh();
  const zip = (await project.zips({ cache: true })).get('functions.a') ?? '';
  rmSync(zip);
  expect(await rebuilt(project)).toEqual(['src/a.ts']);
  truncateSync(zip, 10);
  expect(await rebuilt(project)).toEqual(['src/a.ts']);
  expect(statSync(zip).size).toBeGreaterThan(10);
  const record = join(project.root, '.eventsystem/cache/bundles.json');
  const key = Object.keys((JSON.parse(readFileSync(record, 'utf8')) as { entries: object }).entries)[0] ?? '';
  for (const text of [
    '',
    '{',
    'null',
    '[]',
    '{"entries":{}}',
    readFileSync(record, 'utf8').replace(/"folders":\[/, '"folders":null,"x":['),
    `{"by":1,"entries":{"${key}":1}}`,
  ]) {
    writeFileSync(record, text);
    expect((await rebuilt(project)).length).toBeGreaterThan(0);
    expect(await rebuilt(project)).toEqual([]);
  }
});

test('a bundle that failed is not taken from before, when a file it shares with another was mended for that one', async () => {
  const project = new Project({
    ...files,
    'eventsystem.yml': system('  a: src/a.ts#x\n  b: src/b.ts#y\n'),
    'src/a.ts': "export * from './lib/index.ts';",
    'src/b.ts': "export * from './lib/index.ts';",
    'src/lib/index.ts': 'export const x = 1, y = 2;',
  });
  await settle();
  expect(await project.findings({ cache: true })).toEqual([]);
  project.write('src/lib/index.ts', 'export const x = 1;');
  await settle();
  for (const _ of [1, 2, 3])
    expect(await project.findings({ cache: true })).toEqual(['no-such-export: `src/b.ts` exports no `y`; it exports `x`.']);
});

test('the same sources give the same bytes, in any folder and time zone', async () => {
  const bytes = async (root: string) => {
    const zips = await new Project(files, root).zips();
    return [...zips].map(([path, zip]) => [path, zip.split('/').pop(), readFileSync(zip).toString('base64'), mapBeside(zip)]);
  };
  const here = await bytes('project');
  const zone = process.env['TZ'];
  process.env['TZ'] = 'Pacific/Kiritimati';
  try {
    expect(await bytes('some/where else/deeper')).toEqual(here);
  } finally {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  }
});

test('nothing is left beside the assets', async () => {
  const project = await fresh();
  const names = readdirSync(join(project.root, '.eventsystem/dev/assets'));
  expect(names.filter((name) => !/^[0-9a-f]{64}(\.zip|-[A-Za-z0-9.-]+\.map)$/.test(name))).toEqual([]);
});
