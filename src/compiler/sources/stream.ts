import { address } from '../cloud/address.ts';
import { resource, type Part } from '../cloud/part.ts';
import { attribute, ref, region, stackName, text, urlSuffix, type Value } from '../cloud/value.ts';
import { problems } from '../diagnostics/problem.ts';
import type { Thing } from '../resolve/model.ts';
import { functionAddress, roleAddress } from '../resources/function-address.ts';
import type { Context } from '../resources/meaning.ts';
import { streamArn } from '../resources/streams.ts';
import { tagList } from '../resources/tags.ts';
import { failureDestination, verifyFailure } from './failure.ts';
import { filterCriteria, verifyFilter } from './filter.ts';
import type { Source, SourceMeaning } from './source.ts';

export const streamSourceProblems = problems({
  'start-of-existing': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` exists already, so where reading starts must be said.`,
    why: 'A stream that exists has records in it. `trim-horizon` works off all of them, `latest` none: which one is right, only you know.',
    fix: () => ({ title: 'Add `start: latest` or `start: trim-horizon`' }),
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-parameters.html',
  },
  'too-many-readers': {
    severity: 'warning',
    message: ({ name, readers }: { name: string; readers: number }) =>
      `${readers} consumers share the reads of \`${name}\`; each shard takes five a second in all, and Lambda makes one a second for each.`,
    why: 'More than five standard consumers slow each other down, and records come late. `fanOut: enhanced` gives a consumer reads of its own; it costs by the shard-hour.',
    page: 'https://docs.aws.amazon.com/streams/latest/dev/enhanced-consumers.html',
  },
  'older-than-the-stream-keeps': {
    severity: 'warning',
    message: ({ name }: { name: string }) => `\`maxAge\` is longer than \`${name}\` keeps its records, so it has no effect.`,
    why: 'A record that leaves the stream is gone, whatever the age until which it would be tried again.',
  },
});

/** The ARN of the consumer by which an enhanced reader reads. */
const consumerAddress = (source: Source<'stream'>) => address('AWS::Kinesis::StreamConsumer', source.names, 'StreamConsumer');

/** A Kinesis stream. https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html */
export const stream: SourceMeaning<'stream'> = {
  delivery: 'pull',
  pace: ({ settings }) =>
    settings.fanOut === 'enhanced' ? 'pushed to Lambda’s poller over HTTP/2' : 'Lambda polls each shard once a second',
  named: (settings) => ({ name: settings.stream.name, word: 'Stream' }),

  verify(source, context, report) {
    const { settings, written } = source;
    const { name, settings: of } = settings.stream;
    if (of.existing && settings.start === undefined) report(streamSourceProblems['start-of-existing'], source.place, { name });
    const readers = sharedReaders(settings.stream, context);
    if (readers > 5 && settings.fanOut === 'shared') report(streamSourceProblems['too-many-readers'], source.place, { name, readers });
    if (typeof settings.maxAge === 'number' && !of.existing && settings.maxAge > of.retention) {
      report(streamSourceProblems['older-than-the-stream-keeps'], written.at('maxAge').place, { name });
    }
    verifyFilter(written.at('filter'), KEYS, report);
    verifyFailure(source, context, report);
  },

  expand: (source, context) => [
    mapping(source, context),
    ...(source.settings.fanOut === 'enhanced' ? [streamConsumer(source, context)] : []),
    ...reading(source, context),
    ...failureDestination(source, context).parts,
  ],
};

/** What a filter can look at. https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis-filtering.html */
const KEYS = ['data', 'partitionKey', 'sequenceNumber', 'approximateArrivalTimestamp', 'kinesisSchemaVersion'];

function sharedReaders(stream: Thing<'streams'>, { model }: Context): number {
  return model
    .all('consumers')
    .filter(
      (consumer) =>
        !consumer.written.broken &&
        consumer.settings.from.some((from) => from.kind === 'stream' && from.stream === stream && from.fanOut === 'shared'),
    ).length;
}

