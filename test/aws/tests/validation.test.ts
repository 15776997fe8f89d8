import { DescribeEventsCommand, GetHookResultCommand, ListHookResultsCommand } from '@aws-sdk/client-cloudformation';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startAws, type FakeAws } from '../aws.ts';
import { Clients, queue } from './clients.ts';

let aws: FakeAws;
let to: Clients;
beforeEach(async () => {
  aws = await startAws();
  to = new Clients(aws);
});
afterEach(() => aws.close());

const one = (properties = {}) => ({ Resources: { A: queue(properties) } });

describe('validation before', () => {
  const failing = async (set: { StackId?: string | undefined; ChangeSetId?: string | undefined }) => {
    const { OperationEvents } = await to.cfn.send(
      new DescribeEventsCommand({ ChangeSetName: set.ChangeSetId, StackName: set.StackId, Filters: { FailedEvents: true } }),
    );
    return OperationEvents?.map((event) => [
      event.EventType,
      event.ValidationName,
      event.ValidationFailureMode,
      event.ValidationPath,
      event.ValidationStatusReason,
    ]);
  };

  test('of properties', async () => {
    const set = await to.changeSet('shop', one({ Colour: 'red' }), { ChangeSetType: 'CREATE' });
    expect(set.Status).toBe('FAILED');
    expect(set.StatusReason).toMatch(/^The following hook\(s\)\/validation failed: \[AWS::EarlyValidation::PropertyValidation\]\./);
    expect(await failing(set)).toEqual([
      ['VALIDATION_ERROR', 'PROPERTY_VALIDATION', 'FAIL', '/Resources/A/Properties/Colour', 'Unsupported property: Colour'],
    ]);
  });

  test('of names that exist', async () => {
    aws.makeBucket({ name: 'taken' });
    const set = await to.changeSet(
      'shop',
      { Resources: { B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'taken' } } } },
      { ChangeSetType: 'CREATE' },
    );
    expect(await failing(set)).toEqual([
      ['VALIDATION_ERROR', 'NAME_CONFLICT_VALIDATION', 'FAIL', '/Resources/B', 'Resource with the given name already exists'],
    ]);
  });

  test('of buckets that are not empty: a warning', async () => {
    await to.create('shop', { Resources: { A: queue(), B: { Type: 'AWS::S3::Bucket' } } });
    aws.bucket(aws.stack('shop')?.resource('B')?.physicalId ?? '')?.put('a', Buffer.from('a'), new Date());
    const set = await to.changeSet('shop', one());
    expect(set.Status).toBe('CREATE_COMPLETE');
    expect(await failing(set)).toEqual([
      ['VALIDATION_ERROR', 'BUCKET_EMPTINESS_VALIDATION', 'WARN', '/Resources/B', 'S3 bucket is not empty'],
    ]);
  });

  test('as the test says', async () => {
    aws.scenes.validation({ logicalId: 'A', reason: 'Quota', name: 'SERVICE_QUOTA_VALIDATION', mode: 'WARN' });
    const set = await to.changeSet('shop', one(), { ChangeSetType: 'CREATE' });
    expect(set.Status).toBe('CREATE_COMPLETE');
    expect((await failing(set))?.[0]?.[1]).toBe('SERVICE_QUOTA_VALIDATION');
  });

  test('by a hook', async () => {
    aws.scenes.changeSetHook({ type: 'Acme::Security::Check', fails: true, reason: 'Encrypt it.', remediation: 'Set KmsMasterKeyId.' });
    const set = await to.changeSet('shop', one(), { ChangeSetType: 'CREATE' });
    expect(set).toMatchObject({ Status: 'FAILED', StatusReason: 'The following hook(s)/validation failed: [Acme::Security::Check].' });
    const { HookResults } = await to.cfn.send(new ListHookResultsCommand({ TargetType: 'CHANGE_SET', TargetId: set.ChangeSetId }));
    expect(HookResults).toMatchObject([{ TypeName: 'Acme::Security::Check', Status: 'HOOK_COMPLETE_FAILED' }]);
    const result = await to.cfn.send(new GetHookResultCommand({ HookResultId: HookResults?.[0]?.HookResultId }));
    expect(result.Annotations?.[0]?.RemediationMessage).toBe('Set KmsMasterKeyId.');
  });
});

describe('imports', () => {
  const bucket = (more = {}) => ({
    Resources: { B: { Type: 'AWS::DynamoDB::Table', ...more, Properties: { TableName: 'mine', KeySchema: [] } } },
  });

  test('of what exists already, when it is to be kept', async () => {
    aws.someone.makes('AWS::DynamoDB::Table', 'mine');
    const refused = await to.changeSet('shop', bucket(), { ChangeSetType: 'CREATE', ImportExistingResources: true });
    expect(refused.StatusReason).toMatch(/The affected resources are B \({TableName=mine}\)$/);
    const set = await to.changeSet('shop', bucket({ DeletionPolicy: 'Retain' }), {
      ChangeSetType: 'CREATE',
      ImportExistingResources: true,
    });
    expect(set.Changes?.[0]?.ResourceChange).toMatchObject({ Action: 'Import', PhysicalResourceId: 'mine' });
    await to.execute(set);
    expect((await to.settled('shop')).StackStatus).toBe('CREATE_COMPLETE');
    expect(await to.story('shop')).toContain('B IMPORT_COMPLETE');
  });

  test('as asked', async () => {
    aws.someone.makes('AWS::DynamoDB::Table', 'mine');
    await to.create('shop', one());
    const template = { Resources: { ...one().Resources, ...bucket({ DeletionPolicy: 'Retain' }).Resources } };
    const stack = await to.deploy('shop', template, {
      ChangeSetType: 'IMPORT',
      ResourcesToImport: [{ ResourceType: 'AWS::DynamoDB::Table', LogicalResourceId: 'B', ResourceIdentifier: { TableName: 'mine' } }],
    });
    expect(stack.StackStatus).toBe('IMPORT_COMPLETE');
  });

  test('that fail go back', async () => {
    await to.create('shop', one());
    const template = { Resources: { ...one().Resources, ...bucket({ DeletionPolicy: 'Retain' }).Resources } };
    const stack = await to.deploy('shop', template, {
      ChangeSetType: 'IMPORT',
      ResourcesToImport: [{ ResourceType: 'AWS::DynamoDB::Table', LogicalResourceId: 'B', ResourceIdentifier: { TableName: 'mine' } }],
    });
    expect(stack.StackStatus).toBe('IMPORT_ROLLBACK_COMPLETE');
  });
});
