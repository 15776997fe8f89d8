import { afterEach, describe, expect, test } from 'vitest';
import { printStop } from '../../src/cli/deployment/session.ts';
import type { Ending } from '../../src/deploy/fault.ts';
import { remove } from '../../src/deploy/remove.ts';
import { told } from '../../src/deploy/session.ts';
import { bench, closeAll, expectEnd, expectOneExecution, expectUntouched, first, second } from './bench.ts';

afterEach(closeAll);

/** Section B of deploy.md: throttling, credentials, permissions. */
describe('throttling', () => {
  test('B1 bursts', async () => {
    const b = await bench();
    await b.ready();
    b.aws.fault({
      action: ['DescribeStacks', 'DescribeChangeSet', 'DescribeStackEvents', 'GetCallerIdentity'],
      kind: 'throttle',
      times: 5,
    });
    expectEnd(await b.deploy({}, second), 'done', b);
    expectOneExecution(b);
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
    expect(b.aws.clock.now - began).toBeLessThan(240_000);
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
    });
    b.aws.calls.clear();
    expectEnd(await b.deploy({}, second), 'done', b);
    expect(b.aws.calls.count('CreateChangeSet')).toBe(2);
  });

  test('B4 a thousand change sets of others', async () => {
    const b = await bench();
    await b.ready();
    const run = await b.ada.session();
    await run.changes.propose({
      StackName: 'shop-dev',
      ChangeSetName: 'theirs',
      TemplateBody: JSON.stringify(second.target.template),
      ChangeSetType: 'UPDATE',
      Parameters: [{ ParameterKey: 'ArtifactBucket', ParameterValue: 'artifacts' }],
    });
    b.aws.fault({
      action: 'CreateChangeSet',
      kind: 'error',
      code: 'LimitExceededException',
      message: 'ChangeSet limit exceeded for stack shop-dev',
    });
    expectEnd(await b.deploy({}, second), 'refused', b, 'too-many-change-sets');
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
  });

  test('B8 the clock is an hour off', async () => {
    const b = await bench();
    b.aws.skew = 3_600_000;
    expectEnd(await b.deploy(), 'done', b);
    expect(b.ada.said.join('\n')).toContain('clock is wrong');
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

  test('B14 a stack that may not be protected or removed', async () => {
    const b = await bench();
    await b.ready();
    b.aws.fault({ action: 'DeleteStack', kind: 'accessDenied' });
    const run = await b.ada.session();
    const removing = told(() => remove(run, first, { yes: true, empty: [], retain: [], onInventory: () => undefined }));
    await expect(removing).rejects.toMatchObject({
      code: 'access-denied',
      ends: 'credentials',
      failure: { action: 'cloudformation:DeleteStack' },
    });
    expect(b.aws.stack('shop-dev')?.status).toBe('CREATE_COMPLETE');
  });

  // What it can do without, and what is lost by it.
  const optional: readonly (readonly [string, RegExp | undefined])[] = [
    ['DescribeEvents', undefined],
    ['ListHookResults', undefined],
    ['GetHookResult', undefined],
    ['GetTemplate', undefined],
    ['HeadObject', undefined],
    ['GetBucketEncryption', undefined],
    ['GetBucketVersioning', undefined],
    ['GetPublicAccessBlock', undefined],
    ['GetStackPolicy', undefined],
    ['SetStackPolicy', undefined],
    ['ListChangeSets', undefined],
    ['DeleteChangeSet', undefined],
    ['ListStackResources', undefined],
    ['ListImports', undefined],
    ['DescribeStackEvents', /cloudformation:DescribeStackEvents is not allowed: only how it ends is told/],
  ];
  test.each(optional)('B14 without %s it goes on', async (action, says) => {
    const b = await bench();
    b.aws.fault({ action, kind: 'accessDenied' });
    expectEnd(await b.deploy(), 'done', b);
    if (says) expect(b.ada.said.join('\n')).toMatch(says);
    expectOneExecution(b);
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
