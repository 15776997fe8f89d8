import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Manifest } from '../../src/compiler/compile.ts';
import type { Stop } from '../../src/deploy/fault.ts';
import type { Review } from '../../src/deploy/review.ts';
import type { Shipment } from '../../src/deploy/shipment.ts';
import { shipSystem } from '../../src/deploy/siblings/ship-system.ts';
import { startAws, type FakeAws } from '../aws/aws.ts';
import { defaults, deployer, shipmentOf } from './deployer.ts';
import { typed } from './program.ts';

let aws: FakeAws;
let folder: string;

beforeEach(async () => {
  aws = await startAws({ region: 'eu-central-1', pace: 'stopped', start: new Date('2026-11-24T10:00:00Z') });
  aws.makeBucket({ name: 'artifacts', versioning: 'Enabled' });
  folder = mkdtempSync(join(tmpdir(), 'eventsystem-siblings-'));
});

afterEach(async () => {
  await aws.close();
  rmSync(folder, { recursive: true });
});

/** A command as somebody types it, and all it said. */
async function eventsystem(...words: string[]) {
  aws.calls.clear();
  const bucket = ['remove', 'attach', 'recover', 'outputs', 'apply'].includes(words[0] ?? '') ? [] : ['--artifact-bucket', 'artifacts'];
  return typed(aws, folder, [...words, ...bucket]);
}

/** The system’s file; `more` is added to it. */
function system(more = '', stacks = 'lifetimes'): void {
  writeFileSync(join(folder, 'handler.mjs'), 'export const handler = async () => ({ batchItemFailures: [] });\n');
  writeFileSync(
    join(folder, 'eventsystem.yml'),
    `name: shop
region: eu-central-1
stacks: ${stacks}
vpc: { zones: 2 }
streams:
  orders: {}
queues:
  late: {}
consumers:
  settle: { from: { stream: orders }, handler: handler.mjs, access: { late: send } }
functions:
  inside: { handler: handler.mjs, vpc: true }
outputs: { Orders: $(orders.arn) }
${more}`,
  );
}

const stacks = ['shop-dev-network', 'shop-dev-data', 'shop-dev'];

/** The stacks that change sets were executed for, in their order. */
const executed = () => aws.calls.of('ExecuteChangeSet').map(({ params }) => String(params['StackName']).split('/')[1]);

async function deployed(): Promise<void> {
  const made = await eventsystem('deploy', '--yes');
  expect(made.code, made.all).toBe(0);
}

