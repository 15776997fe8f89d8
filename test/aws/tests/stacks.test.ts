import {
  CancelUpdateStackCommand,
  ContinueUpdateRollbackCommand,
  DeleteStackCommand,
  RollbackStackCommand,
} from '@aws-sdk/client-cloudformation';
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

const table = (name: string, more = {}) => ({
  Type: 'AWS::DynamoDB::Table',
  ...more,
  Properties: {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  },
});

const two = (a = {}, b = {}) => ({ Resources: { A: queue(a), B: { ...queue(b), DependsOn: 'A' } } });

describe('creation', () => {
  test('in the order of needs, with token and operation on every event', async () => {
    await to.create('shop', {
      Resources: {
        B: {
          Type: 'AWS::SNS::Subscription',
          Properties: { Protocol: 'sqs', TopicArn: { Ref: 'T' }, Endpoint: { 'Fn::GetAtt': ['Q', 'Arn'] } },
        },
        T: { Type: 'AWS::SNS::Topic' },
        Q: queue(),
      },
    });
    const events = await to.events('shop');
    expect(events.filter((one) => one.ResourceStatus === 'CREATE_COMPLETE').map((one) => one.LogicalResourceId)).toEqual([
      'T',
      'Q',
      'B',
      'shop',
    ]);
    expect(new Set(events.slice(1).map((one) => one.ClientRequestToken)).size).toBe(1);
    expect(new Set(events.slice(1).map((one) => one.OperationId)).size).toBe(1);
    expect(aws.stack('shop')?.resource('B')?.properties['Endpoint']).toMatch(/^arn:aws:sqs:eu-west-1:123456789012:shop-Q-/);
  });

  test('a failure rolls back what was made, and says what failed first', async () => {
    aws.resource('B').fails('CREATE', 'Queue limit', { code: 'ServiceLimitExceeded' });
    const stack = await to.create('shop', two());
    expect(stack.StackStatus).toBe('ROLLBACK_COMPLETE');
    expect(await to.story('shop')).toEqual([
      'shop REVIEW_IN_PROGRESS: User Initiated',
      'shop CREATE_IN_PROGRESS: User Initiated',
      'A CREATE_IN_PROGRESS',
      'A CREATE_IN_PROGRESS: Resource creation Initiated',
      'A CREATE_COMPLETE',
      'B CREATE_IN_PROGRESS',
      'B CREATE_IN_PROGRESS: Resource creation Initiated',
      expect.stringMatching(
        /^B CREATE_FAILED: Resource handler returned message: "Queue limit" \(RequestToken: .*, HandlerErrorCode: ServiceLimitExceeded\)$/,
      ),
      'shop ROLLBACK_IN_PROGRESS: The following resource(s) failed to create: [B]. Rollback requested by user.',
      'B DELETE_IN_PROGRESS',
      'B DELETE_COMPLETE',
      'A DELETE_IN_PROGRESS',
      'A DELETE_COMPLETE',
      'shop ROLLBACK_COMPLETE',
    ]);
    expect(aws.cloud.world.all()).toEqual([]);
  });

  test('what is under way when another fails is cancelled', async () => {
    aws.resource('A').fails('CREATE', 'no', { at: 'start' });
    await to.create('shop', { Resources: { A: queue(), B: queue(), C: queue() } });
    const story = await to.story('shop');
    expect(story).toContain('B CREATE_FAILED: Resource creation cancelled');
    expect(story.filter((line) => line.startsWith('B CREATE_COMPLETE'))).toEqual([]);
  });

  test('without rollback the stack stays as it failed; RollbackStack takes it back', async () => {
    aws.resource('B').fails('CREATE', 'no');
    expect((await to.create('shop', two(), {}, { DisableRollback: true })).StackStatus).toBe('CREATE_FAILED');
    await to.cfn.send(new RollbackStackCommand({ StackName: 'shop' }));
    expect((await to.settled('shop')).StackStatus).toBe('ROLLBACK_COMPLETE');
  });

  test('OnStackFailure DELETE leaves no stack of that name', async () => {
    aws.resource('B').fails('CREATE', 'no');
    const stack = await to.create('shop', two(), { OnStackFailure: 'DELETE' });
    expect(stack.StackStatus).toBe('DELETE_COMPLETE');
    expect(await refusal(to.stack('shop'))).toBe('ValidationError: Stack with id shop does not exist');
    expect((await to.events(stack.StackId ?? '')).some((one) => one.ResourceStatus === 'CREATE_FAILED')).toBe(true);
  });

  test('a rollback that cannot delete is ROLLBACK_FAILED', async () => {
    aws.resource('B').fails('CREATE', 'no');
    aws.resource('A').fails('DELETE', 'DependencyViolation');
    expect((await to.create('shop', two())).StackStatus).toBe('ROLLBACK_FAILED');
  });

  test('RetainExceptOnCreate goes with its first creation; Retain stays', async () => {
    aws.resource('B').fails('CREATE', 'no');
    const kept = { ...queue(), DeletionPolicy: 'Retain' };
    const except = { ...queue(), DeletionPolicy: 'RetainExceptOnCreate' };
    await to.create('shop', { Resources: { Kept: kept, Except: except, B: { ...queue(), DependsOn: ['Kept', 'Except'] } } });
    const story = await to.story('shop');
    expect(story).toContain('Kept DELETE_SKIPPED');
    expect(story).toContain('Except DELETE_COMPLETE');
    expect(aws.cloud.world.orphans()).toHaveLength(1);
  });
});

