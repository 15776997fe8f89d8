import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runFix } from '../../src/cli/fix.ts';
import type { ValuesOf } from '../../src/cli/commands.ts';
import { installedCatalogue } from '../../src/cli/catalogue.ts';
import { validate } from '../../src/compiler/validate.ts';
import { mend } from '../../src/compiler/mend.ts';
import type { Files } from '../../src/compiler/text/files.ts';
import { brokenSystems, filesOf, MAIN } from '../broken-systems.ts';
import { MemoryFiles } from '../memory-files.ts';
import { sourceTool, terminalIn } from './terminal-double.ts';

let work: string;
beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'eventsystem-fix-'));
});
afterEach(() => rmSync(work, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(join(work, path, '..'), { recursive: true });
  writeFileSync(join(work, path), text);
}

const read = (path: string) => readFileSync(join(work, path), 'utf8');

async function fix(options: ValuesOf<'fix'>['options'] = {}, argument?: string) {
  const terminal = terminalIn(work);
  return { code: await runFix({ argument, options }, terminal, sourceTool), ...terminal.said };
}

describe('fix', () => {
  test('says what it did, line by line, and does nothing the second time', async () => {
    write('eventsystem.yml', 'name: shop\nstreams:\n  orders: { retnetion: 24 } # a day\n  myOrders:\n');
    expect(await fix()).toEqual({
      code: 0,
      err: '',
      out: ['eventsystem.yml:3:13  Wrote `retention: 24 hours`', 'eventsystem.yml:4:3  Wrote `my-orders`', '2 corrections made.', ''].join(
        '\n',
      ),
    });
    expect(read('eventsystem.yml')).toBe('name: shop\nstreams:\n  orders: { retention: 24 hours } # a day\n  my-orders:\n');
    expect(await fix()).toEqual({ code: 0, out: 'Nothing to correct.\n', err: '' });
    expect(readdirSync(work)).toEqual(['eventsystem.yml']);
  });

  test('with --dry-run it shows the lines, and writes nothing', async () => {
    const text = 'name: shop\r\nstreams:\r\n  orders:\r\n    existing: orders\r\n    retention: 48 hours\r\n    shards: 2\r\n';
    write('eventsystem.yml', text);
    expect(await fix({ 'dry-run': true })).toEqual({
      code: 0,
      err: '',
      out: [
        'eventsystem.yml:5:5  Remove `retention`',
        '  -     retention: 48 hours',
        'eventsystem.yml:6:5  Remove `shards`',
        '  -     shards: 2',
        '2 corrections would be made; no file was changed.',
        '',
      ].join('\n'),
    });
    expect(read('eventsystem.yml')).toBe(text);
    await fix();
    expect(read('eventsystem.yml')).toBe('name: shop\r\nstreams:\r\n  orders:\r\n    existing: orders\r\n');
  });

  test('leaves what needs a choice, and says that an editor offers it', async () => {
    const text = 'name: shop\nqueues:\n  orders: { deduplication: content }\n';
    write('eventsystem.yml', text);
    const { code, out } = await fix();
    expect(code).toBe(2);
    expect(out).toMatch(/^Nothing to correct\.\n\nerror\[fifo-only\]/);
    expect(out).toMatch(/1 error left in eventsystem\.yml\. Your editor offers a fix for it\.\n$/);
    expect(read('eventsystem.yml')).toBe(text);
  });

  test('writes the files that are included, where they are, and through a link what it leads to', async () => {
    write('eventsystem.yml', 'name: shop\ninclude: [parts/queues.yml]\n');
    write('shared.yml', 'queues:\n  orders: { visibility: 30 }\n');
    mkdirSync(join(work, 'parts'));
    symlinkSync(join(work, 'shared.yml'), join(work, 'parts/queues.yml'));
    expect((await fix()).out).toContain('parts/queues.yml:2:25  Wrote 30 seconds\n1 correction made.\n');
    expect(read('shared.yml')).toBe('queues:\n  orders: { visibility: 30 seconds }\n');
    expect(lstatSync(join(work, 'parts/queues.yml')).isSymbolicLink()).toBe(true);
    expect(readdirSync(join(work, 'parts'))).toEqual(['queues.yml']);
  });

  test('corrects what stands in a stage', async () => {
    write('eventsystem.yml', 'name: shop\nstreams: { orders: }\nstages:\n  prod:\n    streams:\n      orders: { retention: 48 }\n');
    expect((await fix({ stage: 'prod' })).out).toContain('eventsystem.yml:6:28  Wrote 48 hours');
    expect(read('eventsystem.yml')).toContain('orders: { retention: 48 hours }');
  });

  test('corrects what only a look at the code can find, and leaves nothing else behind', async () => {
    write('eventsystem.yml', 'name: shop\nstreams:\n  orders:\nfunctions:\n  put: { handler: put.cjs#putt, access: { orders: read } }\n');
    const code = "const { KinesisClient, PutRecordCommand } = require('@aws-sdk/client-kinesis');\n";
    write('put.cjs', `${code}exports.put = async () => new KinesisClient({}).send(new PutRecordCommand({ Data: undefined }));\n`);
    const { code: exit, out, err } = await fix();
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    expect(out).toMatch(/^eventsystem\.yml:5:19 {2}Wrote `put\.cjs#put`\n1 correction made\.\n/);
    // Which thing a call is granted on is for the author to say.
    expect(out).toMatch(/warning\[call-without-grant\]/);
    expect(out).toMatch(/Your editor offers a fix for it\.\n$/);
    expect(read('eventsystem.yml')).toContain('handler: put.cjs#put,');
    expect(readdirSync(work).sort()).toEqual(['eventsystem.yml', 'put.cjs']);
  });

  test('tells programs what it did and what is left', async () => {
    write(
      'eventsystem.yml',
      'name: shop\nqueues:\n  orders: { visibility: 30 }\nstreams:\n  a: { shard: 1 }\n  b: { retention: 1 hour }\n',
    );
    const { code, out } = await fix({ format: 'json' });
    expect(code).toBe(2);
    const told = JSON.parse(out) as { fixed: object[]; files: string[]; left: object[] };
    expect(told.fixed).toMatchObject([
      { code: 'bare-number', file: 'eventsystem.yml', line: 3, fix: { title: 'Write 30 seconds', edits: [{ text: '30 seconds' }] } },
      { code: 'unknown-key', line: 5 },
    ]);
    expect(told.files).toEqual(['eventsystem.yml']);
    expect(told.left).toMatchObject([{ code: 'out-of-range', line: 6, fix: { choice: true } }]);
    expect(read('eventsystem.yml')).toContain('visibility: 30 seconds');
  });

  test('a renamed thing is renamed where it is named', async () => {
    write('eventsystem.yml', 'name: shop\nstreams:\n  my_orders:\nfunctions:\n  put: { handler: put.ts, access: { my_orders: write } }\n');
    write('put.ts', 'export default async () => {};\n');
    expect(await fix()).toMatchObject({ code: 0, err: '' });
    expect(read('eventsystem.yml')).toContain('  my-orders:\nfunctions:\n  put: { handler: put.ts, access: { my-orders: write } }\n');
  });
});

/** Files that count how often the system file is read: once for each look at the system. */
class Counting implements Files {
  looks = 0;
  readonly #files: Files;
  constructor(files: Files) {
    this.#files = files;
  }
  read(path: string) {
    if (path === MAIN) this.looks++;
    return this.#files.read(path);
  }
  exists = (path: string) => this.#files.exists(path);
  list = (folder: string) => this.#files.list(folder);
}

describe('mending', () => {
  const catalogue = installedCatalogue('dist/catalogue');
  const mended = (files: Files) => mend(files, (now) => validate({ files: now, main: MAIN, stage: undefined, catalogue }).findings);

  test('hundreds of corrections take few looks', async () => {
    const lines = Array.from({ length: 400 }, (_, index) => `  s${index}: { retention: 48 }`);
    const files = new Counting(new MemoryFiles([[MAIN, `name: shop\nstreams:\n${lines.join('\n')}\n`]]));
    const { fixed, left } = await mended(files);
    expect([fixed.length, left.length]).toEqual([400, 0]);
    expect(files.looks).toBeLessThan(10);
  });

  test('one that would break something does not keep the others from being made', async () => {
    // The first would take the name of the second.
    const lines = Array.from({ length: 60 }, (_, index) => `  s${index}: { retention: 48 }`);
    const text = `name: shop\nstreams:\n  my_orders:\n  my-orders:\n${lines.join('\n')}\n`;
    const { fixed, left } = await mended(new MemoryFiles([[MAIN, text]]));
    expect(fixed.length).toBe(60);
    expect(left.map(({ code }) => code)).toEqual(['bad-name']);
  });

  test.each(brokenSystems.map((system) => [`${system.code}/${system.name}`, system] as const))(
    '%s: what is left is a part of what there was, and the second time nothing is made',
    async (_, system) => {
      const files = filesOf(system);
      const options = { main: MAIN, stage: undefined, catalogue };
      const name = ({ code, message }: { code: string; message: string }) => `${code} ${message}`;
      const before = await mended(new MemoryFiles(files));
      const found = validate({ ...options, files: new MemoryFiles(files) }).findings.map(name);
      for (const one of before.left.map(name)) {
        expect(found).toContain(one);
        found.splice(found.indexOf(one), 1);
      }
      expect(before.texts.size > 0).toBe(before.fixed.length > 0);
      const again = await mended(new MemoryFiles([...files, ...before.texts]));
      expect(again.left.map(name)).toEqual(before.left.map(name));
      expect(again.fixed).toEqual([]);
    },
  );
});
