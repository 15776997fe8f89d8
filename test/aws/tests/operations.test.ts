import {
  DeleteStackCommand,
  DescribeEventsCommand,
  DescribeStackDriftDetectionStatusCommand,
  DescribeStackResourceCommand,
  DescribeStackResourceDriftsCommand,
  DescribeStackResourcesCommand,
  DetectStackDriftCommand,
  GetStackPolicyCommand,
  GetTemplateCommand,
  GetTemplateSummaryCommand,
  ListExportsCommand,
  ListImportsCommand,
  ListStackResourcesCommand,
  ListStacksCommand,
  SetStackPolicyCommand,
  UpdateTerminationProtectionCommand,
  ValidateTemplateCommand,
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

const living = (name = 'shop') => {
  const stack = aws.stack(name);
  if (!stack) throw new Error(`No ${name}`);
  return stack;
};

describe('stacks as they are', () => {
  test('their resources, templates and summaries', async () => {
    await to.create('shop', { Description: 'A shop', ...one() });
    const { StackResourceSummaries } = await to.cfn.send(new ListStackResourcesCommand({ StackName: 'shop' }));
    expect(StackResourceSummaries).toMatchObject([
      { LogicalResourceId: 'A', ResourceType: 'AWS::SQS::Queue', ResourceStatus: 'CREATE_COMPLETE' },
    ]);
    const { StackResources } = await to.cfn.send(new DescribeStackResourcesCommand({ StackName: 'shop' }));
    expect(StackResources?.[0]?.PhysicalResourceId).toMatch(/^https:\/\/sqs\.eu-west-1/);
    const { StackResourceDetail } = await to.cfn.send(new DescribeStackResourceCommand({ StackName: 'shop', LogicalResourceId: 'A' }));
    expect(StackResourceDetail?.ResourceType).toBe('AWS::SQS::Queue');
    const { TemplateBody } = await to.cfn.send(new GetTemplateCommand({ StackName: 'shop', TemplateStage: 'Original' }));
    expect(TemplateBody).toBe(JSON.stringify({ Description: 'A shop', ...one() }));
    const { StackSummaries } = await to.cfn.send(new ListStacksCommand({ StackStatusFilter: ['CREATE_COMPLETE'] }));
    expect(StackSummaries).toMatchObject([{ StackName: 'shop', TemplateDescription: 'A shop' }]);
    expect((await to.stack('shop')).LastOperations).toMatchObject([{ OperationType: 'CREATE_STACK' }]);
  });

  test('templates before they are stacks', async () => {
    const template = {
      Parameters: { P: { Type: 'String', Default: 'x' } },
      Resources: { R: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'r', AssumeRolePolicyDocument: {} } } },
    };
    const TemplateBody = JSON.stringify(template);
    const summary = await to.cfn.send(new GetTemplateSummaryCommand({ TemplateBody }));
    expect(summary).toMatchObject({
      Capabilities: ['CAPABILITY_NAMED_IAM'],
      ResourceTypes: ['AWS::IAM::Role'],
      Parameters: [{ ParameterKey: 'P', DefaultValue: 'x' }],
    });
    expect(summary.ResourceIdentifierSummaries?.[0]?.ResourceIdentifiers).toEqual(['RoleName']);
    expect((await to.cfn.send(new ValidateTemplateCommand({ TemplateBody }))).Capabilities).toEqual(['CAPABILITY_NAMED_IAM']);
  });

  test('a stack under review has no summary', async () => {
    await to.changeSet('shop', one(), { ChangeSetType: 'CREATE' });
    expect(await refusal(to.cfn.send(new GetTemplateSummaryCommand({ StackName: 'shop' })))).toBe(
      'ValidationError: GetTemplateSummary cannot be called on REVIEW_IN_PROGRESS stacks.',
    );
  });

  test('events of an operation, and those that failed', async () => {
    aws.resource('A').fails('CREATE', 'no');
    const { StackId } = await to.create('shop', one());
    const [operation] = living().operations;
    const of = async (request: { OperationId?: string; StackName?: string }) =>
      (await to.cfn.send(new DescribeEventsCommand({ ...request, Filters: { FailedEvents: true } }))).OperationEvents?.map(
        (event) => event.ResourceStatusReason,
      );
    expect(await of({ OperationId: operation?.id ?? '' })).toEqual(['no']);
    expect(await of({ StackName: StackId ?? '' })).toEqual(['no']);
  });
});

