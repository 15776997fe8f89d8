import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DiskFiles } from '../../src/cli/disk.ts';

const work = mkdtempSync(join(tmpdir(), 'eventsystem-disk-'));
const root = join(work, 'project');
const files = new DiskFiles(root);

beforeAll(() => {
  mkdirSync(join(root, 'src/deep'), { recursive: true });
  mkdirSync(join(work, 'project-of-another'));
  writeFileSync(join(root, 'src/a.ts'), 'a');
  writeFileSync(join(root, 'src/bom.ts'), '\u{FEFF}name: x');
  writeFileSync(join(root, 'src/latin.ts'), Buffer.from([0x61, 0xe4, 0x62]));
  writeFileSync(join(root, 'src/sign.ts'), 'a \u{FFFD} b');
  writeFileSync(join(root, 'src/large.ts'), Buffer.alloc(5 * 1024 * 1024, 0x61));
  writeFileSync(join(work, 'secret.txt'), 'secret');
  writeFileSync(join(work, 'project-of-another/secret.txt'), 'secret');
  symlinkSync(join(work, 'secret.txt'), join(root, 'src/link-out.ts'));
  symlinkSync(work, join(root, 'folder-out'));
  symlinkSync(join(root, 'src/a.ts'), join(root, 'link-in.ts'));
  symlinkSync(join(root, 'loop'), join(root, 'loop'));
  execFileSync('mkfifo', [join(root, 'pipe')]);
});

afterAll(() => rmSync(work, { recursive: true, force: true }));

test('reads what is inside, through links that stay inside', () => {
  expect(files.read('src/a.ts')).toEqual({ text: 'a' });
  expect(files.read('src/deep/../a.ts')).toEqual({ text: 'a' });
  expect(files.read('link-in.ts')).toEqual({ text: 'a' });
  expect(files.exists('src/a.ts')).toBe(true);
});

test.each([
  ['../secret.txt', 'outside'],
  ['src/../../secret.txt', 'outside'],
  ['../project-of-another/secret.txt', 'outside'],
  ['../nothing-there.txt', 'outside'],
  ['src/link-out.ts', 'outside'],
  ['folder-out/secret.txt', 'outside'],
  [join(work, 'secret.txt'), 'absolute'],
  ['C:\\secret.txt', 'absolute'],
  ['src/a.ts\0.txt', 'character'],
  ['nothing.ts', 'no such file'],
  ['src/a.ts/b', 'is a file'],
  ['src', 'folder'],
  ['loop', 'loop'],
  ['pipe', 'regular'],
  ['src/large.ts', 'MiB'],
  ['src/latin.ts', 'UTF-8'],
])('says in words why %s cannot be read', (path, word) => {
  const found = files.read(path);
  expect('problem' in found && found.problem).toContain(word);
});

test('what may not be read is not there', () => {
  for (const path of ['../secret.txt', 'src/link-out.ts', 'folder-out/secret.txt', 'src', 'pipe']) expect(files.exists(path)).toBe(false);
  expect(files.list('..')).toEqual([]);
  expect(files.list('folder-out')).toEqual([]);
});

test('a byte order mark is no text, and the replacement character is one', () => {
  expect(files.read('src/bom.ts')).toEqual({ text: 'name: x' });
  expect(files.read('src/sign.ts')).toEqual({ text: 'a \u{FFFD} b' });
});

test('lists files in order, without folders', () => {
  expect(files.list('src')).toEqual(['a.ts', 'bom.ts', 'large.ts', 'latin.ts', 'link-out.ts', 'sign.ts']);
});
