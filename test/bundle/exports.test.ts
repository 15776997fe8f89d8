import { build } from 'esbuild';
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DiskFiles } from '../../src/cli/disk.ts';
import { exportsIn } from '../../src/compiler/resources/exports.ts';
import { MemoryFiles } from '../memory-files.ts';

const of = (text: string, ...beside: (readonly [string, string])[]) =>
  exportsIn('lib/a.ts', new MemoryFiles([['lib/a.ts', text], ...beside]));
const names = (...given: Parameters<typeof of>) => of(...given)?.names;

describe('what a file exports, by its text', () => {
  test.each([
    ['export default async () => {};', ['default']],
    ['export const get: Handler<Event, Result> = async (a, b = 1) => f(a, b), put = async () => {};', ['get', 'put']],
    ['export async function* walk() {}\nexport abstract class Shop {}\nexport const enum Way { On, Off }', ['Shop', 'Way', 'walk']],
    ['export const enumerate = async () => {};\nexport const functions = [], classes = [];', ['classes', 'enumerate', 'functions']],
    ['const get = 1, put = 2;\nexport { get, put as default, type Of };', ['default', 'get']],
    ["export { create } from './orders.ts';\nexport * as all from './all.ts';", ['all', 'create']],
    ['export type { Of } from "x";\nexport interface Shop {}\nexport declare const none: 1;\nexport const one = 1;', ['one']],
    [
      "// export const no = 1\n/* export const no = 1 */\nconst t = 'export const no = 1', u = `export const no`;\nexport const yes = 1;",
      ['yes'],
    ],
    ['const quote = /[\'"`/]/g, half = 1 / 2;\nexport const yes = quote;', ['yes']],
    ['namespace Inner { export const no = 1; }\nexport const yes = 1;', ['yes']],
  ])('%s', (text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  test('what it hands on of a file beside it, but for its default', () => {
    const text = "export * from './orders.js';\nexport * from './more';\nexport const own = 1;";
    const orders = ['lib/orders.ts', 'export const create = 1;\nexport default create;'] as const;
    expect(names(text, orders, ['lib/more/index.ts', 'export function more() {}'])).toEqual(['create', 'more', 'own']);
  });

  test.each([
    ['CommonJS', 'module.exports = { get };'],
    ['a file of a package, handed on', "export * from 'lib';"],
    ['a file that is not there, handed on', "export * from './none.js';"],
    ['files that hand on each other', "export * from './a.ts';"],
    ['what a pattern takes apart', 'export const { get, put } = handlers;'],
    ['no module at all', 'const a = 1;'],
    ['a quote that is not closed', "const it = <p>don't</p>;\nexport const a = 1;"],
    ['a template in a template', 'const a = `${`export`}`;\nexport const b = 1;'],
  ])('nothing is said of %s', (_, text) => {
    expect(of(text)).toBe(undefined);
  });

  test('however long or deep a file is, it is read once', () => {
    const many = Array.from({ length: 20_000 }, (_, index) => `export const a${index} = ${index};`).join('\n');
    expect(names(many)).toHaveLength(20_000);
    expect(names(`export const a = ${'('.repeat(50_000)}1${')'.repeat(50_000)}, b = ${'1 / '.repeat(100_000)}2;`)).toEqual(['a', 'b']);
    expect(names(`export const a = 1,\n${'// a line\n'.repeat(20_000)}b = 2;`)).toEqual(['a', 'b']);
    expect(of(`export const a: ${'A<'.repeat(50_000)}${'>'.repeat(50_000)} = 1;`)).toBe(undefined);
    expect(of(`${'/* '.repeat(100_000)}\nexport const a = 1;`)).toBe(undefined);
  });

  test('a name that may be one is not said to be missing', () => {
    expect(of('export let a, b;')).toEqual({ names: ['a'], perhaps: new Set(['b']) });
  });

  test('is what esbuild finds in every file of this compiler', async () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
    const entryPoints = files.map((path) => `src/${path.replaceAll('\\', '/')}`);
    const { metafile } = await build({
      entryPoints,
      bundle: false,
      format: 'esm',
      metafile: true,
      write: false,
      outdir: '.',
      logLevel: 'silent',
    });
    const disk = new DiskFiles('.');
    let compared = 0;
    for (const { entryPoint = '', exports } of Object.values(metafile.outputs)) {
      const found = exportsIn(entryPoint, disk);
      if (!found || basename(entryPoint) === 'index.ts') continue;
      compared++;
      expect(
        found.names.filter((name) => !exports.includes(name)),
        entryPoint,
      ).toEqual([]);
      expect(
        exports.filter((name) => !found.names.includes(name) && !found.perhaps.has(name)),
        entryPoint,
      ).toEqual([]);
    }
    expect(compared).toBeGreaterThan(300);
  });
});
