import {
  CreateChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
} from '@aws-sdk/client-cloudformation';
import { DeleteObjectsCommand, HeadBucketCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startAws, type FakeAws } from '../aws.ts';
import { Refusal } from '../wire.ts';
import { Clients, queue, refusal } from './clients.ts';

const ROWS = { A: 22, B: 17, C: 20, D: 20, E: 25, F: 22, G: 12 };

test('the README says of every row of the catalogue how it is injected', () => {
  const first = readFileSync('test/aws/README.md', 'utf8')
    .split('\n')
    .map((line) => /^\| ([A-G]\d[^|]*) \|/.exec(line)?.[1] ?? '')
    .flatMap((cell) => cell.split(', '))
    .flatMap((cell) => {
      const [from = '', to = from] = cell.split('–');
      const numbers = [from, to].map((id) => Number(id.slice(1)));
      return Array.from(
        { length: (numbers[1] ?? 0) - (numbers[0] ?? 0) + 1 },
        (_, index) => `${from[0] ?? ''}${(numbers[0] ?? 0) + index}`,
      );
    });
  const rows = Object.entries(ROWS).flatMap(([letter, count]) => Array.from({ length: count }, (_, index) => `${letter}${index + 1}`));
  expect(rows.filter((row) => !first.includes(row))).toEqual([]);
});

let aws: FakeAws;
let to: Clients;
beforeEach(async () => {
  aws = await startAws();
  to = new Clients(aws);
});
afterEach(() => aws.close());

const one = (properties = {}) => ({ Resources: { A: queue(properties) } });
const create = (more = {}) =>
  to.cfn.send(
    new CreateChangeSetCommand({
      StackName: 'shop',
      ChangeSetName: 'mine',
      ChangeSetType: 'CREATE',
      TemplateBody: JSON.stringify(one()),
      ClientToken: 't',
      ...more,
    }),
  );

