import { afterEach, describe, expect, test } from 'vitest';
import type { Change } from '../aws/machine/compare.ts';
import { bench, closeAll, expectEnd, expectUntouched, first, second, rekeyed, shipmentOf, table } from './bench.ts';
import { deployer } from './deployer.ts';

afterEach(closeAll);

/** Section D of deploy.md: what CloudFormation says of a plan. */
describe('plans', () => {
  test.each([
    "The submitted information didn't contain changes. Submit different information to create a change set.",
    'No updates are to be performed.',
  ])('D1 nothing changes: %s', async (reason) => {
    const b = await bench();
    await b.ready();
    b.aws.script.changeSetFailures.push(reason);
    const ended = await b.deploy({ force: true });
    expectEnd(ended, 'done', b);
    expect('shipped' in ended && ended.shipped.unchanged).toBe(true);
    expect(b.aws.calls.count('DeleteChangeSet')).toBe(1);
    expectUntouched(b);
  });

  test('D1 an empty answer to the deletion of the plan is no deletion', async () => {
    const b = await bench();
    await b.ready();
    const empty = b.aws.fault({ action: 'DeleteChangeSet', kind: 'empty', call: 1 });
    b.aws.script.changeSetFailures.push('No updates are to be performed.');
    expectEnd(await b.deploy({ force: true }), 'done', b);
    expect(empty.hits).toBe(1);
    expect(b.aws.calls.count('DeleteChangeSet')).toBe(2);
    expect(b.aws.stack('shop-dev')?.changeSets.filter(({ status }) => status === 'FAILED')).toEqual([]);
  });

  test('D2 only outputs change, and that is a change', async () => {
    const b = await bench();
    await b.ready();
    const { target } = first;
    const told = { ...first, target: { ...target, template: { ...target.template, Outputs: { Name: { Value: 'shop' } } } } };
    const ended = await b.deploy({}, told);
    expectEnd(ended, 'done', b);
    expect('shipped' in ended && ended.shipped.unchanged).toBe(false);
    expect(b.aws.calls.count('ExecuteChangeSet')).toBe(1);
  });

  test('D3 a property CloudFormation does not take, at the line that asked for it', async () => {
    const b = await bench();
    b.aws.script.validations.push({
      check: 'PropertyValidation',
      logicalId: 'Orders',
      type: 'AWS::SQS::Queue',
      name: 'PROPERTY_VALIDATION',
      path: '/Resources/Orders/Properties/DelaySeconds',
      reason: 'Properties validation failed for resource Orders: #/DelaySeconds: failed validation constraint',
      mode: 'FAIL',
    });
    const ended = await b.deploy();
    expectEnd(ended, 'refused', b, 'plan-refused');
    expect('stop' in ended && ended.stop.details.join('\n')).toMatch(/eventsystem\.yml:3:3 \(things\.Orders\).*DelaySeconds/s);
    expectUntouched(b);
    expect(b.aws.stack('shop-dev')).toBeUndefined();
  });

  test('D4 a name that is taken', async () => {
    const b = await bench();
    b.aws.script.validations.push({
      check: 'ResourceExistenceCheck',
      logicalId: 'Orders',
      type: 'AWS::SQS::Queue',
      name: 'NAME_CONFLICT_VALIDATION',
      path: '/Resources/Orders',
      reason: 'Resource of type AWS::SQS::Queue with identifier orders already exists.',
      mode: 'FAIL',
    });
    const ended = await b.deploy();
    expectEnd(ended, 'refused', b, 'plan-refused');
    expect('stop' in ended && ended.stop.details.join('\n')).toContain('`adopt: NAME`');
    expectUntouched(b);
    expect(b.aws.stack('shop-dev')).toBeUndefined();
  });

  test('D5 a warning is shown, and the plan goes on', async () => {
    const b = await bench();
    b.aws.script.validations.push({
      check: 'ServiceQuota',
      logicalId: 'Orders',
      type: 'AWS::SQS::Queue',
      name: 'SERVICE_QUOTA',
      path: '/Resources/Orders',
      reason: 'You are near the quota.',
      mode: 'WARN',
    });
    expectEnd(await b.deploy(), 'done', b);
    expect(b.ada.reviews[0]?.warnings.join()).toContain('near the quota');
  });

  test('D5 a bucket that holds something and would go is warned of, and has to be approved', async () => {
    const b = await bench();
    await b.ready(shipmentOf({ ...first.target.template.Resources, Files: { Type: 'AWS::S3::Bucket' } }));
    const name = b.aws.stack('shop-dev')?.resources.get('Files')?.physicalId ?? '';
    b.aws.bucket(name)?.put('a.txt', Buffer.from('a'), b.aws.clock.date());
    // At a terminal the plan is made, and its warning shown, before anybody is asked.
    const person = deployer(b.aws, { present: true, answers: ['no'] });
    expectEnd(await person.deploy(first), 'approval', { ...b, ada: person }, 'declined');
    expect(person.reviews[0]?.warnings.join()).toMatch(/Files: .*not empty/i);
    expect(person.asked).toEqual(['Files will or may be lost. Type its logical ID to approve: ']);
    expectUntouched(b);
    expectEnd(await b.deploy({}, first), 'approval', b, 'approval-needed');
    expectUntouched(b);
  });

  test.each(['accessDenied', 'unknown'])('D6 without DescribeEvents (%s) the reason is general', async (how) => {
    const b = await bench();
    if (how === 'accessDenied') b.aws.fault({ action: 'DescribeEvents', kind: 'accessDenied' });
    else
      b.aws.fault({ action: 'DescribeEvents', kind: 'error', code: 'InvalidAction', message: 'Could not find operation DescribeEvents' });
    b.aws.script.changeSetFailures.push('The following hook(s)/validation failed: [AWS::EarlyValidation::PropertyValidation].');
    const ended = await b.deploy();
    expectEnd(ended, 'refused', b, 'plan-refused');
    expect('stop' in ended && ended.stop.message).toContain('EarlyValidation');
    expectUntouched(b);
  });

  test('D8 reasons are told as they are', async () => {
    for (const reason of [
      'Template format error: Unresolved resource dependencies [X] in the Resources block of the template',
      'Parameters: [X] must have values',
      'No export named X found.',
    ]) {
      const b = await bench();
      b.aws.script.changeSetFailures.push(reason);
      const ended = await b.deploy();
      expectEnd(ended, 'refused', b, 'plan-refused');
      expect('stop' in ended && ended.stop.message).toContain(reason);
      expectUntouched(b);
      expect(b.aws.stack('shop-dev')).toBeUndefined();
      // What eventsystem looks for itself should not have come so far.
      expect('stop' in ended && ended.stop.details.join()).toEqual(
        reason.startsWith('Template') ? expect.stringContaining('eventsystem should have caught this') : '',
      );
    }
  });

  test.each([
    ['ValidationError', 'Template error: every Fn::Join object requires two parameters', true],
    ['ValidationError', 'Circular dependency between resources: [A, B]', true],
    ['InsufficientCapabilitiesException', 'Requires capabilities : [CAPABILITY_NAMED_IAM]', true],
    ['ValidationError', 'Parameter Size failed to satisfy constraint', false],
  ])('D8 what CloudFormation refuses at once (%s: %s) is told, and said to be our mistake where it is', async (code, message, ours) => {
    const b = await bench();
    b.aws.fault({ action: 'CreateChangeSet', kind: 'error', code, message });
    const ended = await b.deploy();
    expectEnd(ended, 'refused', b, 'plan-refused');
    expect('stop' in ended && ended.stop.message).toContain(message);
    expect('stop' in ended && ended.stop.details.join().includes('please report it')).toBe(ours);
    expect(b.aws.calls.count('CreateChangeSet')).toBe(1);
    expect(b.aws.stack('shop-dev')).toBeUndefined();
  });

  test('D9 a plan that is never made', async () => {
    const b = await bench();
    b.aws.fault({ action: 'DescribeChangeSet', kind: 'rewrite', from: /<Status>[^<]*</, to: '<Status>CREATE_IN_PROGRESS<' });
    const began = b.aws.clock.now;
    expectEnd(await b.deploy(), 'refused', b, 'plan-slow');
    expect(b.aws.clock.now - began).toBeGreaterThan(15 * 60_000);
    expect(b.aws.clock.now - began).toBeLessThan(16 * 60_000);
    expect(b.aws.stack('shop-dev')).toBeUndefined();
    expect(b.aws.calls.count('DeleteChangeSet')).toBe(1);
    expect(b.aws.calls.count('ExecuteChangeSet')).toBe(0);
  });

  test('D10 the plan is not known for a moment', async () => {
    const b = await bench();
    b.aws.fault({
      action: 'DescribeChangeSet',
      kind: 'error',
      code: 'ChangeSetNotFound',
      message: 'ChangeSet does not exist',
      status: 404,
      times: 3,
    });
    expectEnd(await b.deploy(), 'done', b);
  });

  test('D10 the plan vanishes', async () => {
    const b = await bench();
    await b.ready();
    b.aws.fault({
      action: 'DescribeChangeSet',
      kind: 'error',
      code: 'ChangeSetNotFound',
      message: 'ChangeSet does not exist',
      status: 404,
    });
    expectEnd(await b.deploy({}, second), 'conflict', b, 'plan-gone');
    expect(b.aws.calls.count('ExecuteChangeSet')).toBe(0);
  });

  test('D11 a plan of our name with other contents', async () => {
    const b = await bench();
    await b.ready();
    b.aws.fault({
      action: 'CreateChangeSet',
      kind: 'error',
      code: 'AlreadyExistsException',
      message: 'ChangeSet eventsystem-x cannot be created due to a mismatch with existing attribute Template',
    });
    expectEnd(await b.deploy({}, second), 'conflict', b, 'name-taken');
    expect(b.aws.calls.count('DeleteChangeSet')).toBe(0);
  });

  test('D12 the stack came or went meanwhile', async () => {
    const b = await bench();
    b.aws.fault({
      action: 'CreateChangeSet',
      kind: 'error',
      code: 'ValidationError',
      message: 'Stack [shop-dev] already exists and cannot be created again with the changeSet [x].',
    });
    expectEnd(await b.deploy(), 'conflict', b, 'changed-meanwhile');
    expect(b.aws.calls.count('CreateChangeSet')).toBe(2);
  });

  test('D12 the stack came meanwhile: what stands is looked at once more', async () => {
    const b = await bench();
    b.aws.fault({
      action: 'CreateChangeSet',
      call: 1,
      kind: 'meanwhile',
      act: () =>
        void b.aws.someone.deploys({
          stack: 'shop-dev',
          parameters: { ArtifactBucket: 'artifacts' },
          template: { Parameters: { ArtifactBucket: { Type: 'String' } }, Resources: { News: { Type: 'AWS::SNS::Topic' } } },
        }),
    });
    expectEnd(await b.deploy(), 'done', b);
    expect(b.aws.stack('shop-dev')?.status).toBe('UPDATE_COMPLETE');
  });

  test('D13 with values, CloudFormation may leave out a deletion: it is found all the same', async () => {
    const b = await bench();
    await b.ready(shipmentOf({ ...first.target.template.Resources, Data: table() }));
    b.aws.script.hiddenChanges = ['Data'];
    expectEnd(await b.deploy({ destroy: [] }, first), 'approval', b, 'approval-needed');
    expectUntouched(b);
    const run = await b.deploy({ destroy: ['Data'] }, first);
    expectEnd(run, 'done', b);
    expect(b.ada.reviews.at(-1)?.destroyed.map(({ id }) => id)).toEqual(['Data']);
  });

  test('D14 the loss is on the third page', async () => {
    const many = Object.fromEntries(Array.from({ length: 25 }, (_, index) => [`Q${index}`, { Type: 'AWS::SQS::Queue' }]));
    const b = await bench({ limits: { changesPerPage: 10 } });
    await b.ready(shipmentOf({ Zdata: table() }));
    expectEnd(await b.deploy({ destroy: [] }, shipmentOf(many)), 'approval', b);
    const ended = await b.deploy({ destroy: ['Zdata'] }, shipmentOf(many));
    expectEnd(ended, 'done', b);
    expect(b.ada.reviews.at(-1)?.changes.length).toBe(26);
  });

  test.each(['Conditional', 'Dynamic'])('D16 a replacement that is %s is asked for', async (how) => {
    const b = await bench();
    await b.ready(shipmentOf({ Data: table() }));
    b.aws.script.edited = (changes) =>
      changes.map(
        (one: Change) => (how === 'Conditional' ? { ...one, replacement: 'Conditional' } : { ...one, action: 'Dynamic' }) as Change,
      );
    expectEnd(
      await b.deploy({ destroy: [] }, shipmentOf({ Data: table({ TableClass: 'STANDARD_INFREQUENT_ACCESS' }) })),
      'approval',
      b,
      'approval-needed',
    );
    expectUntouched(b);
  });

  test('a replaced table has to be approved by its id, and `--yes` does not cover it', async () => {
    const b = await bench();
    await b.ready(shipmentOf({ Data: table() }));
    const next = shipmentOf({ Data: rekeyed });
    const ended = await b.deploy({ yes: true }, next);
    expectEnd(ended, 'approval', b, 'approval-needed');
    expect('stop' in ended && ended.stop.message).toContain('--approve-destroy Data');
    expect(b.aws.calls.mutations().map(({ action }) => action)).toEqual([]);
    expectEnd(await b.deploy({ destroy: ['Other'] }, next), 'approval', b);
    expectEnd(await b.deploy({ destroy: ['Data'] }, next), 'done', b);
  });

  test('what is retained leaves the stack without being lost', async () => {
    const b = await bench();
    await b.ready(
      shipmentOf({ ...first.target.template.Resources, Data: table({}, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' }) }),
    );
    expectEnd(await b.deploy({}, first), 'done', b);
    expect(b.ada.reviews[0]?.left.map(({ id }) => id)).toEqual(['Data']);
    expect(b.ada.reviews[0]?.destroyed).toEqual([]);
  });

  test('D19 a role that cannot be taken on', async () => {
    const b = await bench();
    b.aws.fault({
      action: 'CreateChangeSet',
      kind: 'error',
      code: 'ValidationError',
      message: 'Role arn:aws:iam::123456789012:role/deploy is invalid or cannot be assumed',
    });
    const ended = await b.deploy();
    expectEnd(ended, 'refused', b, 'role-refused');
    expect('stop' in ended && ended.stop.message).toContain('arn:aws:iam::123456789012:role/deploy');
    expect('stop' in ended && ended.stop.next).toContain('iam:PassRole');
    expect(b.aws.stack('shop-dev')).toBeUndefined();
  });

  test('D18 what exists and is not retained cannot be taken in', async () => {
    const b = await bench();
    b.aws.script.changeSetFailures.push(
      'CloudFormation is attempting to import some resources because they already exist in your account. The resources must have the DeletionPolicy attribute set to ‘Retain’ or ‘RetainExceptOnCreate’ in the template for successful import. The affected resources are Orders ({QueueName=orders})',
    );
    const ended = await b.deploy({ adopt: true });
    expectEnd(ended, 'refused', b, 'plan-refused');
    expect('stop' in ended && ended.stop.details.join('\n')).toContain('Orders ({QueueName=orders})');
  });

  test('D20 a parameter that is not to be shown is not, and the plan has the same digest', async () => {
    const b = await bench();
    const { target } = first;
    const hidden = {
      ...first,
      target: {
        ...target,
        given: { Key: 'secret-value' },
        template: { ...target.template, Parameters: { ...target.template.Parameters, Key: { Type: 'String', NoEcho: true } } },
      },
    };
    expectEnd(await b.deploy({}, hidden), 'done', b);
    const objects = b.aws.bucket('artifacts')?.versions.map(({ body }) => body.toString()) ?? [];
    expect(objects.filter((text) => text.includes('secret-value'))).toEqual([]);
    expect(b.ada.said.join('\n')).not.toContain('secret-value');
    // CloudFormation tells it as ****, each time: two plans of the same are the same.
    const more = {
      ...hidden,
      target: { ...hidden.target, template: { ...hidden.target.template, Resources: second.target.template.Resources } },
    };
    for (const _ of [1, 2]) expectEnd(await b.deploy({ yes: false }, more), 'approval', b, 'approval-needed');
    expect(b.ada.reviews.length).toBe(3);
    expect(b.ada.reviews[1]?.digest).toBe(b.ada.reviews[2]?.digest);
    expect(b.ada.reviews[1]?.digest).not.toBe(b.ada.reviews[0]?.digest);
  });

  test('a value that is missing', async () => {
    const b = await bench();
    const { target } = first;
    const needs = {
      ...first,
      target: { ...target, template: { ...target.template, Parameters: { ...target.template.Parameters, Size: { Type: 'String' } } } },
    };
    const ended = await b.deploy({}, needs);
    expectEnd(ended, 'refused', b, 'parameter-missing');
    expect('stop' in ended && ended.stop.next).toContain('--parameter Size=VALUE');
    expect(b.aws.calls.mutations()).toEqual([]);
  });
});
