import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '../../src/deploy/aws/store.ts';
import { artifactBucket } from '../../src/deploy/bucket.ts';
import { mark, sweep, type Collection } from '../../src/deploy/collect.ts';
import { told } from '../../src/deploy/session.ts';
import type { Run } from '../../src/deploy/run.ts';
import type { Shipment } from '../../src/deploy/shipment.ts';
import { bench, closeAll, expectEnd, first, shipmentOf, type Bench } from './bench.ts';

const DAY = 86_400_000;

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'eventsystem-collect-'))));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(closeAll);

const role = {
  Type: 'AWS::IAM::Role',
  Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] } },
};

/** A system with one function, whose code has this name. */
function withCode(name: string): Shipment {
  const file = join(folder, `${name}.zip`);
  writeFileSync(file, name);
  const key = `assets/${name}.zip`;
  const code = { S3Bucket: { Ref: 'ArtifactBucket' }, S3Key: key };
  const fn = {
    Type: 'AWS::Lambda::Function',
    Properties: { Code: code, Handler: 'index.handler', Runtime: 'nodejs24.x', Role: { 'Fn::GetAtt': ['Role', 'Arn'] } },
  };
  return { ...shipmentOf({ F: fn, Role: role }), assets: [{ key, file, bytes: name.length, functions: ['functions.f'] }] };
}

async function open(b: Bench): Promise<{ readonly run: Run; readonly store: Store }> {
  const run = await b.ada.session();
  const store = await artifactBucket(run, 'artifacts');
  if (!store) throw new Error('There is no bucket.');
  return { run, store };
}

/** One `gc`, and what it found by its keys. */
async function collected(
  b: Bench,
): Promise<Readonly<Record<keyof Omit<Collection, 'nextDue'>, readonly string[]>> & { readonly gone: readonly string[] }> {
  const { run, store } = await open(b);
  const { nextDue: _, ...found } = await mark(run, store);
  const { gone } = await sweep(run, store, found.due);
  const keys = (all: readonly { readonly key: string }[]) => all.map(({ key }) => key).sort();
  return { marked: keys(found.marked), waiting: keys(found.waiting), cleared: keys(found.cleared), due: keys(found.due), gone: keys(gone) };
}

const put = (b: Bench, key: string): void => void b.aws.bucket('artifacts')?.put(key, Buffer.from(key), b.aws.clock.date());

const keysOf = (b: Bench): readonly string[] => (b.aws.bucket('artifacts')?.keys() ?? []).filter((key) => !key.startsWith('deployments/'));

/** What deployments of any stack recorded is forgotten: only what stands counts. */
const forget = (b: Bench): void => {
  const bucket = b.aws.bucket('artifacts');
  for (const key of bucket?.keys() ?? []) if (key.startsWith('deployments/')) bucket?.remove(key, undefined, b.aws.clock.date());
};

const nothing = { marked: [], waiting: [], cleared: [], due: [], gone: [] };

