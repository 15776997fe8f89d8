import {
  CloudFormationClient,
  CreateChangeSetCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
} from '@aws-sdk/client-cloudformation';
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startAws, type FakeAws } from '../aws.ts';

let aws: FakeAws;
beforeEach(async () => {
  aws = await startAws();
});
afterEach(() => aws.close());

const config = () => ({ endpoint: aws.url, region: 'eu-west-1', credentials: { accessKeyId: 'AKIA1', secretAccessKey: 'x' } });

test('who asks', async () => {
  const answer = await new STSClient(config()).send(new GetCallerIdentityCommand({}));
  expect(answer.Account).toBe('123456789012');
});

test('a stack from a template in a bucket, with the real clients', async () => {
  aws.makeBucket({ name: 'artifacts', versioning: 'Enabled' });
  const s3 = new S3Client({ ...config(), forcePathStyle: true });
  const template = JSON.stringify({
    Resources: { Orders: { Type: 'AWS::SQS::Queue' }, Topic: { Type: 'AWS::SNS::Topic', DependsOn: 'Orders' } },
    Outputs: { Url: { Value: { Ref: 'Orders' } } },
  });
  await s3.send(
    new PutObjectCommand({
      Bucket: 'artifacts',
      Key: 'v1/a.json',
      Body: Buffer.from(template),
      ChecksumAlgorithm: 'SHA256',
      IfNoneMatch: '*',
    }),
  );
  const head = await s3.send(
    new HeadObjectCommand({ Bucket: 'artifacts', Key: 'v1/a.json', ChecksumMode: 'ENABLED', ExpectedBucketOwner: '123456789012' }),
  );
  expect(head.ChecksumSHA256).toMatch(/=$/);
  const cfn = new CloudFormationClient(config());
  const { Id, StackId } = await cfn.send(
    new CreateChangeSetCommand({
      StackName: 'shop',
      ChangeSetName: 'one',
      ChangeSetType: 'CREATE',
      TemplateURL: 'https://s3.eu-west-1.amazonaws.com/artifacts/v1/a.json',
    }),
  );
  let described = await cfn.send(new DescribeChangeSetCommand({ ChangeSetName: Id }));
  while (described.Status !== 'CREATE_COMPLETE') described = await cfn.send(new DescribeChangeSetCommand({ ChangeSetName: Id }));
  expect(described.Changes?.map((one) => one.ResourceChange?.Action)).toEqual(['Add', 'Add']);
  await cfn.send(new ExecuteChangeSetCommand({ ChangeSetName: Id, ClientRequestToken: 't1' }));
  let stack = (await cfn.send(new DescribeStacksCommand({ StackName: StackId }))).Stacks?.[0];
  for (let looks = 0; stack?.StackStatus !== 'CREATE_COMPLETE' && looks < 50; looks += 1)
    stack = (await cfn.send(new DescribeStacksCommand({ StackName: StackId }))).Stacks?.[0];
  expect(stack?.Outputs?.[0]?.OutputValue).toMatch(/^https:\/\/sqs/);
  const { StackEvents } = await cfn.send(new DescribeStackEventsCommand({ StackName: StackId }));
  expect(StackEvents?.map((one) => `${one.LogicalResourceId} ${one.ResourceStatus}`).reverse()).toMatchInlineSnapshot(`
    [
      "shop REVIEW_IN_PROGRESS",
      "shop CREATE_IN_PROGRESS",
      "Orders CREATE_IN_PROGRESS",
      "Orders CREATE_IN_PROGRESS",
      "Orders CREATE_COMPLETE",
      "Topic CREATE_IN_PROGRESS",
      "Topic CREATE_IN_PROGRESS",
      "Topic CREATE_COMPLETE",
      "shop CREATE_COMPLETE",
    ]
  `);
});
