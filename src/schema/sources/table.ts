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
} as const;
