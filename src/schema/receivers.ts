import { choice, flag, list, nameOf, text, type Choice } from './kit.ts';
import { redriven, retried } from './delivery.ts';
import { bucketOptions } from './sources/bucket.ts';
import { bus, busOptions } from './sources/bus.ts';
import { iot, ruled } from './sources/iot.ts';
import { as, polled, replayed, start } from './sources/pulled.ts';
import { expression, scheduleOptions } from './sources/schedule.ts';
import { filter } from './sources/topic.ts';

const PIPES = 'https://docs.aws.amazon.com/eventbridge/latest/userguide';

/** What stands for order where the receiver keeps one. */
const ordered = {
  messageGroup: text('FIFO queues: the message group of everything from this source.', {
    pattern: '^[A-Za-z0-9!-/:-@[-`{-~]{1,128}$',
    means: 'up to 128 characters',
    aws: 'AWS::Events::Rule Targets.SqsParameters.MessageGroupId',
    also: ['MessageGroupId'],
  }),
  partitionKey: text('Streams: what determines the shard, a part of the event such as `$.detail.id`.', {
    pattern: '^.{1,256}$',
    means: 'a part of the event such as $.detail.id',
    aws: 'AWS::Events::Rule Targets.KinesisParameters.PartitionKeyPath',
    also: ['PartitionKeyPath', 'PartitionKey'],
  }),
} as const;

/** What an event is called that a pipe or a schedule puts on a bus. */
const named = {
  source: text('Buses: the `source` of the event.', {
    pattern: '^.{1,256}$',
    means: 'the source of an event, such as shop',
    aws: 'AWS::Pipes::Pipe TargetParameters.EventBridgeEventBusParameters.Source',
    also: ['Source'],
  }),
  detailType: text('Buses: the `detail-type` of the event.', {
    pattern: '^.{1,128}$',
    means: 'the type of an event, such as OrderPlaced',
    aws: 'AWS::Pipes::Pipe TargetParameters.EventBridgeEventBusParameters.DetailType',
    also: ['DetailType'],
  }),
} as const;

const { filter: patterns, batchSize, batchWindow, enabled } = polled;
const { retries, maxAge, parallelization } = replayed;

/** Options of every pipe: from something that is polled, with no function between. */
const piped = {
  batchSize,
  batchWindow,
  enabled,
  filter: patterns,
  template: text('What is sent instead of the record: JSON, with `<$.body.id>` for parts of it.', {
    pattern: '^[\\s\\S]{1,8192}$',
    means: 'up to 8192 characters',
    aws: 'AWS::Pipes::Pipe TargetParameters.InputTemplate',
    page: `${PIPES}/eb-pipes-input-transformation.html`,
    also: ['InputTemplate', 'inputTransformation'],
  }),
  ...ordered,
  ...named,
  as,
} as const;

const fromShards = { ...piped, parallelization, retries, maxAge, start } as const;

const pipe = <const K extends 'streams' | 'tables' | 'queues'>(doc: string, kind: K) =>
  nameOf(doc, kind, { aws: 'AWS::Pipes::Pipe', page: `${PIPES}/eb-pipes.html`, also: ['Pipe', 'pipe'] });

const receivable = {
  topic: {
    value: nameOf('A topic: SNS sends each message.', 'topics', {
      aws: 'AWS::SNS::Subscription',
      page: 'https://docs.aws.amazon.com/sns/latest/dg/sns-sqs-as-subscriber.html',
      also: ['SNS', 'sns', 'SqsSubscription'],
    }),
    options: {
      filter,
      raw: flag('Only the message, without SNS’s envelope.', {
        aws: 'AWS::SNS::Subscription RawMessageDelivery',
        also: ['RawMessageDelivery', 'rawMessageDelivery'],
      }),
      delivery: redriven('AWS::SNS::Subscription RedrivePolicy'),
      as,
    },
  },
  bucket: {
    value: nameOf('A bucket: S3 sends each event.', 'buckets', {
      aws: 'AWS::S3::Bucket NotificationConfiguration',
      page: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html',
      also: ['S3', 's3'],
    }),
    options: { ...bucketOptions, as },
  },
  bus: { value: bus.value, options: { ...busOptions, ...ordered, delivery: retried('AWS::Events::Rule Targets.RetryPolicy'), as } },
  schedule: {
    value: expression,
    options: { ...scheduleOptions, ...ordered, ...named, delivery: retried('AWS::Scheduler::Schedule Target.RetryPolicy'), as },
  },
  iot: {
    value: iot.value,
    options: {
      sqlVersion: iot.options.sqlVersion,
      description: ruled.description,
      enabled: ruled.enabled,
      onError: ruled.onError,
      partitionKey: ordered.partitionKey,
      as,
    },
  },
  stream: { value: pipe('A stream: a pipe sends each record.', 'streams'), options: fromShards },
  table: { value: pipe('A table: a pipe sends each change.', 'tables'), options: fromShards },
  queue: { value: pipe('A queue: a pipe sends each message.', 'queues'), options: piped },
} as const;

const receives = <const V extends readonly (keyof typeof receivable)[]>(...kinds: V) =>
  list(
    'What it receives, with no function in between: one source or several.',
    choice(
      'What is received.',
      'source',
      Object.fromEntries(kinds.map((kind) => [kind, receivable[kind]])) as unknown as { readonly [K in V[number]]: (typeof receivable)[K] },
      {},
    ),
    { single: true, min: 1, by: 'as', also: ['subscriptions', 'subscribe', 'events', 'sources', 'trigger'] },
  );

/** Whoever can receive, and what. */
export const from = {
  queues: receives('topic', 'bucket', 'bus', 'schedule', 'iot', 'stream', 'table', 'queue'),
  topics: receives('bucket', 'bus', 'schedule', 'iot', 'stream', 'table', 'queue'),
  streams: receives('bus', 'schedule', 'iot', 'stream', 'table', 'queue'),
  buses: receives('bus', 'schedule', 'stream', 'table', 'queue'),
  stateMachines: receives('bus', 'schedule', 'iot', 'stream', 'table', 'queue'),
} as const;

/** Everything that can be received, told once for the reference. */
export const received = choice(
  'What is received.',
  'source',
  receivable,
  {},
  {
    facts: (kind) => {
      const by = Object.entries(from).filter(([, { item }]) => kind in (item as Choice).variants);
      return [`**By**: ${by.map(([receiver]) => `\`${receiver}\``).join(', ')}.`];
    },
  },
);
