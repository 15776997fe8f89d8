import { asked, about, count, flag, forms, list, nameOf, object, required, text, word } from '../kit.ts';
import { polled, retried, start } from './pulled.ts';

const PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg';

const mapping = (property: string) => `AWS::Lambda::EventSourceMapping ${property}`;

const TOPIC = { pattern: '^[A-Za-z0-9_-][A-Za-z0-9._-]{0,248}$', means: 'up to 249 letters, digits and ._-' };

const pollers = object(
  'Event pollers of this source’s own, which scale faster and let Lambda give up on a batch. They cost by the hour.',
  {
    min: required(
      count('At least so many.', {
        from: 1,
        to: 200,
        aws: mapping('ProvisionedPollerConfig.MinimumPollers'),
        also: ['MinimumPollers', 'minimumPollers'],
      }),
    ),
    max: required(
      count('At most so many.', {
        from: 1,
        to: 2000,
        aws: mapping('ProvisionedPollerConfig.MaximumPollers'),
        also: ['MaximumPollers', 'maximumPollers'],
      }),
    ),
    group: text('A name: sources of one VPC with the same name share the capacity of their pollers.', {
      pattern: '^[A-Za-z0-9_-]{1,128}$',
      means: 'up to 128 letters, digits and _-',
      aws: mapping('ProvisionedPollerConfig.PollerGroupName'),
      page: `${PAGE}/kafka-scaling-modes.html`,
      also: ['PollerGroupName', 'pollerGroupName'],
    }),
  },
  {
    aws: mapping('ProvisionedPollerConfig'),
    page: `${PAGE}/kafka-scaling-modes.html`,
    also: ['ProvisionedPollerConfig', 'provisionedPollerConfig', 'provisionedPollers', 'minimumPollers', 'maximumPollers'],
  },
);

const REGISTRY = 'SelfManagedKafkaEventSourceConfig.SchemaRegistryConfig';

const schemas = object(
  'With `pollers`: records are held against the cluster’s `registry` before the function sees them.',
  {
    format: required(
      word(
        'How the function gets a record.',
        { json: 'As JSON, whatever it was.', source: 'As it was, without the id of its schema.' },
        { aws: mapping(`${REGISTRY}.EventRecordFormat`), also: ['EventRecordFormat', 'eventRecordFormat'] },
      ),
    ),
    validate: required(
      list('Which parts of a record must fit their schemas.', word('A part.', { key: 'Its key.', value: 'Its value.' }), {
        single: true,
        min: 1,
        max: 2,
        aws: mapping(`${REGISTRY}.SchemaValidationConfigs`),
        also: ['SchemaValidationConfigs', 'schemaValidationConfigs', 'Attribute'],
      }),
    ),
  },
  {
    aws: mapping(REGISTRY),
    page: `${PAGE}/services-consume-kafka-events.html`,
    also: ['SchemaRegistryConfig', 'schemaRegistryConfig', 'schemaRegistry'],
  },
);

export const kafka = {
  value: object(
    'A topic of a cluster of Kafka: Lambda reads its partitions and calls the function with batches of records, in order within each.',
    {
      name: required(nameOf('The cluster.', 'kafkaClusters')),
      topics: required(
        list('The topic. Lambda takes one for each source.', text('A topic.', TOPIC), {
          single: true,
          min: 1,
          max: 1,
          aws: mapping('Topics'),
          page: `${PAGE}/with-kafka.html`,
          also: ['Topics', 'topic', 'Topic'],
        }),
      ),
      group: text(
        'The consumer group Lambda joins. Where it has read before, it goes on from there, whatever `start` says. It cannot be changed later.',
        {
          pattern: '^[A-Za-z0-9/:_+=.@-]{1,200}$',
          means: 'up to 200 letters, digits and -/:_+=.@',
          aws: mapping('SelfManagedKafkaEventSourceConfig.ConsumerGroupId'),
          page: `${PAGE}/with-kafka.html`,
          also: ['ConsumerGroupId', 'consumerGroupId', 'consumerGroup'],
          usually: 'one that Lambda names after the mapping',
        },
      ),
    },
    {
      aws: 'AWS::Lambda::EventSourceMapping',
      page: `${PAGE}/with-kafka.html`,
      also: ['MSK', 'msk', 'SelfManagedKafka', 'ManagedKafkaEventSource', 'selfManagedKafka'],
    },
  ),
  options: {
    ...polled,
    batchWindow: about(polled.batchWindow.doc, polled.batchWindow, { usually: '500 milliseconds' }),
    metrics: forms(
      'Counts the events of each step, and with `pollers` also errors and what Kafka’s own consumers measure. They cost.',
      {
        flag: flag('The events of each step.'),
        list: list(
          'Which.',
          word('A group of metrics.', {
            EventCount: 'The events of each step: polled, filtered, invoked, failed, dropped.',
            ErrorCount: 'What went wrong between the cluster and the function. With `pollers`.',
            KafkaMetrics: 'What the Kafka consumers measure. With `pollers`.',
          }),
          { min: 1 },
        ),
      },
      { aws: mapping('MetricsConfig.Metrics'), page: `${PAGE}/monitoring-metrics-types.html`, also: ['MetricsConfig', 'metricsConfig'] },
    ),
    ...retried,
    start: asked(start),
    mode: word(
      'How the topic is read.',
      {
        stream: 'In order within each partition, by one poller each.',
        queue:
          'Without order, by many at once: share groups, which brokers have from Kafka 4.2 on. Not of Amazon MSK. Only where the mapping is new.',
      },
      {
        aws: mapping('SelfManagedKafkaEventSourceConfig.ConsumptionMode'),
        page: `${PAGE}/polling-kafka-queue.html`,
        also: ['ConsumptionMode', 'consumptionMode'],
        usually: 'stream',
      },
    ),
    pollers,
    schemas,
    logLevel: word(
      'With `pollers`: what the pollers write into the function’s log group.',
      { debug: 'Everything.', info: 'How it goes.', warn: 'Only what may be wrong.' },
      {
        aws: mapping('LoggingConfig.SystemLogLevel'),
        page: `${PAGE}/esm-logging.html`,
        also: ['LoggingConfig', 'SystemLogLevel', 'loggingConfig'],
      },
    ),
  },
  polling: {
    delivery: 'pull',
    caller:
      'Lambda connects to the brokers as a consumer group, from the cluster’s subnets, and calls the function with batches of records.',
    permission: 'role',
    invocation: 'poll',
    polls: 'As a consumer of the topic, all the time; the number of pollers follows the lag, with `pollers` within its bounds.',
    concurrency: 'One call at a time for each partition, at the most.',
    ordering: 'Within each partition; none with `mode: queue`.',
    retries:
      'The whole batch is tried again until it is handled or its records expire, and blocks its partition. With `pollers`: `retries` times, until `maxAge`, in halves with `bisect`; with `partialFailures` only what failed.',
    failure:
      'The batch goes to `onFailure`: with `pollers` a queue made for it unless said otherwise. From a cluster in a VPC the way there needs an endpoint.',
    page: `${PAGE}/with-kafka.html`,
  },
} as const;
