/**
 * What AWS's documentation asks for, per way from a source to what it reaches: the page, and all of what a narrow
 * principal may do in a sample. Whatever the role of a function may do besides, for its log and what it was granted, is
 * `besides`.
 */
export interface Documented {
  readonly of: string;
  readonly sample: string;
  /** Pages that list the permissions. */
  readonly page: string;
  /** A role that reads or brings: who takes it on, and everything it may do. */
  readonly role?: { readonly id: string; readonly carriers: readonly string[]; readonly may: readonly string[] };
  /** What is reached, and everyone its own policy lets in. */
  readonly into?: { readonly id: string; readonly by: readonly string[] };
}

export const LAMBDA = ['lambda.amazonaws.com if aws:SourceAccount=${AWS::AccountId}'];
export const PIPES = ['pipes.amazonaws.com if aws:SourceAccount=${AWS::AccountId}'];
export const RULES = ['events.amazonaws.com if aws:SourceAccount=${AWS::AccountId}'];
export const IOT = ['iot.amazonaws.com if aws:SourceAccount=${AWS::AccountId}'];
export const SCHEDULER = [
  'scheduler.amazonaws.com if aws:SourceAccount=${AWS::AccountId} and aws:SourceArn=arn:${AWS::Partition}:scheduler:${AWS::Region}:${AWS::AccountId}:schedule-group/default',
];

export const on = (resource: string, ...actions: readonly string[]): readonly string[] =>
  actions.map((action) => `${action} on ${resource}`);

export const log = (name: string) => on(`\${${name}LogGroup.Arn}`, 'logs:CreateLogStream', 'logs:PutLogEvents');

export const shards = (stream: string) =>
  on(
    stream,
    'kinesis:DescribeStream',
    'kinesis:DescribeStreamSummary',
    'kinesis:GetRecords',
    'kinesis:GetShardIterator',
    'kinesis:ListShards',
  );

export const changes = (stream: string) => [
  ...on(stream, 'dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'),
  'dynamodb:ListStreams on *',
];

export const messages = (queue: string) => on(queue, 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage');

export const interfaces = on(
  '*',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets',
  'ec2:DescribeVpcs',
);

export const PHOTOS = 'arn:${AWS::Partition}:s3:::${AWS::StackName}-photos-${AWS::AccountId}-${AWS::Region}-an';
export const KEY = 'arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000';
export const MSK = 'arn:aws:kafka:eu-central-1:123456789012';
export const ORDERS = 'orders/0a1b2c3d-0000-4000-8000-000000000000-2';

export const invoke = (principal: string, ...pins: readonly string[]) =>
  pins.map((pin) => `${principal} may lambda:InvokeFunction if ${pin}`);
export const ofAccount = (source: string) => `SourceAccount=\${AWS::AccountId} and SourceArn=${source}`;

export const brought = (
  of: string,
  { page, carriers, sample = 'receivers/all' }: { readonly page: string; readonly carriers: readonly string[]; readonly sample?: string },
  id: string,
  ...may: readonly (readonly string[])[]
): Documented => ({ of, sample, page, role: { id, carriers, may: may.flat() } });