describe('a system in three stacks', () => {
  beforeEach(() => system());

  test('is written as three templates, with one record of where the lines are', async () => {
    const { code, all } = await eventsystem('diff');
    expect(code, all).toBe(0);
    const written = readdirSync(join(folder, '.eventsystem', 'dev')).filter((name) => name.endsWith('.json'));
    expect(written.sort()).toEqual([
      'bootstrap.template.json',
      'data.template.json',
      'manifest.json',
      'network.template.json',
      'template.json',
      'template.origins.json',
    ]);
    const manifest = JSON.parse(readFileSync(join(folder, '.eventsystem', 'dev', 'manifest.json'), 'utf8')) as Manifest;
    expect(manifest.stacks?.map(({ name }) => name)).toEqual(stacks);
    expect(manifest.stacks?.[2]?.handed['OrdersStreamArn']).toEqual({ stack: 'shop-dev-data', output: 'OrdersStreamArn' });
    for (const name of stacks) expect(all).toContain(`To be created: ${name}`);
    for (const name of stacks) expect(aws.stack(name)).toBeUndefined();
  });

  test('is deployed in order, left alone, changed, and removed in reverse', async () => {
    const made = await eventsystem('deploy', '--yes');
    expect(made.code, made.all).toBe(0);
    expect(executed()).toEqual(stacks);
    for (const name of stacks) expect(aws.stack(name)?.status, name).toBe('CREATE_COMPLETE');
    expect(made.out).toMatch(/Orders = arn:aws:kinesis:\S+/);
    // What is handed over is nobody’s output.
    expect(made.out).not.toMatch(/OrdersStreamArn = /);

    await deployed();
    expect(aws.calls.mutations()).toEqual([]);

    system('topics: { news: {} }');
    const changed = await eventsystem('deploy', '--yes');
    expect(changed.code, changed.all).toBe(0);
    // The topic is data, its policy is the application’s; the network has nothing of it.
    expect(executed()).toEqual(stacks.slice(1));

    expect((await eventsystem('remove')).code).toBe(3);
    const removed = await eventsystem('remove', '--yes');
    expect(removed.code, removed.all).toBe(0);
    expect(aws.calls.of('DeleteStack').map(({ params }) => String(params['StackName']).split('/')[1])).toEqual([...stacks].reverse());
    for (const name of stacks) expect(aws.stack(name), name).toBeUndefined();
    expect((await eventsystem('remove', '--yes')).out).toContain('There is no stack shop-dev');
  });

  test('tells how it stands as one, and goes back as one', async () => {
    await deployed();
    const status = await eventsystem('status');
    expect(status.code, status.all).toBe(0);
    for (const name of stacks) expect(status.out).toContain(name);
    expect((await eventsystem('outputs')).out).toMatch(/^Orders=arn:\S+\n$/);
    expect((await eventsystem('attach')).code).toBe(0);
    expect((await eventsystem('recover', '--yes')).all).toContain('error[nothing-to-recover]');

    system('topics: { news: {} }');
    await deployed();
    const back = await eventsystem('rollback', '--yes');
    expect(back.code, back.all).toBe(0);
    // What the application no longer names goes behind it.
    expect(executed()).toEqual(['shop-dev', 'shop-dev-data']);
    expect(aws.stack('shop-dev-data')?.resource('NewsTopic')).toBeUndefined();
  });

  test('each stack of a protected stage is protected, and what holds data in it', async () => {
    system("stages: { prod: { protect: true, account: '123456789012' } }");
    const made = await eventsystem('deploy', '--stage', 'prod', '--yes', '--allow-endpoint');
    expect(made.code, made.all).toBe(0);
    for (const name of ['shop-prod-network', 'shop-prod-data', 'shop-prod'])
      expect({ name, protected: aws.stack(name)?.terminationProtection }).toEqual({ name, protected: true });
    expect(aws.stack('shop-prod-data')?.policy).toContain('LogicalResourceId/OrdersStream');
    const refused = await eventsystem('remove', '--stage', 'prod', '--yes', '--allow-endpoint');
    expect(refused.err).toContain('error[protected-from-deletion]');
    expect(aws.calls.mutations()).toEqual([]);
  });

  test('a plan of it is carried out as it was written', async () => {
    const planned = await eventsystem('plan');
    expect(planned.code, planned.all).toBe(0);
    const applied = await eventsystem('apply', 'plan.json', '--yes');
    expect(applied.code, applied.all).toBe(0);
    expect(executed()).toEqual(stacks);
    // The base is another now.
    expect((await eventsystem('apply', 'plan.json', '--yes')).code).toBe(7);

    system('topics: { news: {} }');
    expect((await eventsystem('plan')).code).toBe(0);
    const path = join(folder, 'plan.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"digest": "', '"digest": "0'));
    expect((await eventsystem('apply', 'plan.json', '--yes')).err).toContain('error[plan-file]');
  });

  test('one that fails leaves what was done before, says so, and the next run goes on from there', async () => {
    aws.resource('SettleFunction').fails('CREATE', 'The role cannot be assumed by Lambda', { times: 1 });
    const failed = await eventsystem('deploy', '--yes');
    expect(failed.code, failed.all).toBe(5);
    expect(failed.err).toContain('Already deployed, and kept: shop-dev-network, shop-dev-data.');
    expect(failed.err).toMatch(/eventsystem\.yml:\d+:\d+ +consumers\.settle/);
    expect(aws.stack('shop-dev-data')?.status).toBe('CREATE_COMPLETE');
    const again = await eventsystem('deploy', '--yes');
    expect(again.code, again.all).toBe(0);
    expect(executed()).toEqual(['shop-dev']);
  });

  test('a first deployment that ended before the application can be removed', async () => {
    aws.resource('OrdersStream').fails('CREATE', 'Limit exceeded', { times: 1 });
    const failed = await eventsystem('deploy', '--yes');
    expect(failed.code, failed.all).toBe(5);
    expect(failed.err).toContain('Not started: shop-dev.');
    const removed = await eventsystem('remove', '--yes');
    expect(removed.code, removed.all).toBe(0);
    for (const name of stacks) expect(aws.stack(name), name).toBeUndefined();
  });

  test('a stack that nothing is in any more goes last', async () => {
    await deployed();
    const path = join(folder, 'eventsystem.yml');
    writeFileSync(
      path,
      readFileSync(path, 'utf8')
        .replace(/vpc: .*\n/, '')
        .replace(', vpc: true', ''),
    );
    const less = await eventsystem('deploy', '--yes');
    expect(less.code, less.all).toBe(0);
    expect(less.out).toContain('To be removed: shop-dev-network');
    expect(aws.stack('shop-dev-network')).toBeUndefined();
    expect(aws.stack('shop-dev')?.status).toBe('UPDATE_COMPLETE');
  });

  test('what later stacks still use goes when they no longer do', async () => {
    await deployed();
    const path = join(folder, 'eventsystem.yml');
    // Nothing lives in the VPC any more, whose security group goes; it gets a third zone, and a queue comes.
    writeFileSync(
      path,
      readFileSync(path, 'utf8')
        .replace('{ zones: 2 }', '{ zones: 3 }')
        .replace(', vpc: true', '')
        .replace('late: {}', 'late: {}\n  more: {}'),
    );
    const planned = await eventsystem('plan');
    expect(planned.code, planned.all).toBe(0);
    expect(planned.out).toContain('To be changed: shop-dev-network, at the end, once nothing uses it');
    const done = await eventsystem('apply', 'plan.json', '--yes');
    expect(done.code, done.all).toBe(0);
    expect(executed()).toEqual(['shop-dev-network', 'shop-dev-data', 'shop-dev', 'shop-dev-network']);
    expect(aws.stack('shop-dev-network')?.resource('VpcIsolatedSecurityGroup')).toBeUndefined();
    await deployed();
    expect(aws.calls.mutations()).toEqual([]);
  });

  test('what stands in one stack is not made anew in three: that is refused, and a word keeps it', async () => {
    system('', 'one');
    await deployed();
    system();
    const refused = await eventsystem('deploy', '--yes');
    expect(refused.code, refused.all).toBe(4);
    expect(refused.err).toContain('error[stacks-differ]');
    expect(refused.err).toContain('OrdersStream (AWS::Kinesis::Stream) is in shop-dev and would be created again in shop-dev-data');
    expect(refused.err).toContain('`stacks: one`');
    expect(aws.calls.mutations()).toEqual([]);
    system('', 'one');
    await deployed();
    expect(aws.calls.mutations()).toEqual([]);
  });

  test('and what stands in three is not made anew in one, nor in four', async () => {
    await deployed();
    for (const other of ['one', '{ functions: 2 }']) {
      system('', other);
      const refused = await eventsystem('deploy', '--yes');
      expect(refused.code, refused.all).toBe(4);
      expect(refused.err).toContain('`stacks: { functions: 0, wiring: 0 }`');
      expect(aws.calls.mutations()).toEqual([]);
    }
  });

  test('gc knows what every one of its stacks uses, also without a record of it', async () => {
    system('', '{ functions: 1, wiring: 0 }');
    await deployed();
    const bucket = aws.bucket('artifacts');
    const day = 86_400_000;
    const used = new Set(bucket?.keys().filter((key) => key.startsWith('assets/')));
    expect(used.size).toBeGreaterThan(0);
    for (const key of bucket?.keys() ?? []) if (key.startsWith('deployments/')) bucket?.remove(key, undefined, aws.clock.date());
    bucket?.put('assets/stray.zip', Buffer.from('stray'), aws.clock.date());
    aws.clock.advance(8 * day);
    const marked = await eventsystem('gc', '--yes', '--region', 'eu-central-1');
    expect(marked.code, marked.all).toBe(0);
    expect(aws.calls.of('PutObjectTagging').flatMap(({ params }) => String(params['Key']).match(/^assets.*/) ?? [])).toEqual([
      'assets/stray.zip',
    ]);
    aws.clock.advance(31 * day);
    const collected = await eventsystem('gc', '--yes', '--region', 'eu-central-1');
    expect(collected.code, collected.all).toBe(0);
    expect(bucket?.keys().filter((key) => key.startsWith('assets/'))).toEqual([...used].sort());
  });

  test('another’s stack of such a name is not touched', async () => {
    aws.someone.deploys({ stack: 'shop-dev-data', template: { Resources: { Theirs: { Type: 'AWS::SQS::Queue' } } } });
    const { code, err, all } = await eventsystem('deploy', '--yes');
    expect(code, all).toBe(7);
    expect(err).toContain('error[stack-of-others]');
    expect(aws.calls.mutations()).toEqual([]);
  });
});

