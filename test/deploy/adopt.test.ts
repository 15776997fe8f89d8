import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Template } from '../../src/compiler/emit/emit.ts';
import { printReview } from '../../src/deploy/print-review.ts';
import { plainStyle } from '../../src/compiler/diagnostics/print.ts';
import { applySystem, diffSystem, prepareSystem } from '../../src/deploy/siblings/plan-system.ts';
import type { Shipment } from '../../src/deploy/shipment.ts';
import { startAws, type FakeAws } from '../aws/aws.ts';
import type { Tree } from '../aws/tree.ts';
import { defaults, deployer, shipmentOf, storyOf, type Deployer, type Ended } from './deployer.ts';
import { typed } from './program.ts';

let aws: FakeAws;
let ada: Deployer;
beforeEach(async () => {
  aws = await startAws();
  aws.makeBucket({ name: 'artifacts', versioning: 'Enabled' });
  ada = deployer(aws);
  return () => aws.close();
});

const KEYS = {
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
};

/** A live table, as somebody made it by hand, with data in it. */
const live = { TableName: 'orders', ...KEYS, BillingMode: 'PROVISIONED' };
const kept = { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' };

const table = { Type: 'AWS::DynamoDB::Table', ...kept, Properties: { TableName: 'orders', ...KEYS, BillingMode: 'PAY_PER_REQUEST' } };

const system: Template['Resources'] = {
  OrdersTable: table,
  Replays: { Type: 'AWS::SQS::Queue' },
  ReplaysPolicy: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [{ Ref: 'Replays' }], PolicyDocument: { Statement: [] } } },
};

const adoptsTable = { id: 'OrdersTable', type: 'AWS::DynamoDB::Table', path: 'tables.orders', identifier: { TableName: 'orders' } };

function adopting(resources = system, adopts: Shipment['target']['adopts'] = [adoptsTable]): Shipment {
  return shipmentOf(resources, { adopts });
}

function done(ended: Ended): Extract<Ended, { ends: 'done' }> {
  expect(ended.ends, storyOf(ended, ada)).toBe('done');
  return ended as Extract<Ended, { ends: 'done' }>;
}

const tableNow = () => aws.cloud.world.find(aws.region, 'AWS::DynamoDB::Table', 'orders');
const changeSets = () => aws.calls.of('CreateChangeSet').map(({ params }) => String(params['ChangeSetType']));
const printed = () => ada.reviews.map((review) => printReview(review, { style: plainStyle }));

