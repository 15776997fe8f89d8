import { stream as shape } from '../../schema/sources/stream.ts';
import { address } from '../cloud/address.ts';
import { resource, type Part } from '../cloud/part.ts';
import { attribute, stackName, text, type Value } from '../cloud/value.ts';
import { problems } from '../diagnostics/problem.ts';
import { add, choosing, fixing, leavingOut } from '../edit/fixes.ts';
import { beside } from '../edit/edits.ts';
import type { Thing } from '../resolve/model.ts';
import type { Context, Statement } from '../resources/meaning.ts';
import { keyStatement, streamArn } from '../resources/streams.ts';
import { tagList } from '../resources/tags.ts';
import { verifyLength } from '../resources/long-names.ts';
import { failureDemands, failureDestination, verifyFailure } from './failure.ts';
import { verifyFilter } from './filter.ts';
import { elsewhere, mapping, reading, replaying, startingPosition } from './mapping.ts';
import type { Source, SourceMeaning } from './source.ts';

export const streamSourceProblems = problems({
  'start-of-existing': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` already exists, so set where reading starts.`,
    why: 'An existing stream may already contain records. `trim-horizon` processes all of them, `latest` none: only you know which is right.',
    fix: (_: unknown, place) => choosing(add(place, 'start', 'latest'), add(place, 'start', 'trim-horizon')),
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-parameters.html',
  },
  'too-many-readers': {
    severity: 'warning',
    message: ({ name, readers }: { name: string; readers: number }) =>
      `${readers} consumers share the reads of \`${name}\`; each shard allows five a second in total, and Lambda makes one a second for each consumer.`,
    why: 'More than five standard consumers slow each other down, and records come late. `fanOut: enhanced` gives a consumer its own throughput; it is billed by the shard-hour.',
    fix: (_: unknown, place) =>
      choosing(fixing('Add `fanOut: enhanced`, which is billed by the hour', beside(place, 'fanOut', 'enhanced'))),
    page: 'https://docs.aws.amazon.com/streams/latest/dev/enhanced-consumers.html',
  },
  'older-than-the-stream-keeps': {
    severity: 'warning',
    message: ({ name }: { name: string }) => `\`maxAge\` is longer than \`${name}\` keeps its records, so it has no effect.`,
    why: 'A record that has left the stream is gone, however long it would be retried.',
    fix: leavingOut,
  },
});

/** The ARN of the consumer by which an enhanced reader reads. */
const consumerAddress = (source: Source<'stream'>) => address('AWS::Kinesis::StreamConsumer', source.names, 'StreamConsumer');

/** A Kinesis stream. https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html */
export const stream: SourceMeaning<'stream'> = {
  model: shape.polling,
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
    if (settings.fanOut === 'enhanced')
      verifyLength(
        'Its enhanced fan-out consumer',
        [context.model.stack, ...source.names.map((one) => one.name)].join('-'),
        128,
        source.place,
        report,
      );
    verifyFilter(written.at('filter'), KEYS, report);
    verifyFailure(source, context, report);
  },

  demands: failureDemands,

  expand: (source, context) => [
    polling(source, context),
    ...(source.settings.fanOut === 'enhanced' ? [streamConsumer(source, context)] : []),
    ...reading(source, source.settings.stream.name, statements(source, context)),
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

function polling(source: Source<'stream'>, context: Context): Part {
  const { settings } = source;
  const enhanced = settings.fanOut === 'enhanced';
  return mapping(
    source,
    {
      EventSourceArn: enhanced ? attribute(consumerAddress(source), 'ConsumerARN') : streamArn(settings.stream, context),
      ...startingPosition(settings.start ?? 'trim-horizon'),
      BatchSize: settings.batchSize ?? 100,
      ...replaying(settings, failureDestination(source, context).arn),
    },
    settings,
    context,
    settings.stream.settings.existing && elsewhere('stream'),
  );
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

/** https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-permissions.html */
function statements(source: Source<'stream'>, context: Context): readonly Statement[] {
  const { settings } = source;
  const consumer: Value = attribute(consumerAddress(source), 'ConsumerARN');
  return [
    {
      actions: [
        'kinesis:DescribeStream',
        'kinesis:DescribeStreamSummary',
        'kinesis:GetRecords',
        'kinesis:GetShardIterator',
        'kinesis:ListShards',
      ],
      on: [streamArn(settings.stream, context)],
    },
    ...(settings.fanOut === 'enhanced'
      ? [{ actions: ['kinesis:DescribeStreamConsumer', 'kinesis:SubscribeToShard'], on: [consumer] }]
      : []),
    ...keyStatement(settings.stream, 'kms:Decrypt', context),
  ];
}
