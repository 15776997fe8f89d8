import { KEY, LAMBDA, MSK, ORDERS, changes, interfaces, log, messages, on, shards, type Documented } from './kit.ts';

/** Sources that Lambda polls. */
export const pulled = {
  stream: [
    {
      of: 'Kinesis, shared',
      sample: 'consumers/all-options',
      page: 'https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-create.html#kinesis-permissions',
      role: {
        id: 'PlainFunctionRole',
        carriers: LAMBDA,
        may: [
          ...shards('${OrdersStream.Arn}'),
          ...log('PlainFunction'),
          ...on('${PlainFunctionOrdersStreamFailureQueue.Arn}', 'sqs:SendMessage'),
        ],
      },
    },
    {
      of: 'Kinesis, enhanced fan-out, failures to a topic',
      sample: 'consumers/all-options',
      page: 'https://docs.aws.amazon.com/streams/latest/dev/controlling-access.html',
      role: {
        id: 'EveryFunctionRole',
        carriers: LAMBDA,
        may: [
          ...shards('${OrdersStream.Arn}'),
          ...on('${EveryFunctionOrdersStreamStreamConsumer.ConsumerARN}', 'kinesis:DescribeStreamConsumer', 'kinesis:SubscribeToShard'),
          ...log('EveryFunction'),
          ...on('arn:aws:sns:eu-central-1:123456789012:failed', 'sns:Publish'),
        ],
      },
    },
    {
      of: 'Kinesis, failures to a bucket',
      sample: 'consumers/all-options',
      page: 'https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html',
      role: {
        id: 'WindowsFunctionRole',
        carriers: LAMBDA,
        may: [
          ...shards('${OrdersStream.Arn}'),
          ...log('WindowsFunction'),
          ...on('arn:aws:s3:::failed-batches', 's3:ListBucket'),
          ...on('arn:aws:s3:::failed-batches/aws/lambda/*', 's3:PutObject'),
        ],
      },
    },
  ],
  table: [
    {
      of: 'DynamoDB Streams',
      sample: 'sources/table',
      page: 'https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html#events-dynamodb-permissions',
      role: {
        id: 'PlainFunctionRole',
        carriers: LAMBDA,
        may: [
          ...changes('${CartsTable.StreamArn}'),
          ...log('PlainFunction'),
          ...on('${PlainFunctionCartsTableFailureQueue.Arn}', 'sqs:SendMessage'),
        ],
      },
    },
  ],
  queue: [
    {
      of: 'SQS',
      sample: 'sources/queue',
      page: 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html#events-sqs-permissions',
      role: { id: 'PlainFunctionRole', carriers: LAMBDA, may: [...messages('${OrdersQueue.Arn}'), ...log('PlainFunction')] },
    },
    {
      of: 'SQS, encrypted with a key of one’s own',
      sample: 'sources/queue',
      page: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html#receive-from-encrypted-queue',
      role: {
        id: 'TwoFunctionRole',
        carriers: LAMBDA,
        may: [
          ...messages('arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:legacy'),
          `kms:Decrypt on ${KEY} if kms:ViaService=sqs.\${AWS::Region}.\${AWS::URLSuffix}`,
          ...log('TwoFunction'),
        ],
      },
    },
  ],
  kafka: [
    {
      of: 'Amazon MSK, with the function’s role',
      sample: 'sources/kafka',
      page: 'https://docs.aws.amazon.com/lambda/latest/dg/with-msk-permissions.html',
      role: {
        id: 'PlainFunctionRole',
        carriers: LAMBDA,
        may: [
          ...interfaces,
          ...on(`${MSK}:group/${ORDERS}/*`, 'kafka-cluster:AlterGroup', 'kafka-cluster:DescribeGroup'),
          ...on(
            `${MSK}:cluster/${ORDERS}`,
            'kafka-cluster:Connect',
            'kafka-cluster:DescribeClusterDynamicConfiguration',
            'kafka:DescribeClusterV2',
          ),
          ...on(`${MSK}:topic/${ORDERS}/placed`, 'kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'),
          'kafka:GetBootstrapBrokers on *',
          ...log('PlainFunction'),
          ...on('${FailedQueue.Arn}', 'sqs:SendMessage'),
        ],
      },
    },
    {
      of: 'Kafka over the internet',
      sample: 'sources/kafka',
      page: 'https://docs.aws.amazon.com/lambda/latest/dg/with-kafka-permissions.html',
      role: {
        id: 'SharedFunctionRole',
        carriers: LAMBDA,
        may: [
          ...on('arn:aws:secretsmanager:eu-central-1:123456789012:secret:plain-AbCdEf', 'secretsmanager:GetSecretValue'),
          ...log('SharedFunction'),
        ],
      },
    },
  ],
  broker: [
    {
      of: 'Amazon MQ',
      sample: 'sources/broker',
      page: 'https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html#events-mq-permissions',
      role: {
        id: 'PlainFunctionRole',
        carriers: LAMBDA,
        may: [
          ...interfaces,
          ...on('arn:aws:mq:eu-central-1:123456789012:broker:legacy:b-0a1b2c3d-0000-4000-8000-000000000000', 'mq:DescribeBroker'),
          ...on('${SignInSecret}', 'secretsmanager:GetSecretValue'),
          `kms:Decrypt on ${KEY} if kms:ViaService=secretsmanager.\${AWS::Region}.\${AWS::URLSuffix}`,
          ...log('PlainFunction'),
        ],
      },
    },
  ],
  documents: [
    {
      of: 'DocumentDB',
      sample: 'sources/documents',
      page: 'https://docs.aws.amazon.com/lambda/latest/dg/with-documentdb.html#docdb-prereqs',
      role: {
        id: 'PlainFunctionRole',
        carriers: LAMBDA,
        may: [
          ...interfaces,
          'rds:DescribeDBClusterParameters on arn:${AWS::Partition}:rds:${AWS::Region}:${AWS::AccountId}:cluster-pg:*',
          'rds:DescribeDBClusters on arn:aws:rds:eu-central-1:123456789012:cluster:ledger',
          'rds:DescribeDBSubnetGroups on arn:${AWS::Partition}:rds:${AWS::Region}:${AWS::AccountId}:subgrp:*',
          ...on('${SignInSecret}', 'secretsmanager:GetSecretValue'),
          ...log('PlainFunction'),
        ],
      },
    },
  ],
} as const satisfies Readonly<Record<string, readonly Documented[]>>;