describe('a live table', () => {
  beforeEach(() => aws.someone.makes('AWS::DynamoDB::Table', 'orders', live));

  test('is taken into a new stack, and then made as the file says', async () => {
    const { shipped } = done(await ada.deploy(adopting()));
    expect(shipped.stack.StackStatus).toBe('UPDATE_COMPLETE');
    expect(changeSets()).toEqual(['IMPORT', 'UPDATE']);
    // It is the very same table, and nothing was made beside it.
    expect(tableNow()).toMatchObject({
      stackId: shipped.stack.StackId,
      properties: { TableName: 'orders', BillingMode: 'PAY_PER_REQUEST' },
    });
    expect(aws.cloud.world.all().filter(({ type }) => type === 'AWS::DynamoDB::Table')).toHaveLength(1);
  });

  test('its review tells what is taken in, what comes then, and what about it will change', async () => {
    await ada.deploy(adopting());
    const [first = '', second = ''] = printed();
    expect(first).toContain('To be imported, unchanged: shop-dev');
    expect(first).toMatch(/← things\.OrdersTable .*table/);
    expect(first).toContain('2 created');
    expect(second).toContain('To be created: shop-dev');
    expect(second).toContain('BillingMode: PROVISIONED → PAY_PER_REQUEST');
  });

  test('is taken into a stack that stands, which is left as it is meanwhile', async () => {
    const { OrdersTable: _, ...before } = system;
    done(await ada.deploy(shipmentOf(before)));
    const replays = aws.stack('shop-dev')?.resource('Replays')?.physicalId;
    aws.calls.clear();
    const { shipped } = done(await ada.deploy(adopting()));
    expect(changeSets()).toEqual(['IMPORT', 'UPDATE']);
    expect(aws.stack('shop-dev')?.resource('Replays')?.physicalId).toBe(replays);
    expect(tableNow()?.stackId).toBe(shipped.stack.StackId);
  });

  test('is adopted once: the word may stay, and it may go', async () => {
    done(await ada.deploy(adopting()));
    aws.calls.clear();
    expect(done(await ada.deploy(adopting())).shipped.unchanged).toBe(true);
    expect(done(await ada.deploy(shipmentOf(system))).shipped.unchanged).toBe(true);
    expect(aws.calls.mutations().filter(({ service }) => service === 'cloudformation')).toEqual([]);
  });

  test('which its stack holds already is not adopted again', async () => {
    done(await ada.deploy(adopting()));
    const changed = { ...system, Replays: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: 5 } } };
    aws.calls.clear();
    done(await ada.deploy(adopting(changed)));
    expect(changeSets()).toEqual(['UPDATE']);
  });

  test('waits until somebody says yes; after a no it is as it was', async () => {
    const eve = deployer(aws, { present: true, answers: ['n'] });
    const ended = await eve.deploy(adopting(), { yes: false });
    expect(ended.ends).toBe('approval');
    expect(tableNow()).toMatchObject({ stackId: undefined, properties: live });
    expect(aws.stack('shop-dev')).toBeUndefined();
  });

  test('stays taken in when the rest is declined, and the next deployment goes on from there', async () => {
    const eve = deployer(aws, { present: true, answers: ['y', 'n'] });
    expect((await eve.deploy(adopting(), { yes: false })).ends).toBe('approval');
    expect(aws.stack('shop-dev')?.status).toBe('IMPORT_COMPLETE');
    expect(tableNow()?.properties).toEqual(live);
    aws.calls.clear();
    done(await ada.deploy(adopting()));
    expect(changeSets()).toEqual(['UPDATE']);
    expect(tableNow()?.properties).toMatchObject({ BillingMode: 'PAY_PER_REQUEST' });
  });

  test('that has another key than the file says is not replaced without its id', async () => {
    aws.someone.makes('AWS::DynamoDB::Table', 'orders', { ...live, KeySchema: [{ AttributeName: 'customer', KeyType: 'HASH' }] });
    const ended = await ada.deploy(adopting());
    expect(ended.ends, storyOf(ended, ada)).toBe('approval');
    expect('stop' in ended && ended.stop.message).toContain('--approve-destroy OrdersTable');
    expect(tableNow()).toBeDefined();
  });

  test('that is protected from deletion is taken in all the same', async () => {
    aws.someone.makes('AWS::DynamoDB::Table', 'orders', { ...live, DeletionProtectionEnabled: true });
    const keeps = { ...system, OrdersTable: { ...table, Properties: { ...table.Properties, DeletionProtectionEnabled: true } } };
    done(await ada.deploy(adopting(keeps)));
    expect(tableNow()?.properties).toMatchObject({ DeletionProtectionEnabled: true });
  });

  test('is no longer the stack’s when the import fails, and still there', async () => {
    aws.resource('OrdersTable').fails('IMPORT', 'Access denied for operation Read.');
    const ended = await ada.deploy(adopting());
    expect(ended.ends, storyOf(ended, ada)).toBe('rolledBack');
    expect(aws.stack('shop-dev')?.status).toBe('IMPORT_ROLLBACK_COMPLETE');
    expect(tableNow()).toMatchObject({ stackId: undefined, properties: live });
  });

  test('of another stack is refused with that stack’s name', async () => {
    aws.someone.deploys({
      stack: 'theirs',
      template: { Resources: { Theirs: { ...table, Properties: { ...table.Properties, TableName: 'theirs' } } } },
    });
    const theirs = { ...system, OrdersTable: { ...table, Properties: { ...table.Properties, TableName: 'theirs' } } };
    const ended = await ada.deploy(adopting(theirs, [{ ...adoptsTable, identifier: { TableName: 'theirs' } }]));
    expect(ended.ends).toBe('refused');
    expect('stop' in ended && ended.stop.message).toContain('stack/theirs');
    expect(aws.stack('shop-dev')).toBeUndefined();
  });
});

