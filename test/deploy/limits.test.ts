import { closeSync, mkdtempSync, openSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Written } from '../../src/compiler/check/written.ts';
import type { Template } from '../../src/compiler/emit/emit.ts';
import { verifyLimits } from '../../src/compiler/emit/limits.ts';
import { bench, closeAll, expectEnd, shipmentOf } from './bench.ts';
import { typed } from './program.ts';

afterEach(closeAll);

/** What is reported of a template. */
function reported(
  template: Partial<Template>,
): readonly { readonly what: string; readonly count: number; readonly most: readonly string[] }[] {
  const all: { readonly what: string; readonly count: number; readonly most: readonly string[] }[] = [];
  const whole = { AWSTemplateFormatVersion: '2010-09-09' as const, Resources: {}, ...template };
  const root = { parts: new Map(), place: {} } as unknown as Written;
  verifyLimits({ name: 'shop-dev', template: whole, handed: {} }, root, (_, __, facts) => void all.push(facts as never));
  return all;
}

const queue = (path: string, properties: object = {}) => ({
  Type: 'AWS::SQS::Queue',
  Metadata: { eventsystem: { path } },
  Properties: properties as never,
});
const many = <T>(count: number, one: (index: number) => T): Record<string, T> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`R${index}`, one(index)]));

/** A template of exactly so many bytes, filled with this sign. */
function sized(bytes: number, fill: string): Template {
  const of = (text: string): Template => ({
    AWSTemplateFormatVersion: '2010-09-09',
    Resources: { Big: queue('queues.big', { QueueName: text }) },
  });
  const left = bytes - Buffer.byteLength(JSON.stringify(of('')));
  const signs = Math.floor(left / Buffer.byteLength(fill));
  return of(fill.repeat(signs) + 'x'.repeat(left - signs * Buffer.byteLength(fill)));
}

/** What CloudFormation and Lambda take at the most: C17, C18 and C20 of deploy.md. */
describe('limits', () => {
  test('C17 five hundred resources and two hundred outputs fit, one more does not: told with what takes the most', () => {
    expect(reported({ Resources: many(500, () => queue('queues.a')) })).toEqual([]);
    expect(reported({ Resources: many(501, (index) => queue(index < 400 ? 'functions.a.role' : 'queues.b')) })).toEqual([
      { stack: 'shop-dev', what: 'resources', count: 501, limit: 500, most: ['`functions.a` (400)', '`queues.b` (101)'] },
    ]);
    expect(reported({ Outputs: many(200, () => ({ Value: 'x' })) })).toEqual([]);
    expect(reported({ Outputs: many(201, () => ({ Value: 'x' })) })).toMatchObject([{ what: 'outputs', count: 201 }]);
    expect(reported(sized(1_000_000, 'x'))).toEqual([]);
    expect(reported(sized(1_000_001, 'x'))).toMatchObject([
      { what: 'bytes', count: 1_000_001, most: [expect.stringContaining('`queues.big`')] },
    ]);
  });

  test('C18 bytes count, not signs', () => {
    const template = sized(1_000_002, 'ü');
    expect(JSON.stringify(template).length).toBeLessThan(600_000);
    expect(reported(template)).toMatchObject([{ what: 'bytes', count: 1_000_002 }]);
  });

  test.each([
    ['C17 a template of 51,201 bytes', 'x'],
    ['C18 one of fewer signs', 'ü'],
  ])('%s goes through the bucket, as every template does', async (_, fill) => {
    const b = await bench();
    const { Resources: resources } = sized(51_201, fill);
    expectEnd(
      await b.deploy(
        {},
        shipmentOf({ Big: queue('queues.big', { Tags: [{ Key: 'a', Value: resources['Big']?.Properties?.['QueueName'] }] }) }),
      ),
      'done',
      b,
    );
    const { params } = b.aws.calls.of('CreateChangeSet')[0] ?? {};
    expect(String(params?.['TemplateURL'])).toMatch(/\/artifacts\/templates\/[0-9a-f]{64}\.json\?versionId=/);
    expect(params).not.toHaveProperty('TemplateBody');
  });
});

describe('from the command line', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'eventsystem-limits-'));
    return () => rmSync(folder, { recursive: true });
  });

  test('C20 code of more than 250 MiB ends before AWS is asked, with what is largest in it', { timeout: 60_000 }, async () => {
    const b = await bench();
    writeFileSync(join(folder, 'a.mjs'), 'export const handler = async () => undefined;\n');
    closeSync(openSync(join(folder, 'model.bin'), 'w'));
    truncateSync(join(folder, 'model.bin'), 251 * 2 ** 20);
    writeFileSync(join(folder, 'eventsystem.yml'), 'name: big\nfunctions: { a: { handler: a.mjs, files: [model.bin] } }\n');
    const { code, all } = await typed(b.aws, folder, ['deploy', '--yes', '--region', b.aws.region, '--artifact-bucket', 'artifacts']);
    expect(code, all).toBe(2);
    expect(all).toMatch(/error\[bundle-too-large\] The bundle is 252 MiB; Lambda allows 250 MiB\. The largest files are `model\.bin`/);
    expect(b.aws.calls.all).toEqual([]);
  });

  test('C19 without a place for the journal nothing is begun, unless it is said to go on without', async () => {
    const b = await bench();
    writeFileSync(join(folder, 'eventsystem.yml'), 'name: shop\ntopics: { news: {} }\n');
    const words = ['deploy', '--yes', '--region', b.aws.region, '--artifact-bucket', 'artifacts'];
    expect((await typed(b.aws, folder, ['compile'])).code).toBe(0);
    // A file where its folder should be.
    writeFileSync(join(folder, '.eventsystem', 'deploy'), '');
    const refused = await typed(b.aws, folder, words);
    expect(refused.code, refused.all).toBe(74);
    expect(refused.err).toMatch(/File system error at \S*\.eventsystem\/deploy\S*: /);
    expect(refused.err).toContain('--no-journal');
    const data = await typed(b.aws, folder, [...words, '--json']);
    expect(JSON.parse(data.out)).toMatchObject({ ok: false, code: 'disk', exit: 74 });
    expect(b.aws.calls.mutations()).toEqual([]);
    const made = await typed(b.aws, folder, [...words, '--no-journal']);
    expect(made.code, made.all).toBe(0);
    expect(b.aws.stack('shop-dev')?.status).toBe('CREATE_COMPLETE');
  });
});