function mapping(source: Source<'stream'>, context: Context): Part {
  const { settings, names, fn, place: because, path } = source;
  const enhanced = settings.fanOut === 'enhanced';
  const failure = failureDestination(source, context).arn;
  return resource(
    address('AWS::Lambda::EventSourceMapping', names, 'Source'),
    {
      FunctionName: ref(functionAddress(fn)),
      EventSourceArn: enhanced ? attribute(consumerAddress(source), 'ConsumerARN') : streamArn(settings.stream, context),
      ...startingPosition(settings.start ?? 'trim-horizon'),
      BatchSize: settings.batchSize ?? 100,
      ...(settings.batchWindow !== undefined && { MaximumBatchingWindowInSeconds: settings.batchWindow }),
      ParallelizationFactor: settings.parallelization,
      ...(settings.tumblingWindow !== undefined && { TumblingWindowInSeconds: settings.tumblingWindow }),
      BisectBatchOnFunctionError: settings.bisect,
      // Without a number Lambda tries for ever, and a record that cannot be handled blocks its shard.
      MaximumRetryAttempts: settings.retries === 'forever' ? -1 : (settings.retries ?? 5),
      ...(typeof settings.maxAge === 'number' && { MaximumRecordAgeInSeconds: settings.maxAge }),
      ...(settings.partialFailures && { FunctionResponseTypes: ['ReportBatchItemFailures'] }),
      ...(failure !== undefined && { DestinationConfig: { OnFailure: { Destination: failure } } }),
      ...(settings.filter && { FilterCriteria: filterCriteria(settings.filter, context) }),
      ...(settings.key && { KmsKeyArn: context.text(settings.key) }),
      ...(settings.metrics === true && { MetricsConfig: { Metrics: ['EventCount'] } }),
      Enabled: settings.enabled,
      ...tagList(fn.settings.tags, context),
    },
    {
      because,
      path,
      ...(settings.stream.settings.existing && {
        accepted: [{ rule: 'W9002', reason: 'The stream exists already, outside of this stack.' }],
      }),
    },
  );
}

function startingPosition(start: string): { readonly StartingPosition: string; readonly StartingPositionTimestamp?: number } {
  if (start === 'trim-horizon') return { StartingPosition: 'TRIM_HORIZON' };
  if (start === 'latest') return { StartingPosition: 'LATEST' };
  return { StartingPosition: 'AT_TIMESTAMP', StartingPositionTimestamp: Date.parse(start) / 1000 };
}

function streamConsumer(source: Source<'stream'>, context: Context): Part {
  const { settings, names, fn, place: because, path } = source;
  return resource(
    consumerAddress(source),
    {
      // CloudFormation requires a name.
      ConsumerName: text(stackName, '-', ...names.map(({ name }, index) => (index === 0 ? name : `-${name}`))),
      StreamARN: streamArn(settings.stream, context),
      ...tagList(fn.settings.tags, context),
    },
    { because, path },
  );
}

/** Leave for Lambda to read the stream with the function’s role. https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-permissions.html */
function reading(source: Source<'stream'>, context: Context): readonly Part[] {
  const { settings, fn, place: because, path } = source;
  const common = { part: 'grant', to: roleAddress(fn), by: 'service', because, path } as const;
  const { name, settings: of } = settings.stream;
  const reason = `Lambda reads ${name} for it`;
  const consumer: Value = attribute(consumerAddress(source), 'ConsumerARN');
  return [
    {
      ...common,
      actions: [
        'kinesis:DescribeStream',
        'kinesis:DescribeStreamSummary',
        'kinesis:GetRecords',
        'kinesis:GetShardIterator',
        'kinesis:ListShards',
      ],
      on: [streamArn(settings.stream, context)],
      reason,
    },
    ...(settings.fanOut === 'enhanced'
      ? [{ ...common, actions: ['kinesis:DescribeStreamConsumer', 'kinesis:SubscribeToShard'], on: [consumer], reason } as const]
      : []),
    ...(of.key
      ? [
          {
            ...common,
            actions: ['kms:Decrypt'],
            on: [context.text(of.key)],
            when: { StringEquals: { 'kms:ViaService': text('kinesis.', region, '.', urlSuffix) } },
            reason,
          } as const,
        ]
      : []),
  ];
}
