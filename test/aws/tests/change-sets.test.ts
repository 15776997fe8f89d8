import {
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  ExecuteChangeSetCommand,
  ListChangeSetsCommand,
  paginateDescribeChangeSet,
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

const one = (properties = {}) => ({ Resources: { A: queue(properties) } });

const role = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: {} } };

const fn = (memory: number) => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Code: { ZipFile: 'x' }, Role: { 'Fn::GetAtt': ['Role', 'Arn'] }, MemorySize: memory },
});

describe('what would change', () => {
  test('additions, of a stack that is under review until then', async () => {
    const set = await to.changeSet('shop', one(), { ChangeSetType: 'CREATE' });
    expect(set).toMatchObject({ Status: 'CREATE_COMPLETE', ExecutionStatus: 'AVAILABLE' });
    expect(set.Changes?.[0]?.ResourceChange).toMatchObject({ Action: 'Add', LogicalResourceId: 'A', ResourceType: 'AWS::SQS::Queue' });
    expect((await to.stack('shop')).StackStatus).toBe('REVIEW_IN_PROGRESS');
  });

  test('in place, replaced, removed; with values before and after', async () => {
    const named = (name: string) => ({
      Type: 'AWS::DynamoDB::Table',
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: { TableName: name, KeySchema: [] },
    });
    await to.create('shop', { Resources: { A: queue({ DelaySeconds: 1 }), T: named('one'), Gone: queue() } });
    const { Changes = [] } = await to.changeSet('shop', { Resources: { A: queue({ DelaySeconds: 2 }), T: named('two') } });
    expect(Changes.map(({ ResourceChange: c }) => [c?.Action, c?.LogicalResourceId, c?.Replacement, c?.PolicyAction])).toEqual([
      ['Modify', 'A', 'False', undefined],
      ['Modify', 'T', 'True', 'ReplaceAndRetain'],
      ['Remove', 'Gone', undefined, 'Delete'],
    ]);
    expect(Changes[0]?.ResourceChange?.Details?.[0]).toEqual({
      Target: {
        Attribute: 'Properties',
        Name: 'DelaySeconds',
        RequiresRecreation: 'Never',
        Path: '/Properties/DelaySeconds',
        BeforeValue: '1',
        AfterValue: '2',
        AttributeChangeType: 'Modify',
      },
      Evaluation: 'Static',
      ChangeSource: 'DirectModification',
    });
  });

  test('who names an attribute of what changes may change too, and then does not', async () => {
    const permission = {
      Type: 'AWS::Lambda::Permission',
      Properties: { Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com', FunctionName: { 'Fn::GetAtt': ['F', 'Arn'] } },
    };
    await to.create('shop', { Resources: { Role: role, F: fn(128), P: permission } });
    const set = await to.changeSet('shop', { Resources: { Role: role, F: fn(256), P: permission } });
    expect(set.Changes?.map(({ ResourceChange: c }) => [c?.LogicalResourceId, c?.Replacement])).toEqual([
      ['F', 'False'],
      ['P', 'Conditional'],
    ]);
    expect(set.Changes?.[1]?.ResourceChange?.Details?.[0]).toMatchObject({
      Evaluation: 'Dynamic',
      ChangeSource: 'ResourceAttribute',
      CausingEntity: 'F.Arn',
    });
    await to.execute(set);
    await to.settled('shop');
    expect((await to.story('shop')).filter((line) => line.startsWith('P UPDATE'))).toEqual([]);
  });

  test('a parameter changes what names it', async () => {
    const template = { Parameters: { Delay: { Type: 'Number' } }, Resources: { A: queue({ DelaySeconds: { Ref: 'Delay' } }) } };
    await to.create('shop', template, { Parameters: [{ ParameterKey: 'Delay', ParameterValue: '1' }] });
    const set = await to.changeSet('shop', template, { Parameters: [{ ParameterKey: 'Delay', ParameterValue: '2' }] });
    expect(set.Changes?.[0]?.ResourceChange?.Details?.[0]).toMatchObject({ ChangeSource: 'ParameterReference', CausingEntity: 'Delay' });
  });

  test('secrets are stars', async () => {
    const template = { Parameters: { Key: { Type: 'String', NoEcho: true } }, ...one() };
    const set = await to.changeSet('shop', template, {
      ChangeSetType: 'CREATE',
      Parameters: [{ ParameterKey: 'Key', ParameterValue: 'hush' }],
    });
    expect(set.Parameters).toEqual([{ ParameterKey: 'Key', ParameterValue: '****' }]);
  });

  test('nothing', async () => {
    await to.create('shop', one());
    const set = await to.changeSet('shop', one());
    expect(set).toMatchObject({
      Status: 'FAILED',
      StatusReason: "The submitted information didn't contain changes. Submit different information to create a change set.",
      ExecutionStatus: 'UNAVAILABLE',
    });
  });

  test('only an output: no changes, and yet to be executed', async () => {
    await to.create('shop', one());
    const set = await to.changeSet('shop', { ...one(), Outputs: { Url: { Value: { Ref: 'A' } } } });
    expect(set).toMatchObject({ Status: 'CREATE_COMPLETE' });
    expect(set.Changes ?? []).toEqual([]);
    await to.execute(set);
    expect((await to.settled('shop')).Outputs).toHaveLength(1);
  });

  test('by pages', async () => {
    const many = Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`A${index}`, queue()]));
    const { ChangeSetId } = await to.changeSet('shop', { Resources: many }, { ChangeSetType: 'CREATE' });
    const sizes: (number | undefined)[] = [];
    for await (const page of paginateDescribeChangeSet({ client: to.cfn }, { ChangeSetName: ChangeSetId }))
      sizes.push(page.Changes?.length);
    expect(sizes).toEqual([100, 100, 50]);
  });

  test('with values some may be missing, and a warning says so', async () => {
    await to.create('shop', { Resources: { A: queue(), Db: queue() } });
    aws.scenes.valuesHide('Db');
    const set = await to.changeSet('shop', one());
    expect(set.Changes ?? []).toEqual([]);
    expect(set.StatusReason).toBe(
      '[WARN] --include-property-values option can return incomplete ChangeSet data because: Logical Id: Db, failed property validation',
    );
    const plain = await to.cfn.send(new DescribeChangeSetCommand({ ChangeSetName: set.ChangeSetId }));
    expect(plain.Changes?.[0]?.ResourceChange).toMatchObject({ Action: 'Remove', LogicalResourceId: 'Db' });
    expect(plain.StatusReason).toBeUndefined();
  });
});

