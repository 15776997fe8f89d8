import {
  DescribeAccountLimitsCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  ExecuteChangeSetCommand,
} from '@aws-sdk/client-cloudformation';
import { DeleteObjectsCommand, PutBucketPolicyCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FakeAws, startAws } from '../aws.ts';
import { cloudformationActions } from '../cloudformation/api.ts';
import { s3Actions } from '../s3/api.ts';
import { Clients, queue, refusal } from './clients.ts';

let aws: FakeAws;
let to: Clients;
beforeEach(async () => {
  aws = await startAws();
  to = new Clients(aws);
});
afterEach(() => aws.close());

const one = (properties = {}) => ({ Resources: { A: queue(properties) } });

describe('the network', () => {
  test('goes and comes back on the same port', async () => {
    const { url } = aws;
    await aws.down();
    expect(await refusal(to.sts.send(new GetCallerIdentityCommand({})))).toMatch(/ECONNREFUSED/);
    await aws.up();
    expect(aws.url).toBe(url);
    expect((await to.sts.send(new GetCallerIdentityCommand({}))).Account).toBe(aws.account);
  });

  test('shows a certificate nobody signed', async () => {
    const intercepted = await startAws({ tls: true });
    expect(intercepted.url).toMatch(/^https:/);
    expect(await refusal(new Clients(intercepted).sts.send(new GetCallerIdentityCommand({})))).toMatch(/self-signed certificate/);
    await intercepted.close();
  });
});

describe('answers that promise', () => {
  test('what was never done', async () => {
    const set = await to.changeSet('shop', one(), { ChangeSetType: 'CREATE' });
    aws.fault({ action: 'ExecuteChangeSet', call: 1, kind: 'pretend' });
    await to.execute(set, { ClientRequestToken: 'same' });
    expect(aws.stack('shop')?.status).toBe('REVIEW_IN_PROGRESS');
    await to.execute(set, { ClientRequestToken: 'same' });
    expect(aws.stack('shop')?.status).toBe('CREATE_IN_PROGRESS');
  });

  test('a token once more is a success or a refusal: nobody says which', async () => {
    aws.service.options.repeatedToken = 'refused';
    const set = await to.changeSet('shop', one(), { ChangeSetType: 'CREATE' });
    await to.execute(set, { ClientRequestToken: 'same' });
    expect(await refusal(to.execute(set, { ClientRequestToken: 'same' }))).toMatch(/^TokenAlreadyExistsException: /);
    expect(await refusal(to.cfn.send(new ExecuteChangeSetCommand({ ChangeSetName: set.ChangeSetId })))).toBe(
      'InvalidChangeSetStatusException: An operation on this ChangeSet is currently in progress.',
    );
  });

  test('a change set that never settles', async () => {
    aws.scenes.changeSetHangs();
    const set = to.changeSet('shop', one(), { ChangeSetType: 'CREATE' });
    void set.catch(() => undefined);
    while (aws.calls.count('DescribeChangeSet') < 3) await new Promise((done) => setTimeout(done, 5));
    aws.clock.advance(3_600_000);
    expect(aws.stack('shop')?.changeSets[0]?.status).toBe('CREATE_IN_PROGRESS');
    await aws.close();
  });
});

