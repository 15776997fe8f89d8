import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fitting } from '../../src/compiler/bundle/copied.ts';
import { Project, system } from './project.ts';

const project = (files: Readonly<Record<string, string>>, settings = '') =>
  new Project({
    'eventsystem.yml': system(`  one: { handler: src/a.ts${settings} }\n`),
    'src/a.ts': 'export default async () => 1;',
    ...files,
  });

function outside(made: Project, path: string, text: string): string {
  const full = join(made.folder, path);
  mkdirSync(join(full, '..'), { recursive: true });
  writeFileSync(full, text);
  return full;
}

test('no import leads out of the project: neither by path, nor by a link, nor by settings of TypeScript', async () => {
  const up = project({ 'src/a.ts': "export { default } from '../../other/b.ts';" });
  outside(up, 'other/b.ts', 'export default async () => 1;');
  expect(await up.findings()).toEqual(['input-outside-project: The bundle would contain `../other/b.ts`, which is outside this project.']);

  const linked = project({ 'src/a.ts': "export { default } from './b.ts';" });
  symlinkSync(outside(linked, 'other/b.ts', 'export default async () => 1;'), join(linked.root, 'src/b.ts'));
  expect(await linked.findings()).toEqual([
    'input-outside-project: The bundle would contain `../other/b.ts`, which is outside this project.',
  ]);

  const paths = project({
    'src/a.ts': "export { default } from 'b';",
    'tsconfig.json': '{ "compilerOptions": { "paths": { "b": ["../other/b.ts"] } } }',
  });
  outside(paths, 'other/b.ts', 'export default async () => 1;');
  expect(await paths.findings()).toEqual([
    'input-outside-project: The bundle would contain `../other/b.ts`, which is outside this project.',
  ]);

  const handler = project({});
  symlinkSync(outside(handler, 'other/c.ts', 'export default async () => 1;'), join(handler.root, 'src/c.ts'));
  handler.write('eventsystem.yml', system('  one: src/c.ts\n'));
  expect(await handler.findings()).toEqual(['no-such-handler: There is no file `src/c.ts` in this project.']);
});

test('settings of TypeScript are the project’s own', async () => {
  const text = 'tsconfig-outside-project: `tsconfig.json` extends `OTHER`, which is outside this project.';
  for (const name of ['../other/base', '../other/base.json', '\\u002e./other/base.json']) {
    const extended = project({ 'tsconfig.json': `{ "extends": "${name}" }` });
    const other = outside(extended, 'other/base.json', '{ "compilerOptions": { "paths": { "x": ["./y"] } } }');
    expect(await extended.findings()).toEqual([text.replace('OTHER', other)]);
  }
  const whole = project({});
  const other = outside(whole, 'other/tsconfig.json', '{}');
  symlinkSync(other, join(whole.root, 'tsconfig.json'));
  expect(await whole.findings()).toEqual([text.replace('OTHER', other)]);
  expect(await project({ 'tsconfig.json': '{ "extends": "./base" }', 'base.json': '{}' }).findings()).toEqual([]);
});

test('settings above the project decide nothing', async () => {
  const made = project({ 'src/a.ts': "export { default } from 'b';", 'src/b.ts': 'export default async () => 1;' });
  outside(made, 'tsconfig.json', '{ "compilerOptions": { "paths": { "b": ["./project/src/b.ts"] } } }');
  expect(await made.findings()).toEqual(['cannot-bundle: src/a.ts:1:25: Could not resolve "b".']);
});

test('secrets do not travel: neither as files, nor in them', async () => {
  const key = `AKIA${'ABCD'.repeat(4)}`;
  expect(
    await project({ 'src/a.ts': "import env from '../.env.json';\nexport default async () => env;", '.env.json': '{ "a": 1 }' }).findings(),
  ).toEqual(['secret-file: The bundle would contain `.env.json`, which looks like a secret.']);
  expect(
    await project({
      'src/a.ts': "import env from '../.env' with { type: 'text' };\nexport default async () => env;",
      '.env': 'A=1',
    }).findings(),
  ).toEqual([expect.stringMatching(/secret-file|cannot-bundle/)]);
  expect(
    await project({
      'src/a.ts': "import { key } from './b.ts';\nexport default async () => key;",
      'src/b.ts': `export const key = '${key}';`,
    }).findings(),
  ).toEqual(['secret-in-code: `src/b.ts` contains an AWS access key, which would end up in the bundle.']);
  expect(await project({ 'data/x.json': `{"key":"${key}"}` }, ', files: data/*').findings()).toEqual([
    'secret-in-code: `data/x.json` contains an AWS access key, which would end up in the bundle.',
  ]);
  expect(await project({ 'data/server.pem': 'x' }, ', files: data/*').findings()).toEqual([
    'secret-file: The bundle would contain `data/server.pem`, which looks like a secret.',
  ]);
  expect(await project({ 'src/a.ts': "export default async () => 'AKIAIOSFODNN7EXAMPLE';" }).findings()).toEqual([]);
});