describe('recipes of the README that no other test uses', () => {
  test('A13: a wrong wrapper', async () => {
    aws.fault({ action: 'CreateChangeSet', kind: 'rewrite', from: /CreateChangeSetResult/, to: 'OtherResult' });
    expect((await create()).Id).toBeUndefined();
  });

  test('A20: the network is gone for 20 minutes of an update', async () => {
    await to.create('shop', one());
    await to.execute(await to.changeSet('shop', one({ DelaySeconds: 1 })));
    await aws.down();
    expect(await refusal(to.stack('shop'))).toMatch(/ECONNREFUSED|ECONNRESET|socket hang up/);
    aws.clock.advance(20 * 60_000);
    await aws.up();
    expect((await to.stack('shop')).StackStatus).toBe('UPDATE_COMPLETE');
  });

  test('B5: no more stacks', async () => {
    aws.service.options.stackLimit = 0;
    expect(await refusal(create())).toBe('LimitExceededException: Limit for stack has been exceeded');
  });

  test('C2: another way to say the region', async () => {
    aws.makeBucket({ name: 'artifacts' });
    const headers = { 'x-amz-bucket-region': 'us-west-2' };
    aws.fault({ action: 'ListObjectsV2', kind: 'error', code: 'AuthorizationHeaderMalformed', message: 'The region is wrong', headers });
    expect(await refusal(to.s3.send(new ListObjectsV2Command({ Bucket: 'artifacts' })))).toBe(
      'AuthorizationHeaderMalformed: The region is wrong',
    );
    aws.fault({ action: 'HeadBucket', kind: 'error', code: 'AuthorizationHeaderMalformed', message: 'The region is wrong', headers });
    expect(await refusal(to.s3.send(new HeadBucketCommand({ Bucket: 'artifacts' })))).not.toBe('nothing');
  });

  test('C15: CloudFormation may not read the template', async () => {
    aws.makeBucket({ name: 'artifacts' }).put('t.json', Buffer.from(JSON.stringify(one())), new Date());
    aws.guard((call) => (call.accessKeyId === 'cloudformation' ? new Refusal('AccessDenied', 'Access Denied', 403) : undefined));
    const TemplateURL = 'https://s3.eu-west-1.amazonaws.com/artifacts/t.json';
    expect(await refusal(create({ TemplateBody: undefined, TemplateURL }))).toMatch(/^ValidationError: S3 error: Access Denied/);
    expect(await refusal(create({ TemplateBody: undefined, TemplateURL: `${aws.url}/artifacts/t.json` }))).toBe(
      'ValidationError: TemplateURL must be a supported URL.',
    );
  });

  test('D10: a change set that is not seen yet, and one that vanishes', async () => {
    const { Id } = await create();
    aws.fault({
      action: 'DescribeChangeSet',
      call: [1, 2],
      kind: 'error',
      code: 'ChangeSetNotFound',
      status: 404,
      message: `ChangeSet [${Id}] does not exist`,
    });
    const look = () => to.cfn.send(new DescribeChangeSetCommand({ ChangeSetName: Id }));
    expect(await refusal(look())).toMatch(/^ChangeSetNotFoundException/);
    expect(await refusal(look())).toMatch(/^ChangeSetNotFoundException/);
    expect((await look()).Status).toMatch(/^CREATE_/);
    aws.clock.settle();
    aws.fault({ action: 'DescribeChangeSet', kind: 'meanwhile', act: () => aws.someone.deletesChangeSet('shop', 'mine') });
    expect(await refusal(look())).toMatch(/^ChangeSetNotFoundException/);
  });

  test('D11: somebody took the name', async () => {
    aws.fault({
      action: 'CreateChangeSet',
      call: 1,
      kind: 'meanwhile',
      act: () => void aws.someone.makesChangeSet({ stack: 'shop', name: 'mine', template: one({ DelaySeconds: 5 }), token: 't' }),
    });
    expect(await refusal(create())).toBe(
      'AlreadyExistsException: ChangeSet mine cannot be created due to a mismatch with existing attribute Template',
    );
  });

  test('D12: the stack comes and goes at the wrong moment', async () => {
    aws.fault({
      action: 'CreateChangeSet',
      call: 1,
      kind: 'meanwhile',
      act: () => void aws.someone.deploys({ stack: 'shop', template: one() }),
    });
    expect(await refusal(create())).toMatch(/already exists and cannot be created again/);
    aws.fault({
      action: 'CreateChangeSet',
      call: 1,
      kind: 'meanwhile',
      act: () => {
        aws.someone.deletesStack('shop');
        aws.clock.settle();
      },
    });
    expect(await refusal(create({ ChangeSetType: 'UPDATE' }))).toBe('ValidationError: Stack [shop] does not exist');
  });

  test('D16: an action nobody knows', async () => {
    aws.scenes.changesShown((changes) => changes.map((change) => ({ ...change, action: 'Dynamic' })));
    expect((await to.changeSet('shop', one(), { ChangeSetType: 'CREATE' })).Changes?.[0]?.ResourceChange?.Action).toBe('Dynamic');
  });

  test('E8: thirty are cancelled, and one has failed', async () => {
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`A${index}`, queue()]));
    aws.resource('Culprit').fails('CREATE', 'the cause', { at: 'start' });
    await to.create('shop', { Resources: { ...many, Culprit: queue() } });
    const failed = (await to.story('shop')).filter((line) => line.includes('CREATE_FAILED'));
    expect(failed.filter((line) => line.endsWith('Resource creation cancelled'))).toHaveLength(30);
    expect(failed[0]).toBe('Culprit CREATE_FAILED: the cause');
  });

  test('E17 at its moment', async () => {
    const { StackId = '' } = await to.create('shop', one());
    await to.execute(await to.changeSet('shop', one({ DelaySeconds: 1 })));
    aws.fault({ action: 'DescribeStackEvents', call: 1, kind: 'meanwhile', act: () => aws.someone.deletesStack('shop') });
    const { StackEvents } = await to.cfn.send(new DescribeStackEventsCommand({ StackName: StackId }));
    expect(StackEvents?.some(({ ResourceStatus }) => ResourceStatus === 'DELETE_IN_PROGRESS')).toBe(true);
  });

  test('F20: the same name, another stack', async () => {
    const first = aws.someone.deploys({ stack: 'shop', template: one() });
    aws.someone.deletesStack('shop');
    aws.clock.settle();
    const second = aws.someone.deploys({ stack: 'shop', template: one() });
    expect(second.id).not.toBe(first.id);
    expect((await to.stack(first.id)).StackStatus).toBe('DELETE_COMPLETE');
    expect((await to.stack('shop')).StackId).toBe(second.id);
  });

  test('G3: filled again while it is emptied', async () => {
    const bucket = aws.makeBucket({ name: 'data' });
    bucket.put('a', Buffer.from('x'), new Date());
    aws.fault({ action: 'DeleteObjects', kind: 'meanwhile', when: 'after', act: () => void bucket.put('b', Buffer.from('x'), new Date()) });
    await to.s3.send(new DeleteObjectsCommand({ Bucket: 'data', Delete: { Objects: [{ Key: 'a' }] } }));
    expect(bucket.keys()).toEqual(['b']);
  });

  test('G8: refused once', async () => {
    const { StackId = '' } = await to.create('shop', one());
    aws.resource('A').fails('DELETE', 'resource sg-1 has a dependent object', { code: 'DependencyViolation', times: 1 });
    await to.cfn.send(new DeleteStackCommand({ StackName: StackId }));
    expect((await to.settled(StackId)).StackStatus).toBe('DELETE_FAILED');
    await to.cfn.send(new DeleteStackCommand({ StackName: StackId }));
    expect((await to.settled(StackId)).StackStatus).toBe('DELETE_COMPLETE');
  });

  test('G12: what was never executed goes at once', async () => {
    const { id } = aws.someone.makesChangeSet({ stack: 'shop', template: one() }).stack;
    await to.cfn.send(new DeleteStackCommand({ StackName: 'shop' }));
    expect((await to.stack(id)).StackStatus).toBe('DELETE_COMPLETE');
  });

  test('B14: who is refused is named', async () => {
    aws.identities.set('AKIATEST', { arn: 'arn:aws:iam::123456789012:user/ada' });
    aws.fault({ action: 'GetCallerIdentity', kind: 'accessDenied', because: 'boundary' });
    expect(await refusal(to.sts.send(new GetCallerIdentityCommand({})))).toBe(
      'AccessDenied: User: arn:aws:iam::123456789012:user/ada is not authorized to perform: sts:GetCallerIdentity on resource: * because no permissions boundary allows the sts:GetCallerIdentity action',
    );
  });
});