describe('what is refused', () => {
  const create = (more = {}) =>
    to.cfn.send(new CreateChangeSetCommand({ StackName: 'shop', ChangeSetName: 'x', TemplateBody: JSON.stringify(one()), ...more }));

  test('an update of nothing, a creation of what exists', async () => {
    expect(await refusal(create())).toBe('ValidationError: Stack [shop] does not exist');
    await to.create('shop', one());
    expect(await refusal(create({ ChangeSetType: 'CREATE' }))).toBe(
      'ValidationError: Stack [shop] already exists and cannot be created again with the changeSet [x].',
    );
  });

  test('while something is under way', async () => {
    aws.clock.pace = 'stopped';
    aws.someone.starts({ stack: 'shop', template: one() });
    expect(await refusal(create())).toMatch(/^ValidationError: Stack:arn:.* is in CREATE_IN_PROGRESS state and can not be updated\.$/);
  });

  test('the same name once more', async () => {
    await create({ ChangeSetType: 'CREATE', ClientToken: 't' });
    const { Id } = await create({ ChangeSetType: 'CREATE', ClientToken: 't' });
    expect(Id).toBe(aws.stack('shop')?.changeSets[0]?.id);
    expect(aws.stack('shop')?.changeSets).toHaveLength(1);
    expect(
      await refusal(create({ ChangeSetType: 'CREATE', ClientToken: 't', TemplateBody: JSON.stringify(one({ DelaySeconds: 2 })) })),
    ).toBe('AlreadyExistsException: ChangeSet x cannot be created due to a mismatch with existing attribute Template');
  });

  test('without the capabilities', async () => {
    const template = JSON.stringify({ Resources: { Role: role } });
    expect(await refusal(create({ ChangeSetType: 'CREATE', TemplateBody: template }))).toBe(
      'InsufficientCapabilitiesException: Requires capabilities : [CAPABILITY_IAM]',
    );
  });

  test('unknown ones', async () => {
    expect(await refusal(to.cfn.send(new DescribeChangeSetCommand({ ChangeSetName: 'x' })))).toBe(
      'ValidationError: StackName must be specified if ChangeSetName is not specified as an ARN.',
    );
    await to.create('shop', one());
    expect(await refusal(to.cfn.send(new DescribeChangeSetCommand({ ChangeSetName: 'x', StackName: 'shop' })))).toBe(
      'ChangeSetNotFoundException: ChangeSet [x] does not exist',
    );
  });

  test.each([
    [
      { Description: 'x'.repeat(1025) },
      /at 'description' failed to satisfy constraint: Member must have length less than or equal to 1024$/,
    ],
    [{ ChangeSetName: '1x' }, /at 'changeSetName' failed to satisfy constraint: Member must satisfy regular expression pattern/],
    [{ StackName: 'a_b' }, /at 'stackName' failed to satisfy constraint/],
    [{ Tags: [{ Key: 'aws:x', Value: 'y' }] }, /aws: prefixed tag key names are not allowed/],
    [{ Tags: [{ Key: 'x', Value: 'y'.repeat(257) }] }, /at 'tags.1.member.value'/],
    [
      { ChangeSetType: 'NEW' },
      /at 'changeSetType' failed to satisfy constraint: Member must satisfy enum value set: \[CREATE, UPDATE, IMPORT\]$/,
    ],
    [
      { TemplateBody: 'x'.repeat(51_201) },
      /at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to 51200$/,
    ],
    [{ TemplateBody: undefined }, /Either Template URL or Template Body must be specified\.$/],
  ])('what the model refuses: %#', async (more, said) => {
    expect(await refusal(create({ ChangeSetType: 'CREATE', ...more }))).toMatch(said);
  });

  test('in China the ARNs say so', async () => {
    const there = new Clients(aws, { region: 'cn-north-1' });
    expect((await there.create('shop', one())).StackId).toMatch(/^arn:aws-cn:cloudformation:cn-north-1:123456789012:stack\/shop\//);
  });

  test('one too many', async () => {
    aws.service.options.changeSetLimit = 1;
    await create({ ChangeSetType: 'CREATE' });
    expect(await refusal(create({ ChangeSetType: 'CREATE', ChangeSetName: 'y' }))).toBe(
      'LimitExceededException: ChangeSet limit exceeded for stack shop',
    );
  });
});

describe('execution', () => {
  test('of what failed, of what is obsolete, once more', async () => {
    await to.create('shop', one());
    const failed = await to.changeSet('shop', one());
    expect(await refusal(to.execute(failed))).toMatch(
      /^InvalidChangeSetStatusException: ChangeSet \[arn:.*\] cannot be executed in its current status of \[FAILED\]$/,
    );
    const mine = await to.changeSet('shop', one({ DelaySeconds: 3 }));
    const other = await to.changeSet('shop', one({ DelaySeconds: 4 }));
    await to.execute(other, { ClientRequestToken: 'same' });
    expect(await refusal(to.execute(mine))).toMatch(/cannot be executed in its current execution status of \[OBSOLETE\]$/);
    await to.execute(other, { ClientRequestToken: 'same' });
    await to.settled('shop');
    expect(aws.stack('shop')?.operations).toHaveLength(2);
  });

  test('change sets are listed and deleted; an empty stack under review stays', async () => {
    const { ChangeSetId } = await to.changeSet('shop', one(), { ChangeSetType: 'CREATE', Description: '{"run":1}' });
    const { Summaries } = await to.cfn.send(new ListChangeSetsCommand({ StackName: 'shop' }));
    expect(Summaries).toMatchObject([{ ChangeSetId, Description: '{"run":1}', Status: 'CREATE_COMPLETE' }]);
    await to.cfn.send(new DeleteChangeSetCommand({ ChangeSetName: ChangeSetId }));
    expect(await refusal(to.cfn.send(new ExecuteChangeSetCommand({ ChangeSetName: ChangeSetId })))).toMatch(/^ChangeSetNotFoundException/);
    expect((await to.stack('shop')).StackStatus).toBe('REVIEW_IN_PROGRESS');
  });
});
