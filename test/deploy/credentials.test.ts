import { afterEach, describe, expect, test } from 'vitest';
import { printStop } from '../../src/cli/deployment/session.ts';
import { Stop, type Ending } from '../../src/deploy/fault.ts';
import { recover } from '../../src/deploy/recover.ts';
import { remove } from '../../src/deploy/remove.ts';
import type { Run } from '../../src/deploy/run.ts';
import { told } from '../../src/deploy/session.ts';
import type { Shipment } from '../../src/deploy/shipment.ts';
import { bench, closeAll, expectEnd, expectOneExecution, expectUntouched, first, second, type Bench } from './bench.ts';
import { storyOf, type Ended } from './deployer.ts';

afterEach(closeAll);

const REMOVE = { yes: true, empty: [], retain: [], onInventory: () => undefined };
const RECOVER = { skip: [], cancel: false, yes: true };
const CANCEL = { ...RECOVER, cancel: true };
const PROD = { stage: { name: 'prod', protected: true, account: '123456789012' }, allowEndpoint: true };
const guarded = { ...second, target: { ...second.target, protected: true } };

const exporting = {
  ...second,
  target: {
    ...second.target,
    template: { ...second.target.template, Outputs: { Orders: { Value: { Ref: 'Orders' }, Export: { Name: 'orders' } } } },
  },
};

/** How a command that is no deployment ended. */
async function ended(b: Bench, work: (run: Run) => Promise<unknown>): Promise<Ended> {
  try {
    await told(async () => work(await b.ada.session()));
    return {
      ends: 'done',
      shipped: { unchanged: false, stack: { StackId: '', StackStatus: 'CREATE_COMPLETE', StackName: '', CreationTime: undefined } },
    };
  } catch (error) {
    if (error instanceof Stop) return { ends: error.ends, stop: error };
    throw error;
  }
}

/** What somebody else deploys. */
const theirs = ({ target }: Shipment) => ({
  stack: 'shop-dev',
  parameters: { ArtifactBucket: 'artifacts' },
  template: target.template,
  tags: target.tags,
});

/** Somebody has an update under way. */
function starts(b: Bench): void {
  b.aws.someone.starts(theirs(second));
}

/** A failure that was left standing. */
async function left(b: Bench): Promise<void> {
  b.aws.resource('More').fails('CREATE', 'no');
  expectEnd(await b.deploy({ rollback: false }, second), 'recovery', b, 'left-standing');
}

/** A failure that could not be taken back. */
async function stuck(b: Bench): Promise<void> {
  b.aws.resource('More').fails('CREATE', 'no').takes(9000);
  b.aws.resource('Orders').fails('ROLLBACK', 'cannot go back').takes(1000);
  expectEnd(await b.deploy({}, second), 'recovery', b, 'rollback-failed');
}

/** A plan that a hook refuses. */
function hooked(b: Bench): Promise<Ended> {
  b.aws.scenes.changeSetHook({
    type: 'Our::Security::Hook',
    fails: true,
    reason: 'Queues must be encrypted.',
    remediation: 'Set KmsMasterKeyId.',
  });
  return b.deploy({}, second);
}