describe('updates', () => {
  test('change in place, replace, add, remove; the old goes in the cleanup', async () => {
    await to.create('shop', {
      Resources: { A: queue({ DelaySeconds: 1 }), T: table('one'), Old: queue() },
      Outputs: { Name: { Value: { Ref: 'T' } } },
    });
    const stack = await to.deploy('shop', {
      Resources: { A: queue({ DelaySeconds: 2 }), T: table('two'), New: queue() },
      Outputs: { Name: { Value: { Ref: 'T' } } },
    });
    expect(stack.StackStatus).toBe('UPDATE_COMPLETE');
    expect(stack.Outputs?.[0]?.OutputValue).toBe('two');
    const story = await to.story('shop');
    expect(story.slice(story.indexOf('shop UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'))).toEqual([
      'shop UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'T DELETE_IN_PROGRESS',
      'Old DELETE_IN_PROGRESS',
      'T DELETE_COMPLETE',
      'Old DELETE_COMPLETE',
      'shop UPDATE_COMPLETE',
    ]);
    expect(story).toContain('T UPDATE_IN_PROGRESS: Requested update requires the creation of a new physical resource; hence creating one.');
    expect(aws.cloud.world.named('eu-west-1', 'AWS::DynamoDB::Table', 'one')).toBeUndefined();
  });

  test('a failure takes everything back', async () => {
    await to.create('shop', { Resources: { A: queue({ DelaySeconds: 1 }), T: table('one'), Z: queue() } });
    aws.resource('Z').fails('UPDATE', 'no');
    const next = {
      Resources: {
        A: queue({ DelaySeconds: 2 }),
        T: table('two'),
        N: queue(),
        Z: { ...queue({ DelaySeconds: 3 }), DependsOn: ['A', 'T', 'N'] },
      },
    };
    const stack = await to.deploy('shop', next);
    expect(stack.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    const story = await to.story('shop');
    expect(story).toContain('shop UPDATE_ROLLBACK_IN_PROGRESS: The following resource(s) failed to update: [Z]. ');
    expect(aws.stack('shop')?.resource('A')?.properties).toEqual({ DelaySeconds: 1 });
    expect(aws.stack('shop')?.resource('T')?.physicalId).toBe('one');
    expect(aws.stack('shop')?.resource('N')).toBeUndefined();
    expect(aws.cloud.world.all().map(({ physicalId }) => physicalId)).not.toContain('two');
    expect((await to.changeSet('shop', next)).Changes).toHaveLength(4);
  });

  test('a rollback that fails waits for ContinueUpdateRollback', async () => {
    await to.create('shop', { Resources: { A: queue(), Z: { ...queue(), DependsOn: 'A' } } });
    aws.resource('Z').fails('UPDATE', 'no');
    aws.resource('A').fails('ROLLBACK', 'stuck', { times: 2 });
    const stack = await to.deploy('shop', {
      Resources: { A: queue({ DelaySeconds: 2 }), Z: { ...queue({ DelaySeconds: 3 }), DependsOn: 'A' } },
    });
    expect(stack.StackStatus).toBe('UPDATE_ROLLBACK_FAILED');
    expect(await refusal(to.changeSet('shop', two()))).toMatch(/is in UPDATE_ROLLBACK_FAILED state and can not be updated\.$/);
    await to.cfn.send(new ContinueUpdateRollbackCommand({ StackName: 'shop' }));
    expect((await to.settled('shop')).StackStatus).toBe('UPDATE_ROLLBACK_FAILED');
    await to.cfn.send(new ContinueUpdateRollbackCommand({ StackName: 'shop', ResourcesToSkip: ['A'] }));
    expect((await to.settled('shop')).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  });

  test('without a way back there is no replacement, and the next update is without it too', async () => {
    await to.create('shop', { Resources: { T: table('one') } });
    const stack = await to.deploy('shop', { Resources: { T: table('two') } }, {}, { DisableRollback: true });
    expect(stack.StackStatus).toBe('UPDATE_FAILED');
    expect(await to.story('shop')).toContain('T UPDATE_FAILED: Replacement type updates not supported on stack with disable-rollback.');
    expect(await refusal(to.deploy('shop', { Resources: { T: table('one'), A: queue() } }))).toBe(
      'ValidationError: This stack is currently in a non-terminal [UPDATE_FAILED] state. To update the stack from this state, please use the disable-rollback parameter with update-stack API. To rollback to the last known good state, use the rollback-stack API',
    );
    await to.cfn.send(new RollbackStackCommand({ StackName: 'shop' }));
    expect((await to.settled('shop')).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  });

  test('an update that is cancelled', async () => {
    await to.create('shop', two());
    aws.resource('A').hangs();
    await to.execute(await to.changeSet('shop', two({ DelaySeconds: 9 })));
    while ((await to.stack('shop')).StackStatus !== 'UPDATE_IN_PROGRESS') continue;
    aws.clock.advance(2000);
    await to.cfn.send(new CancelUpdateStackCommand({ StackName: 'shop' }));
    aws.resource('A').takes(100);
    expect((await to.settled('shop')).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await to.story('shop')).toContain('A UPDATE_FAILED: Resource update cancelled');
    expect(await refusal(to.cfn.send(new CancelUpdateStackCommand({ StackName: 'shop' })))).toBe(
      'ValidationError: CancelUpdateStack cannot be called from current stack status',
    );
  });

  test('a cleanup that fails leaves the old thing, and the update succeeds', async () => {
    await to.create('shop', { Resources: { A: queue(), Old: queue() } });
    aws.resource('Old').fails('DELETE', 'in use');
    expect((await to.deploy('shop', { Resources: { A: queue() } })).StackStatus).toBe('UPDATE_COMPLETE');
    expect(await to.story('shop')).toContain('Old DELETE_FAILED: in use');
  });
});

describe('deletion', () => {
  test('in reverse order, honouring policies', async () => {
    const database = { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-postgresql' } };
    await to.create('shop', {
      Resources: { A: queue(), B: { ...queue(), DependsOn: 'A' }, Kept: { ...queue(), DeletionPolicy: 'Retain' }, Db: database },
    });
    const { StackId } = await to.stack('shop');
    await to.cfn.send(new DeleteStackCommand({ StackName: 'shop', ClientRequestToken: 'bye' }));
    expect((await to.settled(StackId ?? '')).StackStatus).toBe('DELETE_COMPLETE');
    const story = (await to.story(StackId ?? '')).filter((line) => line.includes('DELETE'));
    expect(story).toContain('Kept DELETE_SKIPPED');
    expect(story.indexOf('B DELETE_COMPLETE')).toBeLessThan(story.indexOf('A DELETE_IN_PROGRESS'));
    expect(aws.cloud.world.snapshots).toHaveLength(1);
    expect(await refusal(to.stack('shop'))).toBe('ValidationError: Stack with id shop does not exist');
  });

  test.each([
    ['a bucket that is not empty', { Type: 'AWS::S3::Bucket' }, 'not empty'],
    [
      'a protected table',
      { ...table('x'), Properties: { ...table('x').Properties, DeletionProtectionEnabled: true } },
      'protected against deletion',
    ],
    [
      'a protected cluster',
      { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-postgresql', DeletionProtection: true } },
      'disable deletion protection',
    ],
    [
      'a protected user pool',
      { Type: 'AWS::Cognito::UserPool', Properties: { DeletionProtection: 'ACTIVE' } },
      'deletion protection is activated',
    ],
  ])('%s stays, and the stack with it; then it goes without it', async (_, resource, said) => {
    await to.create('shop', { Resources: { Thing: resource, A: queue() } });
    const { physicalId = '' } = aws.stack('shop')?.resource('Thing') ?? {};
    aws.bucket(physicalId)?.put('a', Buffer.from('x'), new Date());
    const { StackId: id = '' } = await to.stack('shop');
    await to.cfn.send(new DeleteStackCommand({ StackName: id }));
    const stack = await to.settled(id);
    expect(stack.StackStatus).toBe('DELETE_FAILED');
    expect(stack.StackStatusReason).toBe('The following resource(s) failed to delete: [Thing]. ');
    expect((await to.story(id)).find((line) => line.startsWith('Thing DELETE_FAILED'))).toContain(said);
    await to.cfn.send(new DeleteStackCommand({ StackName: id, RetainResources: ['Thing'] }));
    expect((await to.settled(id)).StackStatus).toBe('DELETE_COMPLETE');
    expect(aws.cloud.world.orphans()).toHaveLength(1);
  });

  test('FORCE_DELETE_STACK and RetainResources only after a failure', async () => {
    await to.create('shop', two());
    expect(await refusal(to.cfn.send(new DeleteStackCommand({ StackName: 'shop', RetainResources: ['A'] })))).toMatch(
      /specify which resources to retain only when the stack is in the DELETE_FAILED state\.$/,
    );
    expect(await refusal(to.cfn.send(new DeleteStackCommand({ StackName: 'shop', DeletionMode: 'FORCE_DELETE_STACK' })))).toMatch(
      /DELETE_FAILED state\.$/,
    );
  });
});
