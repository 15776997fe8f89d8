import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { unzipSync } from 'fflate';
import { installedCatalogue } from '../../src/cli/catalogue.ts';
import { DiskFiles } from '../../src/cli/disk.ts';
import { compile, type Artifacts } from '../../src/compiler/compile.ts';

const catalogue = installedCatalogue('dist/catalogue');
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'eventsystem-migrations-'));
  mkdirSync(join(root, 'db'));
  writeFileSync(join(root, 'eventsystem.yml'), 'name: folder\ndatabases: { ledger: { engine: postgres, migrations: db } }\n');
  writeFileSync(join(root, 'db', '0001-a.sql'), 'create table a (id int);\n');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

async function made(): Promise<{ readonly told: readonly string[]; readonly artifacts: Artifacts | undefined }> {
  const { findings, artifacts } = await compile({
    files: new DiskFiles(root),
    main: 'eventsystem.yml',
    stage: undefined,
    root,
    out: join(root, '.out'),
    cache: undefined,
    catalogue,
    shippedFolder: resolve('dist/shipped'),
    runtime: resolve('src/runtime/index.ts'),
    version: '0.0.0',
  });
  return { told: findings.map(({ code, message }) => `${code}: ${message}`), artifacts };
}

/** The resources of the template, by name, as text. */
async function resources(): Promise<ReadonlyMap<string, string>> {
  const { told, artifacts } = await made();
  expect(told).toEqual([]);
  return new Map(Object.entries(artifacts?.template.Resources ?? {}).map(([name, one]) => [name, JSON.stringify(one)]));
}

describe('the folder of migrations', () => {
  test('travels with the worker', async () => {
    const worker = /assets\/([0-9a-f]{64}\.zip)/.exec((await resources()).get('LedgerDatabaseSetUpWorkerFunction') ?? '');
    const zip = unzipSync(readFileSync(join(root, '.out', 'assets', worker?.[1] ?? '')));
    expect(Object.keys(zip)).toEqual(['index.mjs', 'migrations/0001-a.sql']);
    expect(new TextDecoder().decode(zip['migrations/0001-a.sql'])).toBe('create table a (id int);\n');
  });

  test('changes the worker and the set-up when it changes, and nothing else', async () => {
    const before = await resources();
    expect(await resources()).toEqual(before);
    writeFileSync(join(root, 'db', '0002-b.sql'), 'create table b (id int);\n');
    const after = await resources();
    expect([...after].filter(([name, one]) => before.get(name) !== one).map(([name]) => name)).toEqual([
      'LedgerDatabaseSetUp',
      'LedgerDatabaseSetUpWorkerFunction',
    ]);
  });

  test('is the same whatever ends its lines', async () => {
    const before = await resources();
    writeFileSync(join(root, 'db', '0001-a.sql'), 'create table a (id int);\r\n');
    expect(await resources()).toEqual(before);
  });

  test.each<[string, () => void, RegExp]>([
    [
      'a link that leads out of the project',
      () => {
        const outside = join(tmpdir(), 'eventsystem-outside.sql');
        writeFileSync(outside, 'select 1;');
        symlinkSync(outside, join(root, 'db', '0002-b.sql'));
      },
      /^migration-unreadable: .*outside the project/,
    ],
    [
      'what is no UTF-8',
      () => writeFileSync(join(root, 'db', '0002-b.sql'), Buffer.from([0xff, 0xfe, 0x41])),
      /^migration-unreadable: .*UTF-8/,
    ],
    ['what is too large', () => writeFileSync(join(root, 'db', '0002-b.sql'), ' '.repeat(5 * 2 ** 20)), /^migration-unreadable: .*4 MiB/],
    ['a NUL', () => writeFileSync(join(root, 'db', '0002-b.sql'), 'select 1;\0'), /^migration-unreadable: .*NUL/],
    [
      'a secret',
      () => writeFileSync(join(root, 'db', '0002-b.sql'), `insert into keys values ('AKIA${'Q'.repeat(16)}');`),
      /^secret-in-code: .*0002-b\.sql/,
    ],
  ])('may not hold %s', async (_, write, wanted) => {
    write();
    expect((await made()).told).toEqual([expect.stringMatching(wanted)]);
  });

  test('may not be a link out of the project itself', async () => {
    rmSync(join(root, 'db'), { recursive: true });
    symlinkSync(tmpdir(), join(root, 'db'));
    expect((await made()).told).toEqual([expect.stringMatching(/^no-migrations: .*outside the project/)]);
  });
});
