import { asked, about, count, flag, forms, list, nameOf, object, required, text, word } from '../kit.ts';
import { polled, retried, start } from './pulled.ts';

const PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg';

const mapping = (property: string) => `AWS::Lambda::EventSourceMapping ${property}`;

const TOPIC = { pattern: '^[A-Za-z0-9_-][A-Za-z0-9._-]{0,248}$', means: 'up to 249 letters, digits and ._-' };

const pollers = object(
  'Provisioned mode: event pollers for this source, which scale faster and let Lambda give up on a batch. Billed by the hour.',
  {
    min: required(
      count('The minimum.', {
        from: 1,
        to: 200,
        aws: mapping('ProvisionedPollerConfig.MinimumPollers'),
        also: ['MinimumPollers', 'minimumPollers'],
      }),
    ),
    max: required(
      count('The maximum.', {
        from: 1,
        to: 2000,
        aws: mapping('ProvisionedPollerConfig.MaximumPollers'),
        also: ['MaximumPollers', 'maximumPollers'],
      }),
    ),
    group: text('A poller group: sources in one VPC with the same name share the capacity of their pollers.', {
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
  'With `pollers`: records are validated against the cluster’s `registry` before the function gets them.',
  {
    format: required(
      word(
        'The format in which the function gets a record.',
        { json: 'As JSON, whatever its original format.', source: 'As it was, without the schema ID.' },
        { aws: mapping(`${REGISTRY}.EventRecordFormat`), also: ['EventRecordFormat', 'eventRecordFormat'] },
      ),
    ),
    validate: required(
      list('Which parts of a record must match their schemas.', word('A part.', { key: 'Its key.', value: 'Its value.' }), {
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
    'A topic of a Kafka cluster: Lambda reads its partitions and invokes the function with batches of records, in order within each.',
    {
      name: required(nameOf('The cluster.', 'kafkaClusters')),
      topics: required(
        list('The topic. Lambda allows one per source.', text('A topic.', TOPIC), {
          single: true,
          min: 1,
          max: 1,
          aws: mapping('Topics'),
          page: `${PAGE}/with-kafka.html`,
          also: ['Topics', 'topic', 'Topic'],
        }),
      ),
      group: text(
        'The consumer group for Lambda. If it has read before, it continues from there, whatever `start` says. It cannot be changed later.',
        {
          pattern: '^[A-Za-z0-9/:_+=.@-]{1,200}$',
          means: 'up to 200 letters, digits and -/:_+=.@',
          aws: mapping('SelfManagedKafkaEventSourceConfig.ConsumerGroupId'),
          page: `${PAGE}/with-kafka.html`,
          also: ['ConsumerGroupId', 'consumerGroupId', 'consumerGroup'],
          usually: 'one that Lambda names after the event source mapping',
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
      'Metrics of the events at each step, and with `pollers` also errors and Kafka’s own consumer metrics, at extra cost.',
      {
        flag: flag('The events at each step.'),
        list: list(
          'Which.',
          word('A group of metrics.', {
            EventCount: 'The events at each step: polled, filtered, invoked, failed, dropped.',
            ErrorCount: 'Errors between the cluster and the function. With `pollers`.',
            KafkaMetrics: 'Kafka’s own consumer metrics. With `pollers`.',
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
          'Without order, by many at once: share groups, for brokers with Kafka 4.2 or newer. Not for Amazon MSK. Only for a new event source mapping.',
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
      'With `pollers`: what the pollers write to the function’s log group.',
      { debug: 'Everything.', info: 'Progress.', warn: 'Only possible problems.' },
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
      'Lambda connects to the brokers as a consumer group, from the cluster’s subnets, and invokes the function with batches of records.',
    permission: 'role',
    invocation: 'poll',
    polls: 'Continuously, as a consumer of the topic; the number of pollers follows the lag, within the bounds of `pollers`.',
    concurrency: 'At most one invocation at a time per partition.',
    ordering: 'Within each partition; none with `mode: queue`.',
    retries:
      'The whole batch is retried until it succeeds or its records expire, and blocks its partition. With `pollers`: `retries` times, until `maxAge`, in halves with `bisect`; with `partialFailures` only the failed records.',
    failure:
      'The batch goes to `onFailure`: with `pollers` a queue created for it by default. A cluster in a VPC needs a VPC endpoint to reach it.',
    page: `${PAGE}/with-kafka.html`,
  },
} as const;
