import { afterEach, describe, expect, test } from 'vitest';
import { Stop, type Ending } from '../../src/deploy/fault.ts';
import type { Inventory } from '../../src/deploy/inventory.ts';
import type { Kept } from '../../src/deploy/kept.ts';
import { remove, type RemoveOptions } from '../../src/deploy/remove.ts';
import { told } from '../../src/deploy/session.ts';
import { bench, closeAll, expectTold, first, keyed, shipmentOf, type Bench } from './bench.ts';

afterEach(closeAll);

type Removed =
  | { readonly removed: boolean; readonly kept: readonly Kept[]; readonly inventory: Inventory | undefined }
  | { readonly stop: Stop; readonly inventory: Inventory | undefined };

async function removing(b: Bench, more: Partial<RemoveOptions> = {}, shipment = first): Promise<Removed> {
  let inventory: Inventory | undefined;
  try {
    const run = await b.ada.session();
    const kept = await told(() =>
      remove(run, shipment, { yes: true, empty: [], retain: [], onInventory: (one) => void (inventory = one), ...more }),
    );
    return { removed: kept !== undefined, kept: kept ?? [], inventory };
  } catch (error) {
    if (error instanceof Stop) return { stop: error, inventory };
    throw error;
  }
}

/** It ended so, in words that help, and the stack stands as it is said: as before, unless its deletion had begun. */
const expectStop = (b: Bench, ended: Removed, code: string, ends: Ending, status = /^(CREATE|UPDATE)_COMPLETE$/) => {
  if (!('stop' in ended)) throw new Error('It was removed.');
  expect(`${ended.stop.code} ${ended.stop.ends}`).toBe(`${code} ${ends}`);
  expectTold(ended.stop);
  expect(b.aws.stack('shop-dev')?.status).toMatch(status);
  return ended.stop;
};

const database = {
  Type: 'AWS::RDS::DBInstance',
  Properties: {
    DBInstanceClass: 'db.t4g.micro',
    Engine: 'postgres',
    AllocatedStorage: '20',
    MasterUsername: 'a',
    ManageMasterUserPassword: true,
  },
};

const withBucket = (more: object = {}) => shipmentOf({ Files: { Type: 'AWS::S3::Bucket', ...more } });

/** The bucket’s own name. */
const nameOf = (b: Bench) => b.aws.stack('shop-dev')?.resources.get('Files')?.physicalId ?? '';

