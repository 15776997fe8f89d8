import { nameOf, text } from '../kit.ts';
import { polled, replayed } from './pulled.ts';

export const table = {
  value: nameOf(
    'A DynamoDB table: Lambda polls each shard of its stream four times a second and invokes the function with batches of changes, in order per key. The stream is turned on if needed.',
    'tables',
    {
      aws: 'AWS::Lambda::EventSourceMapping',
      page: 'https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html',
      also: ['DynamoDB', 'dynamodb', 'dynamodbStream', 'DynamoEventSource'],
    },
  ),
  options: {
    ...polled,
    ...replayed,
    start: text('Where reading starts: `trim-horizon`, the oldest change; or `latest`, new changes only.', {
      pattern: '^(trim-horizon|latest)$',
      means: 'trim-horizon or latest',
      examples: ['trim-horizon', 'latest'],
      aws: 'AWS::Lambda::EventSourceMapping StartingPosition',
      page: 'https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html',
      also: ['StartingPosition', 'startingPosition', 'position', 'TRIM_HORIZON', 'LATEST'],
      usually: 'trim-horizon for a table created here; required for an existing one',
    }),
  },
  polling: {
    delivery: 'pull',
    caller: 'Lambda polls every shard of the table’s stream with the execution role and invokes the function with batches of changes.',
    permission: 'role',
    invocation: 'poll',
    polls: 'Each shard four times a second.',
    concurrency: 'Shards × `parallelization`: one invocation at a time for each.',
    ordering: 'Per key of the table, also with `parallelization`.',
    retries:
      'A failed batch blocks its shard while it is retried: `retries` times, until `maxAge`, in halves with `bisect`; with `partialFailures` from the first failed change.',
    failure: 'The metadata of the batch, not its changes, goes to `onFailure`: a queue created for it by default.',
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html',
  },
} as const;