describe('protection', () => {
  test('a protected stack is not deleted', async () => {
    await to.create('shop', one());
    await to.cfn.send(new UpdateTerminationProtectionCommand({ StackName: 'shop', EnableTerminationProtection: true }));
    expect((await to.stack('shop')).EnableTerminationProtection).toBe(true);
    expect(await refusal(to.cfn.send(new DeleteStackCommand({ StackName: 'shop' })))).toBe(
      'ValidationError: Stack [shop] cannot be deleted while TerminationProtection is enabled',
    );
  });

  test('a stack policy denies', async () => {
    const table = (name: string) => ({
      Resources: { T: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: name, KeySchema: [] } }, A: queue() },
    });
    await to.create('shop', table('one'));
    const Statement = [
      { Effect: 'Deny', Action: ['Update:Replace', 'Update:Delete'], Principal: '*', Resource: 'LogicalResourceId/T' },
      { Effect: 'Allow', Action: 'Update:*', Principal: '*', Resource: '*' },
    ];
    await to.cfn.send(new SetStackPolicyCommand({ StackName: 'shop', StackPolicyBody: JSON.stringify({ Statement }) }));
    expect(JSON.parse((await to.cfn.send(new GetStackPolicyCommand({ StackName: 'shop' }))).StackPolicyBody ?? '')).toEqual({ Statement });
    expect((await to.deploy('shop', table('two'))).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await to.story('shop')).toContain(
      'T UPDATE_FAILED: Action denied by stack policy: Statement [#1] does not allow [Update:Replace] for resource [LogicalResourceId/T]',
    );
    expect((await to.deploy('shop', one())).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(living().resource('T')?.physicalId).toBe('one');
  });

  test('exports in use', async () => {
    const exporting = (name: string) => ({ ...one(), Outputs: { Url: { Value: { Ref: 'A' }, Export: { Name: name } } } });
    await to.create('base', exporting('url'));
    await to.create('app', {
      Resources: { B: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: { 'Fn::ImportValue': 'url' } } } },
    });
    expect((await to.cfn.send(new ListExportsCommand({}))).Exports).toMatchObject([{ Name: 'url' }]);
    expect((await to.cfn.send(new ListImportsCommand({ ExportName: 'url' }))).Imports).toEqual(['app']);
    expect(await refusal(to.cfn.send(new DeleteStackCommand({ StackName: 'base' })))).toBe(
      'ValidationError: Delete canceled. Cannot delete export url as it is in use by app.',
    );
    const stack = await to.deploy('base', exporting('other'));
    expect(stack.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect((await to.story('base')).some((line) => line.includes('Cannot delete export url as it is in use by app'))).toBe(true);
    const failed = await to.changeSet(
      'lost',
      { Resources: { B: queue({ QueueName: { 'Fn::ImportValue': 'none' } }) } },
      { ChangeSetType: 'CREATE' },
    );
    expect(failed.StatusReason).toBe('No export named none found');
  });
});

