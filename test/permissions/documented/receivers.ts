import { PHOTOS, PIPES, RULES, SCHEDULER, brought, changes, messages, on, shards, type Documented } from './kit.ts';

const PIPE_PAGE = 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-permissions.html';
const RULE_PAGE = 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-identity-based.html';
const SCHEDULE_PAGE = 'https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-templated.html';

const pipe = { page: PIPE_PAGE, carriers: PIPES };
const rule = { page: RULE_PAGE, carriers: RULES };
const schedule = { page: SCHEDULE_PAGE, carriers: SCHEDULER };

/** Every way to something that is no function. */
export const receivers: readonly Documented[] = [
  brought(
    'a pipe from a stream to a queue',
    pipe,
    'AuditQueueOrdersStreamRole',
    shards('${OrdersStream.Arn}'),
    on('${AuditQueue.Arn}', 'sqs:SendMessage'),
    on('${AuditQueueOrdersStreamFailureQueue.Arn}', 'sqs:SendMessage'),
  ),
  brought(
    'a pipe from a queue to a stream',
    pipe,
    'SettledStreamReplaysQueueRole',
    messages('${ReplaysQueue.Arn}'),
    on('${SettledStream.Arn}', 'kinesis:PutRecord', 'kinesis:PutRecords'),
  ),
  brought(
    'a pipe from a table to a bus',
    pipe,
    'ShopBusCartsTableRole',
    changes('${CartsTable.StreamArn}'),
    on('${ShopBus.Arn}', 'events:PutEvents'),
    on('${ShopBusCartsTableFailureQueue.Arn}', 'sqs:SendMessage'),
  ),
  brought('a rule to a stream', rule, 'SettledStreamShopBusRole', on('${SettledStream.Arn}', 'kinesis:PutRecord')),
  brought('a rule to another bus', rule, 'ShopBusDefaultBusRole', on('${ShopBus.Arn}', 'events:PutEvents')),
  brought(
    'a schedule to a queue',
    schedule,
    'AuditQueueXScheduleScheduleScheduleRole',
    on('${AuditQueue.Arn}', 'sqs:SendMessage'),
    on('${LostQueue.Arn}', 'sqs:SendMessage'),
  ),
  brought(
    'a schedule to a bus',
    schedule,
    'ShopBusXScheduleScheduleScheduleRole',
    on('${ShopBus.Arn}', 'events:PutEvents'),
    on('${ShopBusXScheduleScheduleDeadLetterQueue.Arn}', 'sqs:SendMessage'),
  ),
  brought(
    'a schedule to a stream',
    schedule,
    'TicksStreamXScheduleScheduleScheduleRole',
    on('${TicksStream.Arn}', 'kinesis:PutRecord'),
    on('${TicksStreamXScheduleScheduleDeadLetterQueue.Arn}', 'sqs:SendMessage'),
  ),
  brought(
    'a release that CodeDeploy leads',
    {
      page: 'https://docs.aws.amazon.com/codedeploy/latest/userguide/managed-policies.html',
      carriers: [
        'codedeploy.amazonaws.com if aws:SourceAccount=${AWS::AccountId} and aws:SourceArn=arn:${AWS::Partition}:codedeploy:${AWS::Region}:${AWS::AccountId}:deploymentgroup:${Releases}/*',
      ],
      sample: 'functions/releases',
    },
    'SettleFunctionReleaseRole',
    on('${SettleFunction.Arn}', 'lambda:GetAlias', 'lambda:UpdateAlias'),
    on('arn:${AWS::Partition}:cloudwatch:${AWS::Region}:${AWS::AccountId}:alarm:*', 'cloudwatch:DescribeAlarms'),
    on('${AskedFunction.Arn}', 'lambda:InvokeFunction'),
  ),
  {
    of: 'a topic, a bucket and rules to a queue',
    sample: 'receivers/all',
    page: 'https://docs.aws.amazon.com/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html',
    into: {
      id: 'AuditQueue',
      by: [
        'events.amazonaws.com may sqs:SendMessage if aws:SourceArn=${AuditQueueOldSourceRule.Arn}',
        'events.amazonaws.com may sqs:SendMessage if aws:SourceArn=${AuditQueueShopBusRule.Arn}',
        `s3.amazonaws.com may sqs:SendMessage if aws:SourceAccount=\${AWS::AccountId} and aws:SourceArn=${PHOTOS}`,
        'sns.amazonaws.com may sqs:SendMessage if aws:SourceArn=${NewsTopic}',
      ],
    },
  },
  {
    of: 'a bucket and a rule to a topic',
    sample: 'receivers/all',
    page: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html',
    into: {
      id: 'NewsTopic',
      by: [
        'events.amazonaws.com may sns:Publish if aws:SourceArn=${NewsTopicDefaultBusRule.Arn}',
        `s3.amazonaws.com may sns:Publish if aws:SourceAccount=\${AWS::AccountId} and aws:SourceArn=${PHOTOS}`,
      ],
    },
  },
  {
    of: 'a subscription to where its undelivered messages are kept',
    sample: 'receivers/all',
    page: 'https://docs.aws.amazon.com/sns/latest/dg/sns-configure-dead-letter-queue.html',
    into: { id: 'AuditQueueNewsTopicDeadLetterQueue', by: ['sns.amazonaws.com may sqs:SendMessage if aws:SourceArn=${NewsTopic}'] },
  },
];