/** §1.2 of deploy.md. */
describe('gc', () => {
  test('marks what nothing needs, and deletes it thirty days later', async () => {
    const b = await bench();
    await b.ready();
    put(b, 'assets/old.zip');
    // Younger than a week it may be of a deployment that is still under way.
    b.aws.clock.advance(6 * DAY);
    expect(await collected(b)).toEqual(nothing);
    b.aws.clock.advance(2 * DAY);
    put(b, 'assets/young.zip');
    expect(await collected(b)).toEqual({ ...nothing, marked: ['assets/old.zip'] });
    b.aws.clock.advance(29 * DAY);
    expect(await collected(b)).toEqual({ ...nothing, waiting: ['assets/old.zip'], marked: ['assets/young.zip'] });
    expect(keysOf(b)).toContain('assets/old.zip');
    b.aws.clock.advance(2 * DAY);
    expect(await collected(b)).toEqual({ ...nothing, waiting: ['assets/young.zip'], due: ['assets/old.zip'], gone: ['assets/old.zip'] });
    expect(keysOf(b)).not.toContain('assets/old.zip');
    // It is gone for good, and nothing else is.
    expect(b.aws.bucket('artifacts')?.versions.filter(({ key, marker }) => key === 'assets/old.zip' || marker)).toEqual([]);
    expectEnd(await b.deploy({}, first), 'done', b);
  });

  test('takes the mark off what is used again: it has thirty days once more', async () => {
    const b = await bench();
    put(b, 'assets/shared.zip');
    b.aws.clock.advance(8 * DAY);
    expect(await collected(b)).toEqual({ ...nothing, marked: ['assets/shared.zip'] });
    // Somebody else’s stack, which this program has not deployed.
    b.aws.someone.deploys({
      stack: 'theirs',
      template: `Resources: { Q: { Type: AWS::SQS::Queue, Properties: { Tags: [{ Key: code, Value: assets/shared.zip }] } } }`,
    });
    b.aws.clock.advance(40 * DAY);
    expect(await collected(b)).toEqual({ ...nothing, cleared: ['assets/shared.zip'] });
    b.aws.someone.deletesStack('theirs');
    b.aws.clock.settle();
    expect(await collected(b)).toEqual({ ...nothing, marked: ['assets/shared.zip'] });
    expect(keysOf(b)).toEqual(['assets/shared.zip']);
  });

  test.each([
    ['a stack, in its template', (b: Bench) => b.aws.someone.deploys({ stack: 's', template: using })],
    [
      'a stack, in a parameter',
      (b: Bench) => b.aws.someone.deploys({ stack: 's', template: asking, parameters: { Code: 'assets/used.zip' } }),
    ],
    ['a plan for a stack that is not made yet', (b: Bench) => b.aws.someone.makesChangeSet({ stack: 's', template: using })],
    [
      'a plan for a stack that stands',
      (b: Bench) => {
        b.aws.someone.deploys({ stack: 's', template: other });
        b.aws.someone.makesChangeSet({ stack: 's', template: using });
      },
    ],
    [
      'a stack that could not be deleted',
      (b: Bench) => {
        b.aws.someone.deploys({ stack: 's', template: using });
        b.aws.resource('Q').fails('DELETE', 'no');
        b.aws.someone.deletesStack('s');
        b.aws.clock.settle();
      },
    ],
    [
      'a stack whose creation failed',
      (b: Bench) => {
        b.aws.resource('Q').fails('CREATE', 'no', { times: 1 });
        b.aws.someone.deploys({ stack: 's', template: using });
      },
    ],
  ])('leaves what is named by %s', async (_, act) => {
    const b = await bench();
    put(b, 'assets/used.zip');
    put(b, 'assets/unused.zip');
    act(b);
    b.aws.clock.advance(8 * DAY);
    expect(await collected(b)).toEqual({ ...nothing, marked: ['assets/unused.zip'] });
  });

  test('keeps the code of the last ten deployments, and no more', async () => {
    const b = await bench();
    for (let n = 1; n <= 12; n++) {
      expectEnd(await b.deploy({}, withCode(`code-${n}`)), 'done', b);
      b.aws.clock.advance(60_000);
    }
    b.aws.clock.advance(8 * DAY);
    const { marked } = await collected(b);
    expect(marked.filter((key) => key.startsWith('assets/'))).toEqual(['assets/code-1.zip', 'assets/code-2.zip']);
    expect(marked.filter((key) => key.startsWith('templates/')).length).toBe(2);
  });

  test('ends where the bucket keeps no versions, and where a stack may not be looked at', async () => {
    const b = await bench();
    b.aws.makeBucket({ name: 'bare' });
    const run = await b.ada.session();
    const bare = await artifactBucket(run, 'bare');
    await expect(told(() => mark(run, bare as Store))).rejects.toMatchObject({ code: 'bucket-keeps-no-versions', ends: 'refused' });
    await b.ready();
    put(b, 'assets/old.zip');
    b.aws.clock.advance(40 * DAY);
    b.aws.fault({ action: 'GetTemplate', kind: 'accessDenied' });
    await expect(told(() => collected(b))).rejects.toMatchObject({ code: 'access-denied' });
    expect(b.aws.calls.count('PutObjectTagging')).toBe(0);
  });
});