describe('what nobody could see before', () => {
  const queue = (name: string) => ({ Named: { Type: 'AWS::SQS::Queue', Properties: { QueueName: name } } });
  const value = { Value: { 'Fn::GetAtt': ['Named', 'QueueName'] } };
  /** A queue whose name is the name of a bucket in the next stack. */
  function pair(name: string): readonly Shipment[] {
    const data = shipmentOf(queue(name), { stack: 'shop-dev-data', handed: {} });
    const bucket = { Files: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { Ref: 'Name' } } } };
    const main = shipmentOf(bucket, { handed: { Name: { stack: 'shop-dev-data', output: 'Name' } } });
    const parameters = { ...main.target.template.Parameters, Name: { Type: 'String' } };
    const metadata = { eventsystem: { stacks: ['data'], functions: 0, wiring: 0 } };
    return [
      { ...data, target: { ...data.target, template: { ...data.target.template, Outputs: { Name: value } } } },
      { ...main, target: { ...main.target, template: { ...main.target.template, Metadata: metadata, Parameters: parameters } } },
    ];
  }

  test('is asked for when it is seen, and nothing of it is done without', async () => {
    const ada = deployer(aws);
    const run = await ada.session();
    const options = { ...defaults, onReview: (review: Review) => void ada.reviews.push(review) };
    await shipSystem(run, pair('first-name'), options);
    ada.reviews.length = 0;
    aws.calls.clear();
    // The queue’s loss is approved; that the bucket follows is seen only when the queue has its new name.
    const again = shipSystem(await ada.session(), pair('second-name'), { ...options, destroy: ['Named'] });
    await expect(again).rejects.toMatchObject({ code: 'approval-needed', ends: 'approval' });
    await again.catch((error: Stop) => {
      expect(error.message).toContain('--approve-destroy Files');
      expect(error.details.join(' ')).toContain('shop-dev-data');
    });
    expect(executed()).toEqual(['shop-dev-data']);
    expect(aws.stack('shop-dev')?.changeSets.filter(({ executionStatus }) => executionStatus === 'AVAILABLE')).toEqual([]);
    aws.calls.clear();
    await shipSystem(await ada.session(), pair('second-name'), { ...options, destroy: ['Files'] });
    expect(executed()).toEqual(['shop-dev']);
  });
});