/** Section G of deploy.md. */
describe('removing', () => {
  test('a stack that is there, and one that is not', async () => {
    const b = await bench();
    await b.ready();
    expect(await removing(b)).toMatchObject({ removed: true, inventory: { deleted: [{ id: 'News' }, { id: 'Orders' }] } });
    expect(b.aws.stack('shop-dev')).toBeUndefined();
    expect(await removing(b)).toMatchObject({ removed: false });
  });

  test('nobody there, and no --yes; a person who types something else', async () => {
    const b = await bench({ present: true, answers: ['shop', 'shop-dev'] });
    await b.ready();
    expectStop(b, await removing(b, { yes: false }), 'declined', 'approval');
    expect(b.aws.calls.mutations()).toEqual([]);
    expect(await removing(b, { yes: false })).toMatchObject({ removed: true });
  });

  test('G1 a bucket that is not empty is told before', async () => {
    const b = await bench();
    await b.ready(withBucket());
    b.aws.bucket(nameOf(b))?.put('a.txt', Buffer.from('a'), b.aws.clock.date());
    expectStop(b, await removing(b), 'bucket-not-empty', 'recovery');
    expect(b.aws.calls.mutations()).toEqual([]);
    expect(await removing(b, { empty: ['Files'] })).toMatchObject({ removed: true });
  });

  test('G2 objects that would not go at first', async () => {
    const b = await bench();
    await b.ready(withBucket());
    for (let index = 0; index < 5; index++) b.aws.bucket(nameOf(b))?.put(`${index}.txt`, Buffer.from('a'), b.aws.clock.date());
    b.aws.fault({
      action: 'DeleteObjects',
      call: 1,
      kind: 'status',
      status: 200,
      headers: { 'content-type': 'application/xml' },
      body: '<?xml version="1.0"?><DeleteResult><Error><Key>0.txt</Key><Code>InternalError</Code><Message>try again</Message></Error></DeleteResult>',
    });
    expect(await removing(b, { empty: ['Files'] })).toMatchObject({ removed: true });
  });

  test('uploads in parts are broken off before a bucket is emptied, where that is allowed', async () => {
    for (const allowed of [true, false]) {
      const b = await bench();
      await b.ready(withBucket());
      const bucket = b.aws.bucket(nameOf(b));
      bucket?.put('a.txt', Buffer.from('a'), b.aws.clock.date());
      for (const uploadId of ['one', 'two']) bucket?.uploads.push({ key: 'large.bin', uploadId, at: b.aws.clock.date() });
      if (!allowed) b.aws.fault({ action: 'ListMultipartUploads', kind: 'accessDenied' });
      expect(await removing(b, { empty: ['Files'] })).toMatchObject({ removed: true });
      expect(b.aws.calls.count('AbortMultipartUpload')).toBe(allowed ? 2 : 0);
    }
  });

  test('G2 objects that will not go, each time they are asked to', async () => {
    const b = await bench();
    await b.ready(withBucket());
    for (const key of ['a.txt', 'b.txt']) b.aws.bucket(nameOf(b))?.put(key, Buffer.from('a'), b.aws.clock.date());
    b.aws.bucket(nameOf(b))?.stubborn.set('b.txt', 99);
    const stop = expectStop(b, await removing(b, { empty: ['Files'] }), 'bucket-not-empty', 'recovery');
    expect(stop.details).toEqual(['b.txt: We encountered an internal error. Please try again.']);
    expect(b.aws.calls.count('DeleteObjects')).toBe(3);
    expect(b.aws.bucket(nameOf(b))?.keys()).toEqual(['b.txt']);
    expect(b.aws.calls.count('DeleteStack')).toBe(0);
  });

  test('G3 a bucket that is filled again and again', async () => {
    const b = await bench();
    await b.ready(withBucket());
    const bucket = b.aws.bucket(nameOf(b));
    bucket?.put('0.txt', Buffer.from('a'), b.aws.clock.date());
    let count = 0;
    b.aws.fault({
      action: 'DeleteObjects',
      when: 'after',
      kind: 'meanwhile',
      act: () => void bucket?.put(`${++count}.txt`, Buffer.from('a'), b.aws.clock.date()),
    });
    expectStop(b, await removing(b, { empty: ['Files'] }), 'bucket-not-empty', 'recovery');
    expect(b.aws.calls.count('DeleteObjects')).toBe(3);
    expect(b.aws.calls.count('DeleteStack')).toBe(0);
  });

  test('G4 objects that are locked', async () => {
    const b = await bench();
    await b.ready(withBucket());
    b.aws.bucket(nameOf(b))?.put('kept.txt', Buffer.from('a'), b.aws.clock.date(), { locked: true });
    const stop = expectStop(b, await removing(b, { empty: ['Files'] }), 'bucket-not-empty', 'recovery');
    expect(stop?.details.join()).toContain('kept.txt');
    expect(b.aws.calls.count('DeleteObjects')).toBe(1);
  });

  test.each([
    ['AWS::RDS::DBInstance', { DeletionProtection: true, ...database.Properties }],
    ['AWS::DynamoDB::Table', { DeletionProtectionEnabled: true, ...keyed() }],
    ['AWS::Cognito::UserPool', { DeletionProtection: 'ACTIVE' }],
  ])('G5 %s is protected: told before', async (type, properties) => {
    const b = await bench();
    await b.ready(shipmentOf({ Data: { Type: type, Properties: properties as never } }));
    const stop = expectStop(b, await removing(b), 'protected-from-deletion', 'refused');
    expect(stop?.message).toContain('Data');
    expect(b.aws.calls.count('DeleteStack')).toBe(0);
  });

  test('G6 an export that is used is told before', async () => {
    const b = await bench();
    const { target } = first;
    const exporting = {
      ...first,
      target: {
        ...target,
        template: { ...target.template, Outputs: { Orders: { Value: { Ref: 'Orders' }, Export: { Name: 'orders' } } } },
      },
    };
    await b.ready(exporting);
    b.aws.someone.deploys({
      stack: 'other',
      template: {
        Resources: { Q: { Type: 'AWS::SQS::Queue', Properties: { Tags: [{ Key: 'of', Value: { 'Fn::ImportValue': 'orders' } }] } } },
      },
    });
    const stop = expectStop(b, await removing(b), 'export-in-use', 'refused');
    expect(stop?.message).toContain('other');
    expect(b.aws.calls.count('DeleteStack')).toBe(0);
  });

  test('G7 a stack that is protected', async () => {
    const b = await bench();
    await b.ready();
    const run = await b.ada.session();
    await run.changes.protect('shop-dev', true);
    b.aws.calls.clear();
    expectStop(b, await removing(b), 'protected-from-deletion', 'refused');
    expect(b.aws.calls.mutations()).toEqual([]);
  });

  test('G8 network interfaces that are given back late: once more in five minutes', async () => {
    const b = await bench();
    await b.ready();
    b.aws
      .resource('Orders')
      .fails('DELETE', 'resource sg-1 has a dependent object (Service: Ec2, Status Code: 400, DependencyViolation)', { times: 1 });
    const began = b.aws.clock.now;
    expect(await removing(b)).toMatchObject({ removed: true });
    expect(b.aws.clock.now - began).toBeGreaterThan(300_000);
  });

  test('G8 network interfaces that are not given back: told, with what can be done', async () => {
    const b = await bench();
    await b.ready();
    b.aws.resource('Orders').fails('DELETE', 'resource sg-1 has a dependent object (Service: Ec2, Status Code: 400, DependencyViolation)');
    const stop = expectStop(b, await removing(b), 'delete-failed', 'recovery', /^DELETE_FAILED$/);
    expect(b.aws.calls.count('DeleteStack')).toBe(2);
    expect(stop.details.join('\n')).toMatch(/eventsystem\.yml:3:3 {2}things\.Orders[^]*→ .*20 to 40 minutes/);
    expect(stop.next).toContain('--retain Orders');
  });

  test('what will not go can be left behind', async () => {
    const b = await bench();
    await b.ready();
    b.aws.resource('Orders').fails('DELETE', 'no');
    const stop = expectStop(b, await removing(b), 'delete-failed', 'recovery', /^DELETE_FAILED$/);
    expect(stop?.next).toContain('--retain Orders');
    expect(stop?.details.join('\n')).toContain('eventsystem.yml:3:3');
    const orders = b.aws.stack('shop-dev')?.resources.get('Orders')?.physicalId;
    expect(await removing(b, { retain: ['Orders'] })).toMatchObject({
      removed: true,
      kept: [{ id: 'Orders', as: 'itself', physical: orders }],
    });
  });

  test('G9 the order is taken, and nothing happens', async () => {
    const b = await bench();
    await b.ready();
    b.aws.fault({
      action: 'DeleteStack',
      kind: 'status',
      status: 200,
      headers: { 'content-type': 'text/xml' },
      body: '<DeleteStackResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"/>',
    });
    const ended = await removing(b);
    expectStop(b, ended, 'not-seen-starting', 'recovery');
    expect(b.aws.calls.count('DeleteStack')).toBe(2);
  });

  test('G10 by its name it is gone: by its ARN it is seen to be deleted', async () => {
    const b = await bench();
    await b.ready();
    expect(await removing(b)).toMatchObject({ removed: true });
    expect(
      b.aws.calls
        .of('DescribeStacks')
        .slice(1)
        .every(({ params }) => String(params['StackName']).startsWith('arn:')),
    ).toBe(true);
  });

  test('G11 what stays is told with its ARN, its price and how it is taken back, and so is what left a snapshot', async () => {
    const b = await bench();
    const kept = (type: string, properties: object, path: string) => ({
      Type: type,
      DeletionPolicy: 'RetainExceptOnCreate',
      Metadata: { eventsystem: { path } },
      Properties: properties as never,
    });
    const system = shipmentOf({
      OrdersStream: kept('AWS::Kinesis::Stream', { StreamModeDetails: { StreamMode: 'ON_DEMAND' } }, 'streams.orders'),
      LateQueue: kept('AWS::SQS::Queue', { QueueName: 'late' }, 'queues.late'),
      LateQueueDeadLetterQueue: kept('AWS::SQS::Queue', {}, 'queues.late'),
      Named: kept('AWS::DynamoDB::Table', { TableName: 'named', ...keyed() }, 'resources.Named'),
      LedgerDatabase: { ...database, DeletionPolicy: 'Snapshot', Metadata: { eventsystem: { path: 'databases.ledger' } } },
      News: { Type: 'AWS::SNS::Topic' },
    });
    await b.ready(system);
    const physical = (id: string) => b.aws.stack('shop-dev')?.resources.get(id)?.physicalId ?? '';
    const [stream, dead, data] = ['OrdersStream', 'LateQueueDeadLetterQueue', 'LedgerDatabase'].map(physical);
    const origins = { OrdersStream: { file: 'eventsystem.yml', line: 7, column: 3, path: 'streams.orders' } };
    const ended = await removing(b, {}, { ...system, target: { ...system.target, origins } });
    expect(b.aws.stack('shop-dev')).toBeUndefined();
    expect(ended).toMatchObject({ removed: true });
    const told = 'kept' in ended ? Object.fromEntries(ended.kept.map((one) => [one.id, one])) : {};
    expect(Object.keys(told).sort()).toEqual(['LateQueue', 'LateQueueDeadLetterQueue', 'LedgerDatabase', 'Named', 'OrdersStream']);
    expect(told['OrdersStream']).toMatchObject({
      as: 'itself',
      arn: `arn:aws:kinesis:${b.aws.region}:${b.aws.account}:stream/${stream}`,
      line: 'eventsystem.yml:7',
      next: `To import it again, set \`adopt: ${stream}\` at streams.orders (eventsystem.yml:7), and deploy.`,
    });
    expect(told['OrdersStream']?.monthly).toBeGreaterThan(0);
    expect(told['LateQueue']?.next).toBe('To import it again, set `adopt: late` at queues.late, without `physicalName`, and deploy.');
    expect(told['LateQueueDeadLetterQueue']?.next).toContain(`\`aws sqs delete-queue --queue-url ${dead} --region ${b.aws.region}\``);
    expect(told['Named']?.next).toContain('`eventsystem deploy --adopt`');
    expect(told['LedgerDatabase']).toMatchObject({
      as: 'snapshot',
      arn: `arn:aws:rds:${b.aws.region}:${b.aws.account}:db:${data}`,
      next: expect.stringContaining(`aws rds describe-db-snapshots --db-instance-identifier ${data}`),
    });
    // That is what is there, and nothing else.
    const orphans = b.aws.cloud.world.orphans().map(({ physicalId }) => physicalId);
    expect(orphans.sort()).toEqual(
      ['OrdersStream', 'LateQueue', 'LateQueueDeadLetterQueue', 'Named'].map((id) => told[id]?.physical).sort(),
    );
    expect(b.aws.cloud.world.snapshots.map(({ physicalId }) => physicalId)).toEqual([data]);
  });

  test('G12 a stack that was only planned goes at once', async () => {
    const b = await bench();
    b.aws.someone.makesChangeSet({ stack: 'shop-dev', template: first.target.template as never, parameters: { ArtifactBucket: 'a' } });
    expectStop(b, await removing(b, { yes: false }), 'approval-needed', 'approval', /^REVIEW_IN_PROGRESS$/);
    expect(await removing(b)).toMatchObject({ removed: true });
    expect(b.aws.calls.count('DescribeStackEvents')).toBe(0);
    expect(b.aws.stack('shop-dev')).toBeUndefined();
  });

  test('a stack that is being changed is left alone', async () => {
    const b = await bench();
    await b.ready();
    b.aws.someone.starts({
      stack: 'shop-dev',
      parameters: { ArtifactBucket: 'artifacts' },
      template: { Parameters: { ArtifactBucket: { Type: 'String' } }, Resources: { Orders: { Type: 'AWS::SQS::Queue' } } },
    });
    expectStop(b, await removing(b), 'stack-busy', 'conflict', /^UPDATE_IN_PROGRESS$/);
  });
});
