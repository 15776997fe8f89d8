import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { installedCatalogue } from '../src/cli/catalogue.ts';
import { DiskFiles } from '../src/cli/disk.ts';
import { compile } from '../src/compiler/compile.ts';

/** The same file and sources give the same bytes: in another folder, at another time, in another order of keys. */
// Inside of the repository, so that the packages of the examples are found.
const work = mkdtempSync(resolve('node_modules/.same-'));
const catalogue = installedCatalogue('dist/catalogue');
afterAll(() => rmSync(work, { recursive: true, force: true }));

const systems = [
  'examples/shop',
  'test/samples/apis/shop',
  'test/samples/databases/engines',
  'test/samples/consumers/all-options',
  'test/samples/endpoints/auto',
  'test/samples/functions/all-options',
];

async function made(folder: string, name: string, reordered: boolean) {
  const root = join(work, name, folder);
  cpSync(folder, root, { recursive: true, filter: (path) => !path.includes('.eventsystem') });
  const file = join(root, 'eventsystem.yml');
  if (reordered) writeFileSync(file, stringify(turned(parse(readFileSync(file, 'utf8')))));
  const out = join(root, '.out');
  const { findings, artifacts } = await compile({
    files: new DiskFiles(root),
    main: 'eventsystem.yml',
    stage: undefined,
    root,
    out,
    cache: undefined,
    catalogue,
    runtime: resolve('src/runtime/index.ts'),
    shippedFolder: resolve('dist/shipped'),
    version: '0.0.0',
  });
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  const assets = readdirSync(join(out, 'assets'))
    .sort()
    .map((asset) => [asset, readFileSync(join(out, 'assets', asset)).toString('base64')]);
  return {
    template: JSON.stringify(artifacts?.template),
    bootstrap: JSON.stringify(artifacts?.bootstrap),
    manifest: JSON.stringify(artifacts?.manifest),
    assets,
    text: readFileSync(file, 'utf8'),
  };
}

/** The same data with the keys of every mapping the other way round. Lists keep their order, which means something. */
function turned(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(turned);
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data)
      .reverse()
      .map(([key, value]) => [key, turned(value)]),
  );
}

test.each(systems)(
  '%s',
  async (folder) => {
    const first = await made(folder, 'first', false);
    const second = await made(folder, 'a second one, elsewhere', true);
    expect(second.text).not.toBe(first.text);
    expect({ ...second, text: '' }).toEqual({ ...first, text: '' });
    expect(JSON.stringify(first)).not.toContain(work);
  },
  60_000,
);