test('a name that nothing has is told at its line, and no empty table is made', async () => {
  const ended = await ada.deploy(adopting());
  expect(ended.ends, storyOf(ended, ada)).toBe('rolledBack');
  const told = 'stop' in ended ? ended.stop.details.join('\n') : '';
  expect(told).toMatch(/eventsystem\.yml:3.*things\.OrdersTable/);
  expect(told).toMatch(/was not found/);
  expect(told).toMatch(/→ .*`adopt`/);
  expect(aws.cloud.world.all().filter(({ type }) => type === 'AWS::DynamoDB::Table')).toEqual([]);
  // Mended, it goes on from there.
  aws.someone.makes('AWS::DynamoDB::Table', 'orders', live);
  done(await ada.deploy(adopting()));
});

test('a queue is found by its address, and what it needs of the system comes afterwards', async () => {
  const url = `https://sqs.${aws.region}.amazonaws.com/${aws.account}/replays`;
  aws.someone.makes('AWS::SQS::Queue', url, { QueueName: 'replays' });
  const resources = {
    Dead: { Type: 'AWS::SQS::Queue' },
    Replays: {
      Type: 'AWS::SQS::Queue',
      ...kept,
      Properties: { QueueName: 'replays', RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] }, maxReceiveCount: 5 } },
    },
  };
  const identifier = { QueueUrl: { 'Fn::Sub': 'https://sqs.${AWS::Region}.${AWS::URLSuffix}/${AWS::AccountId}/replays' } };
  done(await ada.deploy(adopting(resources, [{ id: 'Replays', type: 'AWS::SQS::Queue', path: 'queues.replays', identifier }])));
  expect(aws.calls.of('CreateChangeSet')[0]?.params['ResourcesToImport']).toEqual([
    { LogicalResourceId: 'Replays', ResourceType: 'AWS::SQS::Queue', ResourceIdentifier: { QueueUrl: url } },
  ]);
  expect(aws.cloud.world.find(aws.region, 'AWS::SQS::Queue', url)?.properties).toHaveProperty('RedrivePolicy');
});

test('a word taken out without its name in its place is told before the table is lost', async () => {
  aws.someone.makes('AWS::DynamoDB::Table', 'orders', live);
  done(await ada.deploy(adopting()));
  const { TableName: _, ...nameless } = table.Properties;
  const ended = await ada.deploy(shipmentOf({ ...system, OrdersTable: { ...table, Properties: nameless } }));
  expect(ended.ends).toBe('approval');
  expect('stop' in ended && ended.stop.details.join('\n')).toContain('`physicalName: orders` keeps it');
});

test('outputs and tags of a stack that stands are left for the second plan', async () => {
  aws.someone.makes('AWS::DynamoDB::Table', 'orders', live);
  const { OrdersTable: _, ...before } = system;
  done(await ada.deploy(shipmentOf(before, { tags: { old: 'yes' } })));
  const shipment = adopting();
  const template = { ...shipment.target.template, Outputs: { Table: { Value: { Ref: 'OrdersTable' } } } };
  done(await ada.deploy({ ...shipment, target: { ...shipment.target, template } }));
  expect(aws.stack('shop-dev')?.outputs).toMatchObject([{ key: 'Table', value: 'orders' }]);
});

