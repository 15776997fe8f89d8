import { adopt } from './adopt.ts';
import { deletion, kmsKey } from './data.ts';
import { tags } from './function.ts';
import { duration, flag, interpolatedText, object, text, word } from './kit.ts';
import { from } from './receivers.ts';
import { policy } from './policy.ts';
import { sharing } from './sharing.ts';

const PAGE = 'https://docs.aws.amazon.com/sns/latest/dg';

const topicOf = (property: string) => `AWS::SNS::Topic ${property}`;

export const topic = object(
  'An SNS topic: a published message goes to all subscribers.',
  {
    displayName: text('The display name in e-mails and text messages.', {
      pattern: '^.{1,100}$',
      means: 'up to 100 characters',
      aws: topicOf('DisplayName'),
      also: ['DisplayName'],
    }),
    fifo: flag('In order per message group. Only queues can subscribe. It cannot be changed later.', {
      aws: topicOf('FifoTopic'),
      page: `${PAGE}/sns-fifo-topics.html`,
      also: ['FifoTopic'],
    }),
    deduplication: word(
      'FIFO: what identifies duplicates.',
      { content: 'A hash of the body.', id: 'The ID that the publisher sets.' },
      { aws: topicOf('ContentBasedDeduplication'), also: ['ContentBasedDeduplication'], usually: 'id' },
    ),
    throughput: word(
      'FIFO: how throughput is limited.',
      { topic: 'Limits apply to the whole topic.', group: 'High throughput: limits apply per message group.' },
      { aws: topicOf('FifoThroughputScope'), also: ['FifoThroughputScope'], usually: 'topic' },
    ),
    archive: duration('FIFO: how long messages are archived for replay.', {
      from: 86_400,
      to: 365 * 86_400,
      examples: ['30 days'],
      aws: topicOf('ArchivePolicy'),
      page: `${PAGE}/message-archiving-and-replay-topic-owner.html`,
      also: ['ArchivePolicy', 'MessageRetentionPeriod'],
    }),
    tracing: flag('Passes X-Ray traces on.', { aws: topicOf('TracingConfig'), also: ['TracingConfig'] }),
    from: from.topics,
    key: kmsKey('the messages', topicOf('KmsMasterKeyId')),
    policy: policy('AWS::SNS::TopicPolicy PolicyDocument'),
    tags,
    ...sharing,
    physicalName: text('The topic’s name in AWS. If left out, AWS generates one and can replace the topic.', {
      pattern: '^[a-zA-Z0-9_-]{1,256}(\\.fifo)?$',
      means: 'up to 256 letters, digits, _ and -',
      aws: topicOf('TopicName'),
      also: ['TopicName', 'topicName'],
    }),
    existing: interpolatedText('The name or ARN of an existing topic, instead of creating one.', {
      also: ['arn', 'Arn', 'TopicArn', 'fromTopicArn'],
    }),
    adopt: adopt('The name or ARN of a topic', {
      pattern: '^(arn:[^:]+:sns:[^:]*:[^:]*:.+|[^:]+)$',
      means: 'the name or ARN of a topic',
      examples: ['orders'],
    }),
    deletion,
  },
  { id: 'topic', empty: true, aws: 'AWS::SNS::Topic', page: `${PAGE}/welcome.html` },
);