const using = { Resources: { Q: { Type: 'AWS::SQS::Queue', Properties: { Tags: [{ Key: 'code', Value: 'assets/used.zip' }] } } } };
const other = { Resources: { Q: { Type: 'AWS::SQS::Queue' } } };
const asking = { Parameters: { Code: { Type: 'String' } }, ...other };

/** Code that was deployed, given up and marked, and that nothing has used for more than thirty days. */
async function givenUp(): Promise<Bench> {
  const b = await bench();
  await b.ready(withCode('again'));
  await b.ready(shipmentOf({ Role: role }));
  forget(b);
  b.aws.clock.advance(8 * DAY);
  expect((await collected(b)).marked).toContain('assets/again.zip');
  b.aws.clock.advance(31 * DAY);
  b.aws.calls.clear();
  return b;
}

describe('gc while the same code is deployed again', () => {
  const moments = [
    ['looks at the object', 'HeadObject', 'before'],
    ['has looked at the object', 'HeadObject', 'after'],
    ['sends the object', 'PutObject', 'before'],
    ['has sent the object', 'PutObject', 'after'],
    ['asks for a plan', 'CreateChangeSet', 'before'],
    ['has a plan', 'CreateChangeSet', 'after'],
    ['has it executed', 'ExecuteChangeSet', 'after'],
  ] as const;
  test.each(moments)('deletes nothing of a deployment that %s', async (_, action, when) => {
    const b = await givenUp();
    const before = new Set(b.aws.bucket('artifacts')?.versions.map(({ versionId }) => versionId));
    // Found before the deployment looked, and deleted in the midst of it.
    const { run, store } = await open(b);
    const { due } = await mark(run, store);
    expect(due.map(({ key }) => key)).toContain('assets/again.zip');
    b.aws.fault({ action, when, call: 1, kind: 'meanwhile', act: async () => void (await sweep(run, store, due)) });
    expectEnd(await b.deploy({}, withCode('again'), { timeouts: { connect: 5000, request: 20_000 } }), 'done', b);
    // The fake’s Lambda reads the code when it makes the function.
    expect(b.aws.stack('shop-dev')?.resources.get('F')?.status).toBe('CREATE_COMPLETE');
    const now = b.aws.bucket('artifacts')?.object('assets/again.zip');
    expect(now?.marker).toBe(false);
    expect(before.has(now?.versionId ?? '')).toBe(false);
  });

  test('a rollback to a deployment that is no longer kept has its code back before it is deleted', async () => {
    const b = await bench();
    for (let n = 1; n <= 12; n++) {
      expectEnd(await b.deploy({}, withCode(`code-${n}`)), 'done', b);
      b.aws.clock.advance(60_000);
    }
    b.aws.clock.advance(8 * DAY);
    await collected(b);
    b.aws.clock.advance(31 * DAY);
    const { run, store } = await open(b);
    const { due } = await mark(run, store);
    expect(due.map(({ key }) => key)).toContain('assets/code-1.zip');
    const { earlier } = await import('../../src/deploy/rollback.ts');
    const { recordsOf } = await import('../../src/deploy/records.ts');
    const oldest = (await recordsOf(store, 'shop-dev')).at(-1);
    const [shipment] = await earlier(await b.ada.session(), first.target, oldest, 'artifacts');
    await sweep(run, store, due);
    expectEnd(await b.deploy({}, shipment as Shipment), 'done', b);
    expect(keysOf(b)).toContain('assets/code-1.zip');
    expect(keysOf(b)).not.toContain('assets/code-2.zip');
  });
});
