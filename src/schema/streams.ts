import { adopt } from './adopt.ts';
import { deletion, kmsKey } from './data.ts';
import { count, duration, interpolatedText, list, object, or, size, text, word } from './kit.ts';
import { from } from './receivers.ts';
import { tags } from './function.ts';
import { sharing } from './sharing.ts';

const PAGE = 'https://docs.aws.amazon.com/streams/latest/dev';

export const stream = object(
  'A Kinesis data stream: records in order per partition key, retained, and read by any number of consumers.',
  {
    shards: count(
      'Provisioned mode, with this many shards: each takes 1 MiB and 1000 records a second. Without it, the stream is on-demand.',
      {
        from: 1,
        to: 20_000,
        aws: 'AWS::Kinesis::Stream ShardCount',
        page: `${PAGE}/how-do-i-size-a-stream.html`,
        also: ['ShardCount', 'shardCount', 'streamMode', 'StreamModeDetails'],
      },
    ),
    retention: or(
      duration('How long records are kept. More than 24 hours costs extra.', {
        from: 86_400,
        to: 31_536_000,
        examples: ['24 hours', '7 days'],
        aws: 'AWS::Kinesis::Stream RetentionPeriodHours',
        page: `${PAGE}/kinesis-extended-retention.html`,
        also: ['RetentionPeriodHours', 'retentionPeriod'],
      }),
      86_400,
    ),
    maxRecordSize: size('The largest record the stream accepts. 1 MiB by default.', {
      in: 'KiB',
      from: 1024,
      to: 10_240,
      examples: ['1 MiB', '10 MiB'],
      aws: 'AWS::Kinesis::Stream MaxRecordSizeInKiB',
      page: `${PAGE}/large-records.html`,
      also: ['MaxRecordSizeInKiB'],
    }),
    warmThroughput: size('On-demand: the throughput per second that is available immediately.', {
      in: 'MiB',
      from: 1,
      to: 10_240,
      examples: ['100 MiB'],
      aws: 'AWS::Kinesis::Stream WarmThroughputMiBps',
      also: ['WarmThroughputMiBps'],
    }),
    metrics: list(
      'Shard-level metrics, at extra cost.',
      word('A metric, or all.', {
        all: 'All of them.',
        IncomingBytes: 'Bytes put.',
        IncomingRecords: 'Records put.',
        OutgoingBytes: 'Bytes read.',
        OutgoingRecords: 'Records read.',
        WriteProvisionedThroughputExceeded: 'Throttled writes.',
        ReadProvisionedThroughputExceeded: 'Throttled reads.',
        IteratorAgeMilliseconds: 'How far behind the readers are.',
      }),
      { single: true, aws: 'AWS::Kinesis::Stream DesiredShardLevelMetrics', also: ['DesiredShardLevelMetrics', 'shardLevelMetrics'] },
    ),
    from: from.streams,
    key: kmsKey('the records', 'AWS::Kinesis::Stream StreamEncryption.KeyId'),
    tags,
    ...sharing,
    physicalName: text('The stream’s name in AWS. If left out, AWS generates one and can replace the stream.', {
      pattern: '^[a-zA-Z0-9_.-]{1,128}$',
      means: 'up to 128 letters, digits and _.-',
      aws: 'AWS::Kinesis::Stream Name',
      also: ['Name', 'streamName'],
    }),
    existing: interpolatedText('The name or ARN of an existing stream, instead of creating one.', {
      also: ['arn', 'Arn', 'import', 'fromStreamArn'],
    }),
    adopt: adopt('The name or ARN of a stream', {
      pattern: '^(arn:[^:]+:kinesis:[^:]*:[^:]*:stream/.+|[^:]+)$',
      means: 'the name or ARN of a stream',
      examples: ['orders'],
    }),
    deletion,
  },
  { id: 'stream', empty: true, aws: 'AWS::Kinesis::Stream', page: `${PAGE}/introduction.html` },
);
