import { about, count, duration, flag, forms, interpolatedText, list, nameOr, or, raw, text, word } from '../kit.ts';
import { NAME } from '../names.ts';

const PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html';

const mapping = (property: string) => `AWS::Lambda::EventSourceMapping ${property}`;

/** Of every source. */
export const as = text('A name for this source, if two sources of one consumer would have the same.', {
  pattern: `^${NAME}$`,
  means: 'a name: lowercase letters, digits and single hyphens',
});

/** Options of every source that Lambda polls. */
export const polled = {
  batchSize: count('The most records per invocation.', {
    from: 1,
    to: 10_000,
    aws: mapping('BatchSize'),
    page: PAGE,
    also: ['BatchSize'],
    usually: '100',
  }),
  batchWindow: duration('How long Lambda waits for a batch to fill.', {
    to: 300,
    examples: ['5 seconds'],
    aws: mapping('MaximumBatchingWindowInSeconds'),
    also: ['MaximumBatchingWindowInSeconds', 'maximumBatchingWindow', 'maxBatchingWindow', 'window'],
    usually: '0 seconds',
  }),
  enabled: or(flag('Whether Lambda polls. Turning it off keeps the position.', { aws: mapping('Enabled'), also: ['Enabled'] }), true),
  metrics: flag('Metrics of the events at each step: polled, filtered, invoked, failed, dropped. At extra cost.', {
    aws: mapping('MetricsConfig.Metrics'),
    also: ['MetricsConfig'],
  }),
  filter: list(
    'Which records invoke the function: a pattern, or several of which one must match. The rest is dropped before the invocation and costs nothing.',
    raw('A pattern.', 'object'),
    {
      single: true,
      min: 1,
      max: 10,
      aws: mapping('FilterCriteria.Filters'),
      page: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html',
      also: ['FilterCriteria', 'filterPatterns', 'filters', 'FilterPatterns'],
    },
  ),
  key: interpolatedText('The ARN of a KMS key that encrypts the filter.', {
    aws: mapping('KmsKeyArn'),
    also: ['KmsKeyArn', 'filterEncryption'],
  }),
  as,
} as const;

const FAILURE_PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-errors.html';
const KAFKA_PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html';

const reported = flag('The handler reports which records failed; only those are retried.', {
  aws: mapping('FunctionResponseTypes'),
  page: 'https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html',
  also: ['FunctionResponseTypes', 'functionResponseType', 'functionResponseTypes', 'reportBatchItemFailures', 'ReportBatchItemFailures'],
});

/** Of every source whose handler can say which records of a batch failed. */
export const partialFailures = or(reported, true);

const bisect = flag('Splits a failed batch in two, to isolate the failing record.', {
  aws: mapping('BisectBatchOnFunctionError'),
  page: FAILURE_PAGE,
  also: ['BisectBatchOnFunctionError', 'bisectBatchOnFunctionError', 'bisectBatchOnError'],
});

/** Options of a source that keeps its records, so that a failed batch can be tried again. */
export const replayed = {
  parallelization: or(
    count('How many batches of one shard are processed at once; records with the same key stay in order.', {
      from: 1,
      to: 10,
      aws: mapping('ParallelizationFactor'),
      also: ['ParallelizationFactor', 'parallelizationFactor'],
    }),
    1,
  ),
  tumblingWindow: duration('Aggregates records over tumbling windows of this length; the handler receives and returns a state.', {
    from: 1,
    to: 900,
    examples: ['1 minute'],
    aws: mapping('TumblingWindowInSeconds'),
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-windows.html',
    also: ['TumblingWindowInSeconds', 'tumblingWindowInSeconds'],
  }),
  bisect: or(bisect, true),
  retries: forms(
    'How often a failed batch is retried. 5 by default: `forever` blocks the shard behind one bad record.',
    { count: count('This often.', { from: 0, to: 10_000 }), text: word('Forever.', { forever: 'Until the record is too old.' }) },
    {
      aws: mapping('MaximumRetryAttempts'),
      page: FAILURE_PAGE,
      also: ['MaximumRetryAttempts', 'maximumRetryAttempts', 'retryAttempts'],
      usually: '5',
    },
  ),
  maxAge: duration('Records older than this are not retried.', {
    words: ['forever'],
    from: 60,
    to: 604_800,
    examples: ['1 hour'],
    aws: mapping('MaximumRecordAgeInSeconds'),
    page: FAILURE_PAGE,
    also: ['MaximumRecordAgeInSeconds', 'maximumRecordAgeInSeconds', 'maxRecordAge'],
    usually: 'forever',
  }),
  partialFailures,
  onFailure: nameOr(
    'Where the metadata of a batch goes after its last retry: a standard queue or topic, a bucket, or the ARN of one; `none` drops it. A queue is created by default.',
    ['queues', 'topics', 'buckets'],
    {
      pattern: '^(none|[A-Za-z.]*[a-z0-9-]+|arn:.+|.*\\$\\(.+)$',
      means: 'an ARN, or none',
      aws: mapping('DestinationConfig.OnFailure'),
      page: FAILURE_PAGE,
      also: ['DestinationConfig', 'OnFailure', 'destinations', 'deadLetterQueue', 'dlq'],
      usually: 'a queue created for it',
    },
  ),
} as const;

const withPollers = (value: string) => ({ usually: `${value} with \`pollers\`; without them, Lambda retries until the records expire` });

/** The same of a topic of Kafka, which needs pollers of its own for most of it. */
export const retried = {
  bisect: about(bisect.doc, bisect, withPollers('true')),
  retries: about(
    'With `pollers`: how often a failed batch is retried. With `forever` and a failure destination, Lambda stops after ten.',
    replayed.retries,
    { ...withPollers('5'), page: KAFKA_PAGE },
  ),
  maxAge: about('With `pollers`: records older than this are not retried.', replayed.maxAge, { page: KAFKA_PAGE }),
  partialFailures: about(`With \`pollers\`: ${reported.doc}`, reported, { ...withPollers('true'), page: KAFKA_PAGE }),
  onFailure: nameOr(
    'Where a failed batch goes after its last retry: a standard queue or topic, a bucket, the ARN of one, or with `pollers` a topic of the same cluster, `kafka://failed-orders`; `none` drops it. A cluster in a VPC needs a VPC endpoint to reach it.',
    ['queues', 'topics', 'buckets'],
    {
      pattern: '^(none|kafka://[A-Za-z0-9._-]{1,249}|[A-Za-z.]*[a-z0-9-]+|arn:.+|.*\\$\\(.+)$',
      means: 'an ARN, kafka://TOPIC, or none',
      aws: mapping('DestinationConfig.OnFailure'),
      page: 'https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure.html',
      also: ['DestinationConfig', 'OnFailure', 'destinations', 'deadLetterQueue', 'dlq'],
      usually: 'a queue created for it, with `pollers`',
    },
  ),
} as const;

export const start = text(
  'Where reading starts: `trim-horizon`, the oldest record; `latest`, new records only; or a time such as 2026-11-01T00:00:00Z.',
  {
    pattern: '^(trim-horizon|latest|[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z)$',
    means: 'trim-horizon, latest, or a time such as 2026-11-01T00:00:00Z',
    examples: ['trim-horizon', 'latest'],
    aws: mapping('StartingPosition'),
    also: [
      'StartingPosition',
      'startingPosition',
      'StartingPositionTimestamp',
      'startingPositionTimestamp',
      'position',
      'TRIM_HORIZON',
      'LATEST',
      'AT_TIMESTAMP',
    ],
    usually: 'trim-horizon for a stream created here; required for an existing one',
  },
);
