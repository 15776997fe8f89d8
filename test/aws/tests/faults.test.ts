import {
  CreateChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
} from '@aws-sdk/client-cloudformation';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startAws, type FakeAws } from '../aws.ts';
import { Clients, queue, refusal } from './clients.ts';

let aws: FakeAws;
let to: Clients;
beforeEach(async () => {
  aws = await startAws();
  to = new Clients(aws);
});
afterEach(() => aws.close());

const one = (properties = {}) => ({ Resources: { A: queue(properties) } });
const create = (clients = to) =>
  clients.cfn.send(
    new CreateChangeSetCommand({
      StackName: 'shop',
      ChangeSetName: 'x',
      ChangeSetType: 'CREATE',
      TemplateBody: JSON.stringify(one()),
      ClientToken: 't',
    }),
  );
const who = (clients = to) => clients.sts.send(new GetCallerIdentityCommand({}));

describe('the connection', () => {
  test.each([
    ['reset', /ECONNRESET|socket hang up/],
    ['stall', /TimeoutError/],
    ['html', /XML|parse|char|tag/i],
    ['truncated', /XML|parse|Unclosed|tag/i],
    ['short', /ECONNRESET|aborted/],
  ] as const)('%s', async (kind, said) => {
    aws.fault({ action: 'CreateChangeSet', call: 1, when: 'after', kind });
    expect(await refusal(create())).toMatch(said);
    expect(aws.stack('shop')?.changeSets).toHaveLength(1);
    await create();
    expect(aws.stack('shop')?.changeSets).toHaveLength(1);
  });

  test('before anything was done nothing is there', async () => {
    aws.fault({ action: 'CreateChangeSet', call: 1, kind: 'reset' });
    await refusal(create());
    expect(aws.stack('shop')).toBeUndefined();
  });

  test('silence in the middle of an answer', async () => {
    aws.fault({ action: 'GetCallerIdentity', kind: 'stall', bytes: 100, when: 'after' });
    expect(await refusal(who())).toMatch(/Timeout|timed out|socket/i);
  });

  test('an empty answer is an empty object to the SDK', async () => {
    aws.fault({ action: 'CreateChangeSet', kind: 'empty', when: 'after' });
    const { Id, StackId } = await create();
    expect([Id, StackId]).toEqual([undefined, undefined]);
  });

  test('an answer rewritten: an unknown status, a time nobody reads, a missing element', async () => {
    await to.create('shop', one());
    const describeStacks = () => to.cfn.send(new DescribeStacksCommand({ StackName: 'shop' }));
    aws.fault({ action: 'DescribeStacks', call: 1, kind: 'rewrite', from: 'CREATE_COMPLETE', to: 'FROZEN' });
    aws.fault({ action: 'DescribeStacks', call: 2, kind: 'rewrite', from: /<CreationTime>[^<]*/, to: '<CreationTime>not-a-date' });
    aws.fault({ action: 'DescribeStacks', call: 3, kind: 'rewrite', from: /<StackId>[^<]*<\/StackId>/, to: '' });
    expect((await describeStacks()).Stacks?.[0]?.StackStatus).toBe('FROZEN');
    expect(await refusal(describeStacks())).toMatch(/TypeError|Invalid/);
    expect((await describeStacks()).Stacks?.[0]?.StackId).toBeUndefined();
  });

  test('a redirect is not followed', async () => {
    aws.fault({ action: 'GetCallerIdentity', kind: 'redirect', to: 'http://portal.example/' });
    expect(await refusal(who())).not.toBe('nothing');
    expect(aws.calls.all).toHaveLength(1);
  });

  test('errors of servers are tried again by the SDK', async () => {
    const patient = new Clients(aws, { attempts: 4 });
    const fault = aws.fault({ action: 'GetCallerIdentity', times: 3, kind: 'status', status: 503 });
    expect((await who(patient)).Account).toBe(aws.account);
    expect(fault.hits).toBe(3);
  });
});