describe('drift', () => {
  test('is detected, shown, and taken back', async () => {
    await to.create('shop', { Resources: { A: queue({ DelaySeconds: 1 }), B: queue() } });
    aws.scenes.drift(living(), 'A', { DelaySeconds: 900 });
    aws.scenes.drift(living(), 'B', 'DELETED');
    const { StackDriftDetectionId } = await to.cfn.send(new DetectStackDriftCommand({ StackName: 'shop' }));
    const status = await to.cfn.send(new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId }));
    expect(status).toMatchObject({ DetectionStatus: 'DETECTION_COMPLETE', StackDriftStatus: 'DRIFTED', DriftedStackResourceCount: 2 });
    const { StackResourceDrifts } = await to.cfn.send(new DescribeStackResourceDriftsCommand({ StackName: 'shop' }));
    expect(StackResourceDrifts?.[0]?.PropertyDifferences).toEqual([
      { PropertyPath: '/DelaySeconds', ExpectedValue: '1', ActualValue: '900', DifferenceType: 'NOT_EQUAL' },
    ]);
    const set = await to.changeSet(
      'shop',
      { Resources: { A: queue({ DelaySeconds: 1 }), B: queue() } },
      { DeploymentMode: 'REVERT_DRIFT' },
    );
    expect(set.Changes?.map(({ ResourceChange: c }) => [c?.Action, c?.LogicalResourceId, c?.ResourceDriftStatus])).toEqual([
      ['Modify', 'A', 'MODIFIED'],
      ['Add', 'B', 'DELETED'],
    ]);
    expect(set.Changes?.[0]?.ResourceChange?.Details?.[0]?.Target).toMatchObject({
      BeforeValue: '900',
      AfterValue: '1',
      BeforeValueFrom: 'ACTUAL_STATE',
    });
    await to.execute(set);
    expect((await to.settled('shop')).StackStatus).toBe('UPDATE_COMPLETE');
    expect(
      aws.cloud.world
        .all()
        .map(({ properties }) => properties['DelaySeconds'])
        .sort(),
    ).toEqual([1, undefined]);
  });
});

describe('hooks while resources are made', () => {
  test('forbid or warn', async () => {
    aws.resource('A').hooked({ type: 'Acme::Check', fails: true, mode: 'WARN', reason: 'hm' });
    expect((await to.create('shop', one())).StackStatus).toBe('CREATE_COMPLETE');
    aws.resource('A').hooked({ type: 'Acme::Check', fails: true, reason: 'no' });
    expect((await to.deploy('shop', one({ DelaySeconds: 2 }))).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    const hooked = (await to.events('shop'))
      .filter(({ HookType }) => HookType)
      .map(({ HookStatus, HookFailureMode }) => `${HookStatus} ${HookFailureMode}`);
    expect(hooked).toEqual(['HOOK_IN_PROGRESS WARN', 'HOOK_COMPLETE_FAILED WARN', 'HOOK_IN_PROGRESS FAIL', 'HOOK_COMPLETE_FAILED FAIL']);
  });
});

describe('stacks within stacks', () => {
  const child = (properties = {}) => JSON.stringify({ ...one(properties), Outputs: { Url: { Value: { Ref: 'A' } } } });
  const parent = (key: string) => ({
    Resources: {
      Data: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: `https://s3.eu-west-1.amazonaws.com/artifacts/${key}` } },
      B: queue({ QueueName: { 'Fn::GetAtt': ['Data', 'Outputs.Url'] } }),
    },
  });
  beforeEach(() => {
    aws.makeBucket({ name: 'artifacts' }).put('one', Buffer.from(child()), new Date());
    aws.bucket('artifacts')?.put('two', Buffer.from(child({ DelaySeconds: 2 })), new Date());
  });

  test('are made, changed and deleted with them', async () => {
    const { StackId = '' } = await to.create('shop', parent('one'));
    const nested = living().resource('Data')?.nested;
    expect(nested?.status).toBe('CREATE_COMPLETE');
    expect((await to.stack(nested?.id ?? '')).ParentId).toBe(StackId);
    expect((await to.deploy('shop', parent('two'))).StackStatus).toBe('UPDATE_COMPLETE');
    expect(nested?.resource('A')?.properties).toEqual({ DelaySeconds: 2 });
    await to.cfn.send(new DeleteStackCommand({ StackName: 'shop' }));
    expect((await to.settled(StackId)).StackStatus).toBe('DELETE_COMPLETE');
    expect(nested?.status).toBe('DELETE_COMPLETE');
  });

  test('a failure within fails the parent; the cause is the child’s', async () => {
    await to.create('shop', parent('one'));
    aws.resource('A').fails('UPDATE', 'deep down');
    expect((await to.deploy('shop', parent('two'))).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    const nested = living().resource('Data')?.nested;
    expect((await to.story('shop')).find((line) => line.startsWith('Data UPDATE_FAILED'))).toMatch(
      /Embedded stack arn:.* was not successfully updated: The following resource\(s\) failed to update: \[A\]/,
    );
    expect(await to.story(nested?.id ?? '')).toContain('A UPDATE_FAILED: deep down');
    expect(nested?.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  });
});