test('files that travel are the project’s, are there, and replace nothing', async () => {
  const linked = project({}, ', files: link/**');
  outside(linked, 'other/b.txt', 'secret');
  symlinkSync(join(linked.folder, 'other'), join(linked.root, 'link'));
  expect(await linked.findings()).toEqual(['input-outside-project: The bundle would contain `link/b.txt`, which is outside this project.']);
  const up = project({}, ', files: ../other/*');
  outside(up, 'other/b.txt', 'secret');
  expect(await up.findings()).toEqual(['nothing-to-copy: No file in this project matches `../other/*`.']);
  expect(await project({ 'index.mjs': '1' }, ', files: "*.mjs"').findings()).toEqual([
    'file-in-the-way: `index.mjs` would overwrite the handler’s own code.',
  ]);
  const missing = project({ 'a/b.txt': '1' }, ', files: [a/**, b/**]');
  for (const _ of [1, 2])
    expect(await missing.findings({ cache: true })).toEqual(['nothing-to-copy: No file in this project matches `b/**`.']);
});

test('another program in place of esbuild is refused', async () => {
  process.env['ESBUILD_BINARY_PATH'] = '/bin/true';
  try {
    expect(await project({}).findings()).toEqual([expect.stringMatching(/^esbuild-replaced: /)]);
  } finally {
    delete process.env['ESBUILD_BINARY_PATH'];
  }
});

test('what is no ordinary file is not waited for', async () => {
  const pipe = (made: Project, path: string) => execFileSync('mkfifo', [join(made.root, path)]);
  for (const path of ['src/b.ts', 'package.json', 'tsconfig.json']) {
    const made = project({ 'src/a.ts': path === 'src/b.ts' ? "export { default } from './b.ts';" : 'export default async () => 1;' });
    pipe(made, path);
    expect(await made.findings()).toEqual([`no-ordinary-file: \`${path}\` is a pipe, a socket or a device.`]);
  }
  const linked = project({ 'src/a.ts': "export { default } from './b.ts';" });
  symlinkSync('/dev/zero', join(linked.root, 'src/b.ts'));
  expect(await linked.findings()).toEqual(['no-ordinary-file: `src/b.ts` is a pipe, a socket or a device.']);

  const named = project({ 'src/a.ts': "export { default } from '/dev/zero';" });
  expect(await named.findings()).toEqual(['cannot-bundle: src/a.ts:1:25: /dev/zero is no file of a project.']);
});

test('packages of a pnpm workspace are links that lead out of the project, and are taken', async () => {
  const made = project({ 'src/a.ts': "export { default } from '@shop/b';" });
  outside(made, 'b/package.json', '{ "name": "@shop/b", "exports": "./b.ts" }');
  const other = outside(made, 'b/b.ts', 'export default async () => 1;');
  mkdirSync(join(made.root, 'node_modules/@shop'), { recursive: true });
  symlinkSync(join(other, '..'), join(made.root, 'node_modules/@shop/b'));
  expect(await made.findings()).toEqual(['input-outside-project: The bundle would contain `../b/b.ts`, which is outside this project.']);
  outside(made, 'pnpm-workspace.yaml', 'packages: ["*"]\n');
  expect(await made.findings()).toEqual([]);
});

test('a pattern of many stars is compared step by step', async () => {
  const files = { 'data/a/b/c.json': '{}', 'data/d.json': '{}', 'data/e.txt': '', [`data/${'a'.repeat(60)}`]: '' };
  const copied = async (pattern: string) => fitting(project(files).root, pattern).map((path) => path.replace(/a{60}/, 'AA'));
  expect(await copied('data/**')).toEqual(['data/a/b/c.json', 'data/AA', 'data/d.json', 'data/e.txt']);
  expect(await copied('data/**/*.json')).toEqual(['data/a/b/c.json', 'data/d.json']);
  expect(await copied('**/b/*')).toEqual(['data/a/b/c.json']);
  expect(await copied('./data/*.*')).toEqual(['data/d.json', 'data/e.txt']);
  expect(await copied(`data/${'*a'.repeat(40)}b`)).toEqual([]);
  expect(await copied(`${'**/'.repeat(40)}nothing`)).toEqual([]);
});
