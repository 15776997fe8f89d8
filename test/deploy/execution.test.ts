import { afterEach, describe, expect, test } from 'vitest';
import { bench, closeAll, expectEnd, expectOneExecution, first, second, shipmentOf } from './bench.ts';

afterEach(closeAll);

/** Section E of deploy.md: executing, and watching. */
describe('executing', () => {
  test('E1 somebody else executed a plan meanwhile', async () => {
    const b = await bench();
    await b.ready();
    b.aws.fault({
      action: 'ExecuteChangeSet',
      kind: 'error',
      code: 'InvalidChangeSetStatus',
      message: 'ChangeSet [arn] cannot be executed in its current execution status of [OBSOLETE]',
    });
    expectEnd(await b.deploy({}, second), 'conflict', b, 'changed-meanwhile');
    // Nothing is planned anew by itself.
    expect(b.aws.calls.count('CreateChangeSet')).toBe(1);
    expect(b.aws.calls.count('ExecuteChangeSet')).toBe(1);
    expect(b.aws.stack('shop-dev')?.resources.has('More')).toBe(false);
  });

  test('E2 an operation is under way, and it is not ours', async () => {
    const b = await bench();
    await b.ready();
    b.aws.fault({
      action: 'ExecuteChangeSet',
      kind: 'error',
      code: 'InvalidChangeSetStatus',
      message: 'An operation on this ChangeSet is currently in progress.',
    });
    expectEnd(await b.deploy({}, second), 'conflict', b, 'changed-meanwhile');
  });

  test('E2 an operation is under way, and it is ours', async () => {
    const b = await bench();
    await b.ready();
    b.aws.fault({
      action: 'ExecuteChangeSet',
      call: 1,
      when: 'after',
      kind: 'error',
      code: 'InvalidChangeSetStatus',
      message: 'An operation on this ChangeSet is currently in progress.',
    });
    expectEnd(await b.deploy({}, second), 'done', b);
    expectOneExecution(b);
  });

  test('E3 the token was heard before', async () => {
    const b = await bench();
    b.aws.fault({
      action: 'ExecuteChangeSet',
      call: 1,
      when: 'after',
      kind: 'error',
      code: 'TokenAlreadyExistsException',
      message: 'A client request token already exists.',
    });
    expectEnd(await b.deploy(), 'done', b);
    expectOneExecution(b);
  });

  test.each(['UPDATE_COMPLETE', 'CREATE_COMPLETE'])('E4 the stack is told to be %s from the time before', async (stale) => {
    const b = await bench();
    await b.ready();
    b.aws.resource('Orders').takes(60_000);
    b.aws.fault({
      action: 'DescribeStacks',
      kind: 'rewrite',
      from: /<StackStatus>[^<]*</,
      to: `<StackStatus>${stale}<`,
      times: 6,
      where: () => b.aws.calls.count('ExecuteChangeSet') > 0,
    });
    expectEnd(await b.deploy({}, second), 'done', b);
    expect(b.aws.stack('shop-dev')?.status).toMatch(/^UPDATE_COMPLETE$/);
  });

  test('E5 the stack is told to be under review though it is being made', async () => {
    const b = await bench();
    b.aws.fault({
      action: 'DescribeStacks',
      kind: 'rewrite',
      from: /<StackStatus>[^<]*</,
      to: '<StackStatus>REVIEW_IN_PROGRESS<',
      times: 5,
      where: () => b.aws.calls.count('ExecuteChangeSet') > 0,
    });
    expectEnd(await b.deploy(), 'done', b);
  });

  test('E6 the order is taken, and nothing happens', async () => {
    const b = await bench();
    await b.ready();
    const body =
      '<ExecuteChangeSetResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><ExecuteChangeSetResult/></ExecuteChangeSetResponse>';
    b.aws.fault({ action: 'ExecuteChangeSet', kind: 'status', status: 200, headers: { 'content-type': 'text/xml' }, body });
    const ended = await b.deploy({}, second);
    expectEnd(ended, 'detached', b, 'not-seen-starting');
    expect(b.aws.calls.count('ExecuteChangeSet')).toBe(2);
    expectOneExecution(b);
  });

  test('E7 a resource fails, and everything is taken back', async () => {
    const b = await bench();
    await b.ready();
    b.aws.resource('More').fails('CREATE', 'Queue already exists (Service: Sqs, Status Code: 400)');
    const ended = await b.deploy({}, second);
    expectEnd(ended, 'rolledBack', b, 'rolled-back');
    const details = 'stop' in ended ? ended.stop.details.join('\n') : '';
    expect(details).toMatch(/^eventsystem\.yml:5:3 {2}things\.More/);
    expect(details).toContain('→');
    expect(b.aws.stack('shop-dev')?.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  });

  test('E8 thirty that were only cancelled do not hide the one that failed', async () => {
    const b = await bench();
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`Q${index}`, { Type: 'AWS::SQS::Queue' }]));
    for (const id of Object.keys(many)) b.aws.resource(id).takes(60_000);
    b.aws.resource('Bad').fails('CREATE', 'User is not authorized to perform: sns:CreateTopic').takes(1000);
    const ended = await b.deploy({}, shipmentOf({ ...many, Bad: { Type: 'AWS::SNS::Topic' } }));
    expectEnd(ended, 'rolledBack', b, 'creation-rolled-back');
    const details = 'stop' in ended ? ended.stop.details : [];
    expect(details[0]).toContain('things.Bad');
    expect(details.join('\n')).not.toContain('cancelled');
  });

  test('E10 what was made for the first time could not be taken back', async () => {
    const b = await bench();
    b.aws.resource('News').fails('CREATE', 'no').takes(2000);
    b.aws.resource('Orders').fails('DELETE', 'DependencyViolation').takes(1000);
    expectEnd(await b.deploy(), 'recovery', b, 'rollback-failed');
    expect(b.aws.stack('shop-dev')?.status).toBe('ROLLBACK_FAILED');
  });

  test('E10 what was made for the first time is taken back, and the next deployment says how it goes on', async () => {
    const b = await bench();
    b.aws.resource('News').fails('CREATE', 'no', { times: 1 });
    const ended = await b.deploy();
    expectEnd(ended, 'rolledBack', b, 'creation-rolled-back');
    expect('stop' in ended && ended.stop.why).toContain('The empty stack remains until the next deployment replaces it.');
    expect(b.aws.stack('shop-dev')?.status).toBe('ROLLBACK_COMPLETE');
    expectEnd(await b.deploy(), 'done', b);
    expect(b.ada.said.join('\n')).toContain('deleting its empty stack');
  });

  test('E11 an update could not be taken back', async () => {
    const b = await bench();
    await b.ready();
    b.aws.resource('More').fails('CREATE', 'no').takes(9000);
    b.aws.resource('Orders').fails('ROLLBACK', 'cannot go back').takes(1000);
    const ended = await b.deploy({}, second);
    expectEnd(ended, 'recovery', b, 'rollback-failed');
    expect('stop' in ended && ended.stop.next).toContain('eventsystem recover');
    expectEnd(await b.deploy({}, second), 'recovery', b, 'stack-broken');
  });

  test('E12 an ephemeral stack that fails is gone', async () => {
    const b = await bench();
    b.aws.resource('News').fails('CREATE', 'no');
    const ended = await b.deploy({ ephemeral: true });
    expectEnd(ended, 'rolledBack', b, 'creation-rolled-back');
    expect('stop' in ended && ended.stop.details.join()).toContain('things.News');
    expect(b.aws.stack('shop-dev')).toBeUndefined();
  });

  test('E13 what was replaced would not go: it is done, and told', async () => {
    const b = await bench();
    await b.ready(second);
    b.aws.resource('More').fails('DELETE', 'resource in use');
    expectEnd(await b.deploy({ destroy: ['More'] }, first), 'done', b);
    expect(b.ada.said.join('\n')).toContain('but not deleted');
  });

  test('E14 cleaning up takes forty minutes', async () => {
    const b = await bench();
    await b.ready(second);
    b.aws.resource('More').takes(40 * 60_000);
    const began = b.aws.clock.now;
    expectEnd(await b.deploy({ destroy: ['More'] }, first), 'done', b);
    expect(b.aws.clock.now - began).toBeGreaterThan(40 * 60_000);
  });

  test('E14 nobody waits for the cleaning up', async () => {
    const b = await bench();
    await b.ready(second);
    b.aws.resource('More').takes(40 * 60_000);
    const began = b.aws.clock.now;
    expectEnd(await b.deploy({ destroy: ['More'], waitCleanup: false }, first), 'done', b);
    expect(b.aws.clock.now - began).toBeLessThan(10 * 60_000);
    expect(b.ada.said.join('\n')).toContain('still being deleted');
  });

  test('E15 more than a thousand events', async () => {
    const b = await bench();
    const many = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`Q${index}`, { Type: 'AWS::SQS::Queue' }]));
    expectEnd(await b.deploy({}, shipmentOf(many)), 'done', b);
    const lines = b.ada.said.filter((line) => line.includes('CREATE_COMPLETE') && line.includes('queue Q'));
    expect(lines.length).toBe(400);
    expect(new Set(lines.map((line) => line.slice(10))).size).toBe(400);
  });

  test('E16 a hook refuses a resource', async () => {
    const b = await bench();
    b.aws.resource('News').hooked({ type: 'Our::Security::Hook', fails: true, mode: 'FAIL', reason: 'Topics must be encrypted.' });
    const ended = await b.deploy();
    expectEnd(ended, 'rolledBack', b);
    expect('stop' in ended && ended.stop.details.join('\n')).toContain('Our::Security::Hook');
  });

  test('E16 a hook that only warns', async () => {
    const b = await bench();
    b.aws.resource('News').hooked({ type: 'Our::Security::Hook', fails: true, mode: 'WARN', reason: 'Topics should be encrypted.' });
    expectEnd(await b.deploy(), 'done', b);
    expect(b.ada.said.join('\n')).toMatch(/HOOK_COMPLETE_FAILED .*topic News \(Our::Security::Hook\): .*Topics should be encrypted/);
  });

  test('E17 somebody deletes the stack meanwhile', async () => {
    const b = await bench();
    await b.ready();
    b.aws.resource('Orders').takes(600_000);
    b.aws.fault({ action: 'DescribeStackEvents', call: 3, kind: 'meanwhile', act: () => b.aws.someone.deletesStack('shop-dev') });
    expectEnd(await b.deploy({}, second), 'conflict', b, 'deleted-meanwhile');
  });

  test('E18 somebody cancels the update', async () => {
    const b = await bench();
    await b.ready();
    b.aws.resource('Orders').takes(600_000);
    b.aws.fault({ action: 'DescribeStackEvents', call: 3, kind: 'meanwhile', act: () => b.aws.someone.cancelsUpdate('shop-dev') });
    const ended = await b.deploy({}, second);
    expectEnd(ended, 'rolledBack', b, 'rolled-back');
    expect('stop' in ended && ended.stop.details.join('\n')).toMatch(/cancelled/i);
  });

  test.each([
    ['E21', 'The maximum number of VPCs has been reached. (Service: Ec2, Status Code: 400)', 'VPC'],
    [
      'E21',
      'Specified ReservedConcurrentExecutions for function decreases account’s UnreservedConcurrentExecution below its minimum value of [10].',
      'concurrency',
    ],
    ['E22', 'The role defined for the function cannot be assumed by Lambda.', 'retry-transient'],
  ])('%s %s', async (_, reason, help) => {
    const b = await bench();
    b.aws.resource('News').fails('CREATE', reason);
    const ended = await b.deploy();
    expectEnd(ended, 'rolledBack', b);
    expect('stop' in ended && ended.stop.details.join('\n')).toMatch(new RegExp(`→.*${help}`));
  });

  test('E23 a protected stage that cannot be protected is not touched', async () => {
    const b = await bench();
    b.aws.fault({ action: 'UpdateTerminationProtection', kind: 'accessDenied' });
    const prod = shipmentOf(first.target.template.Resources, { protected: true, stage: 'prod' });
    expectEnd(
      await b.deploy({}, prod, { stage: { name: 'prod', protected: true, account: b.aws.account }, allowEndpoint: true }),
      'credentials',
      b,
      'access-denied',
    );
    expect(b.aws.calls.count('ExecuteChangeSet')).toBe(0);
  });

  test('E24 the stack policy cannot be set: told, and healed by the next run', async () => {
    const b = await bench();
    const prod = shipmentOf(first.target.template.Resources, { protected: true, stage: 'prod' });
    const on = { stage: { name: 'prod', protected: true, account: b.aws.account }, allowEndpoint: true };
    const fault = b.aws.fault({ action: 'SetStackPolicy', kind: 'accessDenied' });
    expectEnd(await b.deploy({}, prod, on), 'done', b);
    expect(b.ada.said.join('\n')).toContain('Warning: the stack policy');
    fault.remove();
    expectEnd(await b.deploy({}, prod, on), 'done', b);
    expect(b.aws.stack('shop-dev')?.policy).toContain('LogicalResourceId/Orders');
  });

  test('E25 outputs that are missing are no failure', async () => {
    const b = await bench();
    b.aws.fault({ action: 'DescribeStacks', kind: 'rewrite', from: /<Outputs>.*?<\/Outputs>/s, to: '' });
    const { target } = first;
    const telling = { ...first, target: { ...target, template: { ...target.template, Outputs: { Name: { Value: 'shop' } } } } };
    expectEnd(await b.deploy({}, telling), 'done', b);
    expect(b.ada.said.join('\n')).toContain('Warning: AWS returned no value for these outputs: Name.');
  });
});