describe('stacks', () => {
  test('a role that cannot be assumed', async () => {
    const RoleARN = 'arn:aws:iam::123456789012:role/gone';
    aws.scenes.roleIsRefused(RoleARN);
    expect(await refusal(to.changeSet('shop', one(), { ChangeSetType: 'CREATE', RoleARN }))).toBe(
      `ValidationError: Role ${RoleARN} is invalid or cannot be assumed`,
    );
  });

  test('an alarm that rings takes the update back', async () => {
    const Arn = 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:errors';
    await to.create('shop', one());
    aws.scenes.alarmRings(Arn);
    const RollbackConfiguration = { RollbackTriggers: [{ Arn, Type: 'AWS::CloudWatch::Alarm' }] };
    const stack = await to.deploy('shop', one({ DelaySeconds: 1 }), { RollbackConfiguration });
    expect(stack.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect((await to.story('shop')).some((line) => line.includes(Arn))).toBe(true);
  });

  test('in express mode everything is complete when it is configured', async () => {
    await to.create('shop', one(), { DeploymentConfig: { Mode: 'EXPRESS' } });
    const complete = (await to.events('shop')).find(
      ({ ResourceStatus, LogicalResourceId }) => LogicalResourceId === 'A' && ResourceStatus === 'CREATE_COMPLETE',
    );
    expect(complete).toMatchObject({ DetailedStatus: 'CONFIGURATION_COMPLETE', ResourceStatusReason: expect.any(String) });
  });

  test('code that is not in its bucket any more', async () => {
    const bucket = aws.makeBucket({ name: 'artifacts', versioning: 'Enabled' });
    bucket.put('a.zip', Buffer.from('zip'), new Date());
    const F = {
      Type: 'AWS::Lambda::Function',
      Properties: { Code: { S3Bucket: 'artifacts', S3Key: 'a.zip' }, Role: 'arn:aws:iam::123456789012:role/r' },
    };
    const set = await to.changeSet('shop', { Resources: { F } }, { ChangeSetType: 'CREATE' });
    bucket.remove('a.zip', undefined, new Date());
    await to.execute(set);
    expect((await to.settled('shop')).StackStatus).toBe('ROLLBACK_COMPLETE');
    expect((await to.story('shop')).find((line) => line.startsWith('F CREATE_FAILED'))).toContain('S3 Error Code: NoSuchKey');
  });

  test('a function in a VPC goes when its network interfaces have gone', async () => {
    const F = {
      Type: 'AWS::Lambda::Function',
      Properties: { Code: { ZipFile: 'x' }, Role: 'arn:aws:iam::123456789012:role/r', VpcConfig: { SubnetIds: ['subnet-1'] } },
    };
    await to.create('shop', { Resources: { F, ...one().Resources } });
    const before = aws.clock.now;
    expect((await to.deploy('shop', one())).StackStatus).toBe('UPDATE_COMPLETE');
    expect(aws.clock.now - before).toBeGreaterThan(20 * 60_000);
    expect((await to.story('shop')).join('\n')).toContain(
      'CloudFormation is waiting for NetworkInterfaces associated with the Lambda Function',
    );
  });

  test('a parameter that is read from Systems Manager', async () => {
    aws.about.parameters.set('/shop/name', 'orders');
    const template = {
      Parameters: { Name: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/shop/name' } },
      ...one({ QueueName: { Ref: 'Name' } }),
    };
    const stack = await to.create('shop', template);
    expect(stack.Parameters).toEqual([{ ParameterKey: 'Name', ParameterValue: '/shop/name', ResolvedValue: 'orders' }]);
    expect(aws.stack('shop')?.resource('A')?.properties).toEqual({ QueueName: 'orders' });
  });

  test('a status that goes back for a moment', async () => {
    const set = await to.changeSet('shop', one(), { ChangeSetType: 'CREATE' });
    const stack = aws.stack('shop');
    if (!stack) throw new Error('no stack');
    aws.scenes.lags(stack, 1, 1);
    await to.execute(set);
    const seen = [];
    for (let look = 0; look < 3; look += 1) seen.push((await to.stack('shop')).StackStatus);
    expect(seen).toEqual(['CREATE_IN_PROGRESS', 'REVIEW_IN_PROGRESS', 'CREATE_IN_PROGRESS']);
  });

  test('change sets of stacks within, also those without changes', async () => {
    const bucket = aws.makeBucket({ name: 'artifacts' });
    const child = (properties = {}) => Buffer.from(JSON.stringify(one(properties)));
    const nested = (key: string) => ({
      Type: 'AWS::CloudFormation::Stack',
      Properties: { TemplateURL: `https://s3.eu-west-1.amazonaws.com/artifacts/${key}` },
    });
    bucket.put('one', child(), new Date());
    bucket.put('same', child(), new Date());
    bucket.put('two', child({ DelaySeconds: 2 }), new Date());
    await to.create('shop', { Resources: { X: nested('one'), Y: nested('one') } });
    const set = await to.changeSet('shop', { Resources: { X: nested('two'), Y: nested('same') } }, { IncludeNestedStacks: true });
    const inner = (set.Changes ?? []).map(({ ResourceChange }) =>
      to.cfn.send(new DescribeChangeSetCommand({ ChangeSetName: ResourceChange?.ChangeSetId })),
    );
    const [x, y] = await Promise.all(inner);
    expect(x).toMatchObject({
      Status: 'CREATE_COMPLETE',
      ParentChangeSetId: set.ChangeSetId,
      Changes: [{ ResourceChange: { LogicalResourceId: 'A', Action: 'Modify' } }],
    });
    expect(y).toMatchObject({ Status: 'FAILED', StatusReason: expect.stringContaining("didn't contain changes") });
  });

  test('more than a thousand events, each once', async () => {
    const many = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`A${index}`, queue()]));
    await to.create('shop', { Resources: many });
    const events = await to.events('shop');
    expect(events.length).toBe(400 * 3 + 3);
    expect(new Set(events.map(({ EventId }) => EventId)).size).toBe(events.length);
    expect((await to.cfn.send(new DescribeStackEventsCommand({ StackName: 'shop' }))).StackEvents).toHaveLength(100);
  });

  test('what an account may have', async () => {
    expect((await to.cfn.send(new DescribeAccountLimitsCommand({}))).AccountLimits).toContainEqual({ Name: 'StackLimit', Value: 2000 });
  });
});