test('a plan takes in, and the rest is planned after it', async () => {
  aws.someone.makes('AWS::DynamoDB::Table', 'orders', live);
  const options = { ...defaults, onReview: () => undefined };
  const looked = await diffSystem(await ada.session(), [adopting()], options);
  expect(looked?.review.changes.map(({ action }) => action)).toEqual(['import']);
  expect(aws.stack('shop-dev')).toBeUndefined();
  const planned = await prepareSystem(await ada.session(), [adopting()], options);
  expect(planned?.file).toMatchObject({ adopting: true });
  if (!planned) return;
  const { stack } = await applySystem(await ada.session(), planned.file, options);
  expect(stack.StackStatus).toBe('IMPORT_COMPLETE');
  const next = await prepareSystem(await ada.session(), [adopting()], options);
  expect(next?.file).not.toHaveProperty('adopting');
  expect(next?.review.changes.map(({ action }) => action).sort()).toEqual(['add', 'add', 'modify']);
});

test('a stack that another tool made takes nothing in', async () => {
  aws.someone.makes('AWS::DynamoDB::Table', 'orders', live);
  aws.someone.deploys({ stack: 'shop-dev', template: 'Resources:\n  Replays:\n    Type: AWS::SQS::Queue\n' });
  const ended = await ada.deploy(adopting());
  expect('stop' in ended && ended.stop.code).toBe('stack-of-another-tool');
});

/** The sample that adopts one of each kind, compiled and deployed as a person does it. */
test('every kind that can be adopted is, by its own identifier', async () => {
  const there = await startAws({ region: 'eu-central-1', account: '123456789012' });
  const folder = mkdtempSync(join(tmpdir(), 'eventsystem-adopt-'));
  try {
    cpSync('test/samples/template/adopt', folder, { recursive: true, filter: (path) => !path.includes('expected') });
    const { code, all } = await typed(there, folder, ['bootstrap', '--yes']);
    expect(code, all).toBe(0);
    const compiled = await typed(there, folder, ['compile']);
    expect(compiled.code, compiled.all).toBe(0);
    const { adopts } = JSON.parse(readFileSync(join(folder, '.eventsystem/dev/manifest.json'), 'utf8')) as {
      readonly adopts: NonNullable<Shipment['target']['adopts']>;
    };
    const template = JSON.parse(readFileSync(join(folder, '.eventsystem/dev/template.json'), 'utf8')) as Template;
    const known = { Region: 'eu-central-1', AccountId: '123456789012', Partition: 'aws', URLSuffix: 'amazonaws.com' };
    const live = adopts.map(({ id, type, identifier }) => {
      const [value] = Object.values(identifier);
      const spelt = typeof value === 'string' ? value : String(Object.values(value ?? {})[0]);
      const found = spelt.replace(/\$\{AWS::(\w+)\}/g, (_, name: keyof typeof known) => known[name]);
      return { type, identifier: found, properties: fixed(template.Resources[id]?.Properties as Tree) };
    });
    for (const { type, identifier, properties } of live) {
      // S3 is a service of its own here.
      if (type === 'AWS::S3::Bucket') there.makeBucket({ name: identifier });
      there.someone.makes(type, identifier, properties);
    }
    const deployed = await typed(there, folder, ['deploy', '--yes']);
    expect(deployed.code, deployed.all).toBe(0);
    const id = there.stack('adopt-dev')?.id;
    const { world } = there.cloud;
    for (const { type, identifier } of live) {
      expect(world.find('eu-central-1', type, identifier)?.stackId, identifier).toBe(id);
      // Nothing was made a second time.
      expect(world.all().filter((one) => one.type === type && one.stackId === id)).toHaveLength(
        live.filter((one) => one.type === type).length,
      );
    }
    // A secret keeps its value.
    expect(there.stack('adopt-dev')?.resource('MailSecret')?.properties).not.toHaveProperty('GenerateSecretString');
    const again = await typed(there, folder, ['deploy', '--yes']);
    expect(again.all).toContain('nothing was changed');
  } finally {
    await there.close();
    rmSync(folder, { recursive: true });
  }
});

/** What of a live thing cannot be otherwise than the file says: its name, its key, its kind. */
function fixed(properties: Tree): Tree {
  return Object.fromEntries(
    Object.entries(properties).filter(([name]) => /Name$|^(AttributeDefinitions|FifoQueue|KeySchema|Username.*)$/.test(name)),
  );
}
