import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

// What is published, as `npm run build` made it, in a folder of its own.
const work = mkdtempSync(join(tmpdir(), 'eventsystem-launcher-'));
const cli = join(work, 'package/bin/eventsystem.cjs');
const cache = join(work, 'package/dist/.cache');

beforeAll(() => {
  mkdirSync(join(work, 'package/dist'), { recursive: true });
  for (const path of ['bin', 'package.json', 'dist/cli']) cpSync(path, join(work, 'package', path), { recursive: true });
  for (const path of ['dist/catalogue', 'dist/runtime', 'dist/shipped', 'eventsystem.schema.json', 'node_modules'])
    symlinkSync(resolve(path), join(work, 'package', path));
  mkdirSync(join(work, 'app/src'), { recursive: true });
  writeFileSync(join(work, 'app/eventsystem.yml'), 'name: shop\nfunctions:\n  hello: src/hello.ts\n');
  writeFileSync(join(work, 'app/src/hello.ts'), 'export default async () => 1;\n');
});

afterAll(() => rmSync(work, { recursive: true, force: true }));

function run(...written: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...written], {
    cwd: join(work, 'app'),
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  return { status, stdout, stderr };
}

test('the first run and those after it say the same, whatever became of what the first one kept', () => {
  rmSync(cache, { recursive: true, force: true });
  const first = run('validate');
  expect(first).toEqual({ status: 0, stdout: 'No findings in eventsystem.yml.\n', stderr: '' });
  expect(run('validate')).toEqual(first);
  expect(readdirSync(cache)).toHaveLength(2);
  for (const name of readdirSync(cache)) writeFileSync(join(cache, name), 'not machine code');
  rmSync(join(work, 'app/.eventsystem'), { recursive: true });
  expect(run('validate')).toEqual(first);
  expect(run('validate')).toEqual(first);
});

test.each(['validate', 'compile'])('what the first run of %s kept is taken by the next ones, which need not keep it again', (command) => {
  rmSync(cache, { recursive: true, force: true });
  const kept = () => readdirSync(cache).map((name) => [name, statSync(join(cache, name)).ino]);
  const again = () => (rmSync(join(work, 'app/.eventsystem'), { recursive: true, force: true }), run(command).status);
  expect(again()).toBe(0);
  const first = kept();
  expect(first).toHaveLength(2);
  expect(again()).toBe(0);
  expect(kept()).toEqual(first);
  rmSync(join(work, 'app/.eventsystem'), { recursive: true });
});

test('a package nobody may write to works all the same', () => {
  rmSync(cache, { recursive: true, force: true });
  writeFileSync(cache, '');
  chmodSync(cache, 0o444);
  expect(run('validate').status).toBe(0);
  rmSync(cache, { force: true });
});

test('exit codes and streams', () => {
  expect(run('--version')).toMatchObject({ status: 0, stderr: '' });
  expect(run('schema').stdout).toContain('"$schema"');
  expect(run('explain', 'circle')).toMatchObject({ status: 0, stderr: '' });
  expect(run('validate', 'nothing.yml')).toMatchObject({ status: 64, stdout: '' });
  expect(run('validate', '--nonsense')).toMatchObject({ status: 64, stdout: '' });
  expect(run('validate', '--stage', 'nowhere')).toMatchObject({ status: 2, stderr: '' });
  // Besides its own memory, which version control does not see, validating makes nothing.
  expect(readdirSync(join(work, 'app/.eventsystem'))).toEqual(['cache']);
  expect(readFileSync(join(work, 'app/.eventsystem/cache/.gitignore'), 'utf8')).toBe('*\n');
});

test('a reader that goes away is no mistake', async () => {
  const child = spawn(process.execPath, [cli, 'schema'], { cwd: work, stdio: ['ignore', 'pipe', 'pipe'] });
  let err = '';
  child.stderr.on('data', (data: Buffer) => (err += data.toString()));
  child.stdout.once('data', () => child.stdout.destroy());
  const status = await new Promise((done) => child.once('close', done));
  expect({ status, err }).toEqual({ status: 0, err: '' });
});