describe('refusals', () => {
  test.each([
    [{ kind: 'throttle' }, 'Throttling: Rate exceeded'],
    [{ kind: 'throttle', status: 429, retryAfter: 30 }, 'Throttling: Rate exceeded'],
    [{ kind: 'expiredToken' }, 'ExpiredToken: The security token included in the request is expired'],
    [{ kind: 'error', code: 'LimitExceededException', message: 'Limit' }, 'LimitExceededException: Limit'],
    [
      { kind: 'accessDenied' },
      'AccessDenied: User: arn:aws:sts::123456789012:assumed-role/Deployer/session is not authorized to perform: cloudformation:CreateChangeSet on resource: arn:aws:cloudformation:eu-west-1:123456789012:stack/shop/* because no identity-based policy allows the cloudformation:CreateChangeSet action',
    ],
    [{ kind: 'accessDenied', because: 'scp' }, expect.stringMatching(/with an explicit deny in a service control policy$/)],
  ] as const)('%j', async (harm, said) => {
    aws.fault({ action: 'CreateChangeSet', ...harm });
    expect(await refusal(create())).toEqual(said);
  });

  test('of S3', async () => {
    aws.makeBucket({ name: 'artifacts' });
    const put = () => to.s3.send(new PutObjectCommand({ Bucket: 'artifacts', Key: 'a', Body: 'x' }));
    aws.fault({ action: 'PutObject', call: 1, kind: 'throttle' });
    aws.fault({ action: 'PutObject', call: 2, kind: 'error', code: 'ConditionalRequestConflict', message: 'Conflict', status: 409 });
    aws.fault({
      action: 'PutObject',
      call: 3,
      kind: 'reply',
      reply: { status: 200, body: '<Error><Code>InternalError</Code><Message>Oops</Message></Error>' },
    });
    expect(await refusal(put())).toBe('SlowDown: Please reduce your request rate.');
    expect(await refusal(put())).toBe('ConditionalRequestConflict: Conflict');
    expect(await refusal(put())).toBe('InternalError: Oops');
  });

  test('credentials that expire and are renewed', async () => {
    aws.identities.expire('AKIATEST');
    expect(await refusal(who())).toMatch(/^ExpiredToken/);
    expect((await who(new Clients(aws, { accessKeyId: 'AKIAFRESH' }))).Account).toBe(aws.account);
  });

  test('an account of somebody else', async () => {
    aws.identities.set('AKIAOTHER', { account: '210987654321', arn: 'arn:aws:iam::210987654321:user/other' });
    expect(await who(new Clients(aws, { accessKeyId: 'AKIAOTHER' }))).toMatchObject({ Account: '210987654321' });
  });

  test('a wrong clock is corrected from the Date of the answer, unless there is none', async () => {
    aws.skew = 3_600_000;
    expect((await who(new Clients(aws, { attempts: 3 }))).Account).toBe(aws.account);
    expect(aws.calls.count('GetCallerIdentity')).toBe(2);
    aws.dated = false;
    expect(await refusal(who(new Clients(aws, { attempts: 3 })))).toMatch(
      /^SignatureDoesNotMatch: Signature expired: .* is now earlier than/,
    );
  });
});

