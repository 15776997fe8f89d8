import { variableOf } from '../../runtime/contract.ts';
import { address, type Address } from '../cloud/address.ts';
import { resource } from '../cloud/part.ts';
import { arn, attribute, ref, text } from '../cloud/value.ts';
import { problems } from '../diagnostics/problem.ts';
import { choosing, leaveOutKey, write } from '../edit/fixes.ts';
import type { Thing } from '../resolve/model.ts';
import { adopting, nameInAws } from './adoption.ts';
import { keeping } from './keeping.ts';
import type { Allowance, Context, Meaning, Piece, Use } from './meaning.ts';
import { existing } from './existing.ts';
import { verifyExistingSettings } from './existing-settings.ts';
import { keyOf, usingKey } from './system-key.ts';
import { tagList } from './tags.ts';

type Stream = Thing<'streams'>;

export const streamProblems = problems({
  'shards-on-demand': {
    severity: 'error',
    message: ({ setting }: { setting: string }) => `\`${setting}\` is for on-demand streams, and this one has \`shards\`.`,
    why: 'A provisioned stream’s capacity is that of its shards; warm throughput is what an on-demand stream can take at once.',
    fix: (_: unknown, place) => choosing(leaveOutKey(place, 'warmThroughput'), leaveOutKey(place, 'shards')),
    page: 'https://docs.aws.amazon.com/streams/latest/dev/how-do-i-size-a-stream.html',
  },
  'retention-in-hours': {
    severity: 'error',
    message: () => 'Kinesis retention is in whole hours.',
    why: 'The retention of a stream is set in hours, from 24 to 8760.',
    fix: ({ hours }: { hours: number }, place) => write(place, `${hours} hours`),
    page: 'https://docs.aws.amazon.com/streams/latest/dev/kinesis-extended-retention.html',
  },
});

export function streamAddress({ name }: Stream): Address<'AWS::Kinesis::Stream'> {
  return address('AWS::Kinesis::Stream', { name, word: 'Stream' });
}

export function streamArn(stream: Stream, context: Context): Piece {
  const found = existing(stream.settings.existing, context);
  if (!found) return attribute(streamAddress(stream), 'Arn');
  return found.arn ?? arn('kinesis', text('stream/', found.name));
}

function streamName(stream: Stream, context: Context): Piece {
  const found = existing(stream.settings.existing, context);
  return found ? found.name : ref(streamAddress(stream));
}

export const streamKey = ({ settings }: Stream, context: Context): Piece | undefined => keyOf(settings, settings.key, context);

/** A key of the customer’s needs leave of its own, which an AWS-managed key does not. */
export function keyStatement(stream: Stream, action: string, context: Context): Allowance['statements'] {
  // https://docs.aws.amazon.com/streams/latest/dev/permissions-user-key-KMS.html
  return usingKey(streamKey(stream, context), 'kinesis', action);
}

function allowance(actions: readonly string[], keyAction: string) {
  return (stream: Stream, _: Use, context: Context): Allowance => ({
    statements: [{ actions, on: [streamArn(stream, context)] }, ...keyStatement(stream, keyAction, context)],
    variables: [{ name: variableOf('stream', stream.called), value: streamName(stream, context) }],
  });
}

export const streams: Meaning<'streams'> = {
  service: 'kinesis',
  arn: streamArn,
  attributes: { '': streamName, name: streamName, arn: streamArn },
  access: {
    write: allowance(['kinesis:PutRecord', 'kinesis:PutRecords'], 'kms:GenerateDataKey'),
    read: allowance(
      ['kinesis:DescribeStreamSummary', 'kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:ListShards'],
      'kms:Decrypt',
    ),
  },

  verify(stream, _, report) {
    const { settings, written } = stream;
    verifyExistingSettings(stream, ['key'], report);
    if (settings.shards !== undefined && settings.warmThroughput !== undefined) {
      const at = written.at('warmThroughput');
      report(streamProblems['shards-on-demand'], at.key ?? at.place, { setting: 'warmThroughput' });
    }
    if (settings.retention % 3600 !== 0)
      report(streamProblems['retention-in-hours'], written.at('retention').place, { hours: Math.ceil(settings.retention / 3600) });
  },

  expand(stream, context) {
    const { settings, path, place: because } = stream;
    if (settings.existing) return [];
    const name = nameInAws(settings, context);
    return [
      resource(
        streamAddress(stream),
        {
          ...(name !== undefined && { Name: name }),
          ...(settings.shards === undefined
            ? { StreamModeDetails: { StreamMode: 'ON_DEMAND' } }
            : { StreamModeDetails: { StreamMode: 'PROVISIONED' }, ShardCount: settings.shards }),
          RetentionPeriodHours: settings.retention / 3600,
          // AWS’s own key is free and asks nothing of producers. https://docs.aws.amazon.com/streams/latest/dev/what-is-sse.html
          StreamEncryption: { EncryptionType: 'KMS', KeyId: streamKey(stream, context) ?? 'alias/aws/kinesis' },
          ...(settings.maxRecordSize !== undefined && { MaxRecordSizeInKiB: settings.maxRecordSize }),
          ...(settings.warmThroughput !== undefined && { WarmThroughputMiBps: settings.warmThroughput }),
          ...(settings.metrics && { DesiredShardLevelMetrics: settings.metrics.map((metric) => (metric === 'all' ? 'ALL' : metric)) }),
          ...tagList(settings.tags, context),
        },
        {
          because,
          path,
          ...adopting(settings, context, (found) => ({ Name: found.name })),
          ...keeping(settings, context.model),
          ...(streamKey(stream, context) !== undefined && {
            accepted: [{ rule: 'AwsSolutions-KDS3', reason: 'It has a key of the customer’s.' }],
          }),
        },
      ),
    ];
  },
};
