import { adopt } from './adopt.ts';
import { deletion, kmsKey } from './data.ts';
import { tags } from './function.ts';
import { count, duration, flag, forms, interpolatedText, list, nameOr, object, or, size, text, word } from './kit.ts';
import { from } from './receivers.ts';
import { policy } from './policy.ts';
import { sharing } from './sharing.ts';

const PAGE = 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide';

const queue = (property: string) => `AWS::SQS::Queue ${property}`;

const failed = (doc: string) =>
  nameOr(doc, ['queues'], { pattern: '^(none|[A-Za-z.]*[a-z0-9-]+|arn:.+|.*\\$\\(.+)$', means: 'the name or ARN of a queue, or none' });

export const queueShape = object(
  'An SQS queue: messages wait until a function has processed them.',
  {
    fifo: flag('In order per message group, each processed once. It cannot be changed later.', {
      aws: queue('FifoQueue'),
      page: `${PAGE}/sqs-fifo-queues.html`,
      also: ['FifoQueue', 'fifoQueue'],
    }),
    deduplication: word(
      'FIFO: what identifies duplicates.',
      { content: 'A hash of the body.', id: 'The ID that the sender sets.' },
      { aws: queue('ContentBasedDeduplication'), also: ['ContentBasedDeduplication', 'contentBasedDeduplication'], usually: 'id' },
    ),
    throughput: word(
      'FIFO: how throughput is limited.',
      { queue: 'Up to 300 API calls a second for the queue.', group: 'High throughput: limits apply per message group.' },
      {
        aws: queue('FifoThroughputLimit'),
        page: `${PAGE}/high-throughput-fifo.html`,
        also: ['FifoThroughputLimit', 'DeduplicationScope', 'fifoThroughputLimit'],
        usually: 'queue',
      },
    ),
    retention: duration('How long messages are kept. 4 days by default; 14 in a dead-letter queue.', {
      from: 60,
      to: 1_209_600,
      examples: ['4 days'],
      aws: queue('MessageRetentionPeriod'),
      also: ['MessageRetentionPeriod', 'retentionPeriod', 'messageRetentionPeriod'],
      usually: '4 days (14 for a dead-letter queue)',
    }),
    visibility: duration(
      'The visibility timeout: how long a received message is hidden from others. Derived from the functions that read the queue.',
      {
        from: 0,
        to: 43_200,
        aws: queue('VisibilityTimeout'),
        page: 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html',
        also: ['VisibilityTimeout', 'visibilityTimeout'],
        usually: '6 × the function’s timeout, plus the batch window',
      },
    ),
    delay: duration('How long a new message is hidden.', {
      from: 0,
      to: 900,
      aws: queue('DelaySeconds'),
      also: ['DelaySeconds', 'deliveryDelay'],
    }),
    wait: or(
      duration('How long a receive waits for a message (long polling), which costs less than polling again.', {
        from: 0,
        to: 20,
        examples: ['20 seconds'],
        aws: queue('ReceiveMessageWaitTimeSeconds'),
        page: `${PAGE}/sqs-short-and-long-polling.html`,
        also: ['ReceiveMessageWaitTimeSeconds', 'receiveMessageWaitTime'],
      }),
      20,
    ),
    maxMessageSize: size('The largest message the queue accepts.', {
      in: 'KiB',
      from: 1,
      to: 1024,
      examples: ['256 KiB'],
      aws: queue('MaximumMessageSize'),
      also: ['MaximumMessageSize', 'maxMessageSizeBytes'],
    }),
    deadLetter: forms(
      'The dead-letter queue for messages that were received too often: a queue, or `none`. One is created for a queue that a function reads.',
      {
        text: failed('A queue, or none.'),
        object: object('A queue, and after how many receives.', {
          queue: failed('A queue. One is created by default.'),
          after: or(count('After this many receives.', { from: 1, to: 1000, also: ['maxReceiveCount'] }), 5),
        }),
      },
      {
        aws: queue('RedrivePolicy'),
        page: `${PAGE}/sqs-dead-letter-queues.html`,
        also: ['RedrivePolicy', 'deadLetterQueue', 'redrivePolicy', 'dlq', 'DeadLetterQueue'],
        usually: 'a queue created for it, after 5 receives, if a function reads it',
      },
    ),
    redriveAllow: forms(
      'Which queues may use this one as their dead-letter queue. By default only those of this system.',
      {
        text: word('All, or none.', { all: 'Every queue of the account.', none: 'No queue.' }),
        list: list('The ARNs of queues.', interpolatedText('An ARN.', { pattern: '^(arn:|.*\\$\\().+', means: 'the ARN of a queue' }), {
          min: 1,
          max: 10,
        }),
      },
      { aws: queue('RedriveAllowPolicy'), page: `${PAGE}/sqs-dead-letter-queues.html`, also: ['RedriveAllowPolicy'] },
    ),
    from: from.queues,
    key: kmsKey('the messages', queue('KmsMasterKeyId')),
    policy: policy('AWS::SQS::QueuePolicy PolicyDocument'),
    tags,
    ...sharing,
    physicalName: text('The queue’s name in AWS. If left out, AWS generates one and can replace the queue.', {
      pattern: '^[a-zA-Z0-9_-]{1,80}(\\.fifo)?$',
      means: 'up to 80 letters, digits, _ and -',
      aws: queue('QueueName'),
      also: ['QueueName', 'queueName'],
    }),
    existing: interpolatedText('The name or ARN of an existing queue, instead of creating one.', {
      also: ['arn', 'Arn', 'import', 'fromQueueArn', 'QueueArn'],
    }),
    adopt: adopt('The name or ARN of a queue', {
      pattern: '^(arn:[^:]+:sqs:[^:]*:[^:]*:.+|[^:]+)$',
      means: 'the name or ARN of a queue',
      examples: ['orders'],
    }),
    deletion,
  },
  { id: 'queue', empty: true, aws: 'AWS::SQS::Queue', page: `${PAGE}/welcome.html` },
);
