import { nameOf, or, word } from '../kit.ts';
import { polled, replayed, start } from './pulled.ts';

export const stream = {
  value: nameOf(
    'A stream: Lambda polls each of its shards once a second and invokes the function with batches, in order per partition key.',
    'streams',
    {
      aws: 'AWS::Lambda::EventSourceMapping',
      page: 'https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html',
      also: ['Kinesis', 'kinesis', 'arn', 'Stream', 'KinesisEventSource'],
    },
  ),
  options: {
    ...polled,
    ...replayed,
    start,
    fanOut: or(
      word(
        'How records are read.',
        {
          shared: 'All standard consumers of a shard share 2 MiB and 5 reads a second.',
          enhanced: 'Enhanced fan-out: 2 MiB a second per shard for this consumer, pushed over HTTP/2. Billed by the shard-hour.',
        },
        {
          aws: 'AWS::Kinesis::StreamConsumer',
          page: 'https://docs.aws.amazon.com/streams/latest/dev/enhanced-consumers.html',
          also: ['consumer', 'StreamConsumer', 'enhancedFanOut'],
        },
      ),
      'shared',
    ),
  },
  polling: {
    delivery: 'pull',
    caller: 'Lambda polls every shard with the execution role and invokes the function with batches.',
    permission: 'role',
    invocation: 'poll',
    polls: 'Each shard once a second; with `fanOut: enhanced` records are pushed to Lambda’s poller over HTTP/2.',
    concurrency: 'Shards × `parallelization`: one invocation at a time for each.',
    ordering: 'Per partition key, also with `parallelization`.',
    retries:
      'A failed batch blocks its shard while it is retried: `retries` times, until `maxAge`, in halves with `bisect`; with `partialFailures` from the first failed record.',
    failure: 'The metadata of the batch, not its records, goes to `onFailure`: a queue created for it by default.',
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html',
  },
} as const;
