import { nameOf, text } from '../kit.ts';
import { polled, replayed } from './pulled.ts';

export const table = {
  value: nameOf(
    'A DynamoDB table: Lambda polls each shard of its stream four times a second and calls the function with batches of changes, in order per key. The stream is turned on if it is not.',
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
    start: text('Where reading starts: `trim-horizon`, the oldest change there is; or `latest`, what comes from now on.', {
      pattern: '^(trim-horizon|latest)$',
      means: 'trim-horizon or latest',
      examples: ['trim-horizon', 'latest'],
      aws: 'AWS::Lambda::EventSourceMapping StartingPosition',
      page: 'https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html',
      also: ['StartingPosition', 'startingPosition', 'position', 'TRIM_HORIZON', 'LATEST'],
      usually: 'trim-horizon for a table made here; an existing one must say',
    }),
  },
  polling: {
    delivery: 'pull',
    caller: 'Lambda polls every shard of the table’s stream with the function’s role and calls the function with batches of changes.',
    permission: 'role',
    invocation: 'poll',
    polls: 'Each shard four times a second.',
    concurrency: 'Shards × `parallelization`: one call at a time for each.',
    ordering: 'Per key of the table, also with `parallelization`.',
    retries:
      'A failed batch blocks its shard while it is tried again: `retries` times, until `maxAge`, in halves with `bisect`; with `partialFailures` from the first change that failed.',
    failure: 'The position of the batch, not its changes, goes to `onFailure`: a queue made for it unless said otherwise.',
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html',
  },
} as const;