describe('time and others', () => {
  test('a stale answer or two', async () => {
    await to.create('shop', one());
    const stack = aws.stack('shop');
    if (!stack) throw new Error('no stack');
    await to.execute(await to.changeSet('shop', one({ DelaySeconds: 2 })));
    aws.clock.settle();
    expect(stack.status).toBe('UPDATE_COMPLETE');
    aws.scenes.lags(stack, 2);
    await to.execute(await to.changeSet('shop', one({ DelaySeconds: 3 })));
    const seen: (string | undefined)[] = [];
    for (let look = 0; look < 3; look += 1) seen.push((await to.stack('shop')).StackStatus);
    expect(seen).toEqual(['UPDATE_COMPLETE', 'UPDATE_COMPLETE', expect.stringMatching(/_IN_PROGRESS$/)]);
  });

  test('events late, twice, out of order, and a token that leads nowhere', async () => {
    await to.create('shop', one());
    const ids = async () => (await to.events('shop')).map(({ EventId }) => EventId);
    const plain = await ids();
    aws.scenes.eventsTwice();
    expect(await ids()).toHaveLength(plain.length * 2);
    expect(new Set(await ids())).toEqual(new Set(plain));
    aws.fault({
      action: 'DescribeStackEvents',
      kind: 'rewrite',
      from: '</DescribeStackEventsResult>',
      to: '<NextToken>again</NextToken></DescribeStackEventsResult>',
    });
    const page = await to.cfn.send(new DescribeStackEventsCommand({ StackName: 'shop' }));
    expect(page.NextToken).toBe('again');
  });

  test('events by pages stay in place while new ones come', async () => {
    aws.service.options.eventsPerPage = 3;
    await to.create('shop', { Resources: { A: queue(), B: queue() } });
    const first = await to.cfn.send(new DescribeStackEventsCommand({ StackName: 'shop' }));
    aws.someone.starts({ stack: 'shop', template: one() });
    const second = await to.cfn.send(new DescribeStackEventsCommand({ StackName: 'shop', NextToken: first.NextToken }));
    const ids = [...(first.StackEvents ?? []), ...(second.StackEvents ?? [])].map(({ EventId }) => EventId);
    expect(new Set(ids).size).toBe(6);
  });

  test('somebody acts at the very moment of a call', async () => {
    await to.create('shop', one());
    const mine = await to.changeSet('shop', one({ DelaySeconds: 2 }));
    aws.fault({
      action: 'ExecuteChangeSet',
      call: 1,
      kind: 'meanwhile',
      act: () => void aws.someone.deploys({ stack: 'shop', template: one({ DelaySeconds: 9 }) }),
    });
    expect(await refusal(to.execute(mine))).toMatch(/\[OBSOLETE\]$/);
    expect(aws.stack('shop')?.resource('A')?.properties).toEqual({ DelaySeconds: 9 });
  });

  test('somebody deletes the stack while it is updated', async () => {
    const { StackId = '' } = await to.create('shop', one());
    await to.execute(await to.changeSet('shop', one({ DelaySeconds: 2 })));
    aws.someone.deletesStack('shop');
    expect((await to.stack(StackId)).StackStatus).toBe('DELETE_IN_PROGRESS');
    expect((await to.settled(StackId)).StackStatus).toBe('DELETE_COMPLETE');
  });

  test('an hour passes in no time, and nothing happens while the clock stands', async () => {
    aws.clock.pace = 'stopped';
    const set = aws.someone.makesChangeSet({
      stack: 'shop',
      template: { Resources: { Db: { Type: 'AWS::RDS::DBInstance', Properties: {} } } },
    });
    await to.cfn.send(new ExecuteChangeSetCommand({ ChangeSetName: set.id }));
    aws.clock.advance(60_000);
    expect((await to.stack('shop')).StackStatus).toBe('CREATE_IN_PROGRESS');
    aws.clock.advance(3_600_000);
    expect((await to.stack('shop')).StackStatus).toBe('CREATE_COMPLETE');
  });

  test('everything that was asked is on record', async () => {
    await to.create('shop', one());
    expect(aws.calls.story()).toMatch(/^CreateChangeSet DescribeChangeSet×\d+ ExecuteChangeSet DescribeStacks×\d+$/);
    expect(aws.calls.mutations().map(({ action, accessKeyId }) => `${action} ${accessKeyId}`)).toEqual([
      'CreateChangeSet AKIATEST',
      'ExecuteChangeSet AKIATEST',
    ]);
  });
});