/** Section B of deploy.md: throttling, credentials, permissions. */
describe('throttling', () => {
  test('B1 bursts', async () => {
    const b = await bench();
    await b.ready();
    const reads =
      'GetCallerIdentity DescribeStacks GetTemplate DescribeChangeSet DescribeEvents DescribeStackEvents ListChangeSets GetBucketLocation HeadObject'.split(
        ' ',
      );
    const faults = reads.map((action) => b.aws.fault({ action, kind: 'throttle', times: 5 }));
    expectEnd(await b.deploy({}, second), 'done', b);
    expect(faults.map(({ hits }) => hits)).toEqual(reads.map(() => 5));
    expectOneExecution(b);
    expect(b.aws.stack('shop-dev')?.status).toBe('UPDATE_COMPLETE');
  });

  test('B2 a wait that AWS asks for is kept', async () => {
    const b = await bench();
    b.aws.fault({ action: 'DescribeStackEvents', kind: 'throttle', status: 429, retryAfter: 30, call: 1 });
    const began = b.aws.clock.now;
    expectEnd(await b.deploy(), 'done', b);
    expect(b.aws.clock.now - began).toBeGreaterThanOrEqual(30_000);
  });

  test('B3 CreateChangeSet is throttled for good', async () => {
    const b = await bench();
    b.aws.fault({ action: 'CreateChangeSet', kind: 'throttle' });
    const began = b.aws.clock.now;
    expectEnd(await b.deploy(), 'transport', b, 'unanswered');
    // Three minutes, and what comes before.
    expect(b.aws.clock.now - began).toBeLessThan(190_000);
    expectUntouched(b);
    expect(b.aws.stack('shop-dev')).toBeUndefined();
  });

  test('B4 a thousand change sets: ours make room', async () => {
    const b = await bench({ limits: { changeSetLimit: 2 } });
    await b.ready();
    const run = await b.ada.session();
    await run.changes.propose({
      StackName: 'shop-dev',
      ChangeSetName: 'eventsystem-old-1',
      TemplateBody: JSON.stringify(second.target.template),
      ChangeSetType: 'UPDATE',
      Parameters: [{ ParameterKey: 'ArtifactBucket', ParameterValue: 'artifacts' }],
      Description: JSON.stringify({ author: 'ada@1' }),
    });
    b.aws.calls.clear();
    expectEnd(await b.deploy({}, second), 'done', b);
    expect(b.aws.calls.count('CreateChangeSet')).toBe(2);
    expect(b.aws.stack('shop-dev')?.changeSets.map(({ name }) => name)).not.toContain('eventsystem-old-1');
  });

  test('B4 a thousand change sets: a colleague’s plan that waits is left, a forgotten one is not', async () => {
    const b = await bench({ limits: { changeSetLimit: 2 } });
    b.aws.someone.deploys(theirs(first));
    b.aws.someone.makesChangeSet({ ...theirs(second), name: 'eventsystem-theirs', description: JSON.stringify({ author: 'bob@2' }) });
    const ended = await b.deploy({}, second);
    expectEnd(ended, 'refused', b, 'too-many-change-sets', { leaves: true });
    expect('stop' in ended && ended.stop.message).toMatch(/shop-dev has \d+ change sets?, the most/);
    expect(b.aws.calls.count('DeleteChangeSet')).toBe(0);
    b.aws.clock.advance(3_700_000);
    expectEnd(await b.deploy({}, second), 'done', b);
  });

  test('B4 a thousand change sets of others', async () => {
    const b = await bench();
    b.aws.someone.deploys(theirs(first));
    b.aws.someone.makesChangeSet({ ...theirs(second), name: 'theirs' });
    b.aws.fault({
      action: 'CreateChangeSet',
      kind: 'error',
      code: 'LimitExceededException',
      message: 'ChangeSet limit exceeded for stack shop-dev',
    });
    const ended = await b.deploy({}, second);
    expectEnd(ended, 'refused', b, 'too-many-change-sets');
    expect('stop' in ended && ended.stop.message).toMatch(/shop-dev has \d+ change sets?, the most/);
    expect(b.aws.calls.count('DeleteChangeSet')).toBe(0);
    expect(b.aws.calls.count('CreateChangeSet')).toBe(1);
    expectUntouched(b);
  });

  test('B5 the quota of stacks', async () => {
    const b = await bench({ limits: { stackLimit: 0 } });
    const ended = await b.deploy();
    expectEnd(ended, 'refused', b, 'quota');
    expect('stop' in ended && ended.stop.next).toContain('Service Quotas');
  });
});