describe('buckets', () => {
  test('keys that go at the second time, and writers that are shut out', async () => {
    const bucket = aws.makeBucket({ name: 'data' });
    bucket.put('a', Buffer.from('x'), new Date());
    bucket.stubborn.set('a', 1);
    const remove = () => to.s3.send(new DeleteObjectsCommand({ Bucket: 'data', Delete: { Objects: [{ Key: 'a' }] } }));
    expect((await remove()).Errors).toMatchObject([{ Key: 'a', Code: 'InternalError' }]);
    expect((await remove()).Errors).toBeUndefined();
    const Policy = JSON.stringify({
      Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: 'arn:aws:s3:::data/*' }],
    });
    await to.s3.send(new PutBucketPolicyCommand({ Bucket: 'data', Policy }));
    expect(await refusal(to.s3.send(new PutObjectCommand({ Bucket: 'data', Key: 'b', Body: 'x' })))).toBe('AccessDenied: Access Denied');
  });
});

test('other services answer what doctors ask', async () => {
  aws.about.apiGatewayRole = 'arn:aws:iam::123456789012:role/logs';
  const ask = async (service: string, path: string, init: RequestInit = {}) => {
    const authorization = `AWS4-HMAC-SHA256 Credential=AKIA/20260101/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
    const response = await fetch(`${aws.url}${path}`, { ...init, headers: { authorization, ...init.headers } });
    return response.json();
  };
  expect(await ask('apigateway', '/account')).toMatchObject({ cloudwatchRoleArn: 'arn:aws:iam::123456789012:role/logs' });
  expect(await ask('lambda', '/2016-08-19/account-settings/')).toMatchObject({ AccountLimit: { ConcurrentExecutions: 1000 } });
  aws.about.parameters.set('a', 'b');
  const parameter = { method: 'POST', body: JSON.stringify({ Name: 'a' }), headers: { 'x-amz-target': 'AmazonSSM.GetParameter' } };
  expect(await ask('ssm', '/', parameter)).toMatchObject({ Parameter: { Value: 'b' } });
});

test.each(cloudformationActions)('%s can be refused', async (action) => {
  aws.fault({ action, kind: 'accessDenied' });
  const body = new URLSearchParams({ Action: action, Version: '2010-05-15', StackName: 'shop' });
  const authorization = 'AWS4-HMAC-SHA256 Credential=AKIA/20260101/eu-west-1/cloudformation/aws4_request, SignedHeaders=host, Signature=0';
  const response = await fetch(aws.url, { method: 'POST', body, headers: { authorization } });
  expect(response.status).toBe(403);
  expect(await response.text()).toContain(
    `is not authorized to perform: cloudformation:${action} on resource: arn:aws:cloudformation:eu-west-1:123456789012:stack/shop/*`,
  );
});

test('the operations there are', () => {
  expect([...cloudformationActions].sort()).toMatchInlineSnapshot(`
    [
      "CancelUpdateStack",
      "ContinueUpdateRollback",
      "CreateChangeSet",
      "DeleteChangeSet",
      "DeleteStack",
      "DescribeAccountLimits",
      "DescribeChangeSet",
      "DescribeEvents",
      "DescribeStackDriftDetectionStatus",
      "DescribeStackEvents",
      "DescribeStackResource",
      "DescribeStackResourceDrifts",
      "DescribeStackResources",
      "DescribeStacks",
      "DetectStackDrift",
      "ExecuteChangeSet",
      "GetHookResult",
      "GetStackPolicy",
      "GetTemplate",
      "GetTemplateSummary",
      "ListChangeSets",
      "ListExports",
      "ListHookResults",
      "ListImports",
      "ListStackResources",
      "ListStacks",
      "RollbackStack",
      "SetStackPolicy",
      "UpdateTerminationProtection",
      "ValidateTemplate",
    ]
  `);
  expect([...s3Actions].sort()).toMatchInlineSnapshot(`
    [
      "AbortMultipartUpload",
      "DeleteBucket",
      "DeleteBucketPolicy",
      "DeleteObject",
      "DeleteObjectTagging",
      "DeleteObjects",
      "GetBucketEncryption",
      "GetBucketLocation",
      "GetBucketPolicy",
      "GetBucketVersioning",
      "GetLifecycleConfiguration",
      "GetObject",
      "GetObjectTagging",
      "GetPublicAccessBlock",
      "HeadBucket",
      "HeadObject",
      "ListMultipartUploads",
      "ListObjectVersions",
      "ListObjectsV2",
      "PutBucketPolicy",
      "PutObject",
      "PutObjectTagging",
    ]
  `);
});