describe('five hundred functions', () => {
  /** Each with a route and an alarm; `more` is added to the file. */
  function many(count: number, more = ''): void {
    const names = Array.from({ length: count }, (_, index) => `f${index}`);
    writeFileSync(join(folder, 'handler.mjs'), "export const handler = async () => ({ statusCode: 200, body: 'ok' });\n");
    writeFileSync(
      join(folder, 'eventsystem.yml'),
      `name: big
region: eu-central-1
streams: { orders: {} }
topics: { ops: {} }
alarms: { notify: ops, throttles: none }
functions:
${names.map((name) => `  ${name}: { handler: handler.mjs, access: { orders: write } }\n`).join('')}
apis:
  shop:
    type: rest
    authorizer: none
    routes:
${names.map((name) => `      GET /${name}: { function: ${name} }\n`).join('')}
outputs: { Url: $(shop.url) }
${more}`,
    );
  }

  test('are deployed, left alone, changed without a zip being sent, and removed', { timeout: 300_000 }, async () => {
    many(500);
    await deployed();
    const functions = [1, 2, 3, 4].map((part) => `big-dev-functions-${part}`);
    const wiring = [1, 2, 3, 4].map((part) => `big-dev-wiring-${part}`);
    expect(executed()).toEqual(['big-dev-data', ...functions, 'big-dev', ...wiring]);
    const made = functions.flatMap((name) => [...(aws.stack(name)?.resources.values() ?? [])]);
    expect(made.filter(({ type }) => type === 'AWS::Lambda::Function').length).toBe(500);

    await deployed();
    expect(aws.calls.mutations()).toEqual([]);

    many(500, 'tags: { team: other }\n');
    await deployed();
    expect(aws.calls.of('PutObject').filter(({ params }) => String(params['Key']).startsWith('assets/'))).toEqual([]);
    const before = new Map(made.map(({ logicalId, physicalId }) => [logicalId, physicalId]));
    for (const name of functions)
      for (const { logicalId, physicalId } of aws.stack(name)?.resources.values() ?? []) expect(physicalId).toBe(before.get(logicalId));

    const removed = await eventsystem('remove', '--yes');
    expect(removed.code, removed.all.slice(-2000)).toBe(0);
    for (const name of ['big-dev-data', ...functions, 'big-dev', ...wiring]) expect(aws.stack(name), name).toBeUndefined();
  });
});