describe('credentials', () => {
  test('B6 there are none', async () => {
    const b = await bench();
    const credentials = () =>
      Promise.reject(Object.assign(new Error('Could not load credentials from any providers'), { name: 'CredentialsProviderError' }));
    const ended = await b.deploy({}, first, { credentials });
    expectEnd(ended, 'credentials', b, 'no-credentials');
    expect('stop' in ended && ended.stop.next).toContain('aws sso login');
    expect(b.aws.calls.all).toEqual([]);
  });

  test.each(['InvalidClientTokenId', 'SignatureDoesNotMatch'])('B7 %s', async (code) => {
    const b = await bench();
    b.aws.fault({
      action: 'GetCallerIdentity',
      kind: 'error',
      code,
      message: 'The security token included in the request is invalid.',
      status: 403,
    });
    expectEnd(await b.deploy(), 'credentials', b, 'credentials-refused');
    expect(b.aws.calls.all.map(({ action }) => action)).toEqual(['GetCallerIdentity']);
  });

  test('B8 the clock is an hour off', async () => {
    const b = await bench();
    b.aws.skew = 3_600_000;
    expectEnd(await b.deploy(), 'done', b);
    expect(b.ada.said.join('\n')).toContain('clock is off');
  });

  test('B9 the clock is off, and nobody says by how much', async () => {
    const b = await bench();
    b.aws.skew = 3_600_000;
    b.aws.dated = false;
    expectEnd(await b.deploy(), 'credentials', b, 'clock-skew');
  });

  test('B10 the token ends before the plan is executed, and there is a new one', async () => {
    const b = await bench();
    b.aws.fault({ action: 'DescribeChangeSet', kind: 'expiredToken', call: 2 });
    expectEnd(await b.deploy(), 'done', b);
  });

  test('B10 the token ends before the plan is executed, and there is no new one', async () => {
    const b = await bench();
    b.aws.fault({ action: '*', kind: 'expiredToken', where: () => b.aws.calls.count('DescribeChangeSet') > 0 });
    const ended = await b.deploy();
    expectEnd(ended, 'credentials', b, 'expired-credentials', { leaves: true });
    expect(b.ada.said.join('\n')).toContain('Left over: the change set arn:');
    expect(b.aws.calls.count('ExecuteChangeSet')).toBe(0);
  });

  test('B11 the token ends while it is executed', async () => {
    const b = await bench();
    b.aws.fault({
      action: '*',
      kind: 'expiredToken',
      where: () => b.aws.calls.count('ExecuteChangeSet') > 0 && b.aws.calls.count('DescribeStackEvents') > 1,
    });
    const ended = await b.deploy();
    expectEnd(ended, 'detached', b, 'out-of-sight');
    expect('stop' in ended && ended.stop.next).toContain('eventsystem attach');
  });

  test('B12 another account', async () => {
    const b = await bench();
    expectEnd(
      await b.deploy({}, first, { stage: { name: 'dev', protected: false, account: '999999999999' } }),
      'credentials',
      b,
      'account-differs',
    );
    expect(b.aws.calls.all.map(({ action }) => action)).toEqual(['GetCallerIdentity']);
  });

  test('B12 a protected stage that names no account', async () => {
    const b = await bench();
    expectEnd(
      await b.deploy({}, first, { stage: { name: 'prod', protected: true }, allowEndpoint: true }),
      'credentials',
      b,
      'account-not-pinned',
    );
    expect(b.aws.calls.all.map(({ action }) => action)).toEqual(['GetCallerIdentity']);
  });

  test('B13 after a renewal the account is still the same, or it ends', async () => {
    const b = await bench();
    b.aws.identities.set('AKIA2', { account: '999999999999', arn: 'arn:aws:iam::999999999999:user/eve' });
    let key = 'AKIA1';
    b.aws.fault({ action: 'CreateChangeSet', kind: 'meanwhile', call: 1, act: () => void (key = 'AKIA2') });
    b.aws.fault({ action: 'CreateChangeSet', kind: 'expiredToken', call: 1 });
    const credentials = async () => ({ accessKeyId: key, secretAccessKey: 'secret-value' });
    expectEnd(await b.deploy({}, first, { credentials }), 'credentials', b, 'account-differs');
    expect(b.aws.calls.count('ExecuteChangeSet')).toBe(0);
  });

  // What a deployment cannot do without: the end, and the permission whose lack it names.
  const required: readonly (readonly [string, Ending, string, string])[] = [
    ['GetCallerIdentity', 'credentials', 'access-denied', 'sts:GetCallerIdentity'],
    ['DescribeStacks', 'credentials', 'access-denied', 'cloudformation:DescribeStacks'],
    ['GetBucketLocation', 'credentials', 'bucket-of-others', 's3:GetBucketLocation'],
    ['PutObject', 'refused', 'upload-refused', 's3:PutObject'],
    ['CreateChangeSet', 'credentials', 'access-denied', 'cloudformation:CreateChangeSet'],
    ['DescribeChangeSet', 'credentials', 'access-denied', 'cloudformation:DescribeChangeSet'],
    ['ExecuteChangeSet', 'credentials', 'access-denied', 'cloudformation:ExecuteChangeSet'],
  ];
  test.each(required)('B14 %s is not allowed', async (action, ends, code, iam) => {
    const b = await bench();
    b.aws.fault({ action, kind: 'accessDenied' });
    const ended = await b.deploy();
    expectEnd(ended, ends, b, code);
    expect('stop' in ended && ended.stop.failure?.action).toBe(iam);
    expect('stop' in ended && printStop(ended.stop)).toContain(`call: ${iam}, request `);
    expect(b.aws.stack('shop-dev')).toBeUndefined();
  });

  test('B14 without the right to take a plan back, what is left is told', async () => {
    const b = await bench();
    b.aws.fault({ action: 'DeleteChangeSet', kind: 'accessDenied' });
    expectEnd(await b.deploy({ yes: false }), 'approval', b, 'approval-needed', { leaves: true });
    expect(b.ada.said.join('\n')).toMatch(/Left over: the change set arn:\S+ could not be deleted \(.*cloudformation:DeleteChangeSet/);
  });

  // What an update, a removal or a recovery cannot do without besides.
  const more: readonly (readonly [string, (b: Bench) => Promise<Ended>])[] = [
    ['GetTemplate', (b) => b.deploy({}, second)],
    ['UpdateTerminationProtection', (b) => b.deploy({}, { ...second, target: { ...second.target, protected: true } })],
    ['ListStackResources', (b) => ended(b, (run) => remove(run, first, REMOVE))],
    ['DeleteStack', (b) => ended(b, (run) => remove(run, first, REMOVE))],
    [
      'CancelUpdateStack',
      (b) => (b.aws.resource('Orders').takes(600_000), starts(b), ended(b, (run) => recover(run, first.target, CANCEL))),
    ],
    ['RollbackStack', async (b) => (await left(b), ended(b, (run) => recover(run, first.target, RECOVER)))],
    ['ContinueUpdateRollback', async (b) => (await stuck(b), ended(b, (run) => recover(run, first.target, RECOVER)))],
  ];
  test.each(more)('B14 %s is not allowed, and cannot be done without', async (action, work) => {
    const b = await bench();
    await b.ready();
    const fault = b.aws.fault({ action, kind: 'accessDenied' });
    const end = await work(b);
    expectEnd(end, 'credentials', b, 'access-denied');
    expect(fault.hits).toBe(1);
    expect('stop' in end && end.stop.failure?.action).toBe(`cloudformation:${action}`);
    expect('stop' in end && end.stop.message).toMatch(new RegExp(`cloudformation:${action} was denied: .*on resource: arn:`));
  });

  // What it can do without, and what is told of it.
  const optional: readonly (readonly [string, (b: Bench) => Promise<Ended>, Ending, RegExp | undefined])[] = [
    ['DescribeEvents', (b) => b.deploy({}, second), 'done', undefined],
    ['ListHookResults', hooked, 'refused', /The following hook\(s\) failed|hook/i],
    ['GetHookResult', hooked, 'refused', /The hook Our::Security::Hook rejected/],
    ['HeadObject', (b) => b.deploy({}, second), 'done', undefined],
    ['GetBucketEncryption', (b) => b.deploy({}, second), 'done', undefined],
    ['GetBucketVersioning', (b) => b.deploy({}, second), 'done', undefined],
    ['GetPublicAccessBlock', (b) => b.deploy({}, second), 'done', undefined],
    ['ListChangeSets', (b) => b.deploy({}, second), 'done', undefined],
    ['GetStackPolicy', (b) => b.deploy({}, guarded, PROD), 'done', undefined],
    ['SetStackPolicy', (b) => b.deploy({}, guarded, PROD), 'done', /Warning: the stack policy of shop-dev could not be set/],
    ['DescribeStackEvents', (b) => b.deploy({}, second), 'done', /cloudformation:DescribeStackEvents is denied: only the result is shown/],
    ['ListImports', async (b) => (await b.deploy({}, exporting), ended(b, (run) => remove(run, exporting, REMOVE))), 'done', undefined],
  ];
  test.each(optional)('B14 without %s it goes on', async (action, work, ends, says) => {
    const b = await bench();
    await b.ready();
    const fault = b.aws.fault({ action, kind: 'accessDenied' });
    const end = await work(b);
    expect(end.ends, storyOf(end, b.ada)).toBe(ends);
    expect(fault.hits).toBeGreaterThan(0);
    if (says) expect(storyOf(end, b.ada)).toMatch(says);
  });

  test('B15 a region that was not enabled', async () => {
    const b = await bench();
    b.aws.fault({
      action: 'GetCallerIdentity',
      kind: 'error',
      code: 'InvalidClientTokenId',
      message: 'The security token included in the request is invalid',
      status: 403,
    });
    const ended = await b.deploy({}, first, { region: 'ap-east-1' });
    expectEnd(ended, 'credentials', b, 'credentials-refused');
    expect('stop' in ended && ended.stop.message).toContain('ap-east-1');
    expect('stop' in ended && ended.stop.next).toContain('enabled');
  });

  test('B16 the organization forbids it', async () => {
    const b = await bench();
    b.aws.fault({ action: 'CreateChangeSet', kind: 'accessDenied', because: 'scp' });
    const ended = await b.deploy();
    expectEnd(ended, 'credentials', b, 'access-denied');
    expect('stop' in ended && `${ended.stop.message} ${ended.stop.next}`).toMatch(/explicit deny.*SCP/is);
  });

  test('B17 another server than AWS', async () => {
    const b = await bench();
    expectEnd(await b.deploy(), 'done', b);
    expect(b.ada.said[0]).toContain(b.aws.url);
    const account = b.aws.account;
    expectEnd(await b.deploy({}, second, { stage: { name: 'prod', protected: true, account } }), 'credentials', b, 'endpoint-on-protected');
    expectEnd(
      await b.deploy({}, second, {
        endpoint: undefined,
        ambientEndpoints: ['http://evil.invalid'],
        stage: { name: 'prod', protected: true, account },
      }),
      'credentials',
      b,
      'endpoint-on-protected',
    );
  });
});
