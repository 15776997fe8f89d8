import { asked, about, nameOf, object, required, text, word } from '../kit.ts';
import { polled, start } from './pulled.ts';

const PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg/with-documentdb.html';

const of = (property: string) => `AWS::Lambda::EventSourceMapping DocumentDBEventSourceConfig.${property}`;

export const documents = {
  value: object(
    'Changes in a database of a DocumentDB cluster: Lambda reads its change stream and invokes the function with batches of events.',
    {
      name: required(nameOf('The cluster.', 'documentClusters')),
      database: required(
        text('The database.', {
          pattern: '^[^ /.$"]{1,63}$',
          means: 'up to 63 characters without spaces and /.$"',
          aws: of('DatabaseName'),
          page: PAGE,
          also: ['DatabaseName', 'databaseName'],
        }),
      ),
      collection: text('The collection. All collections of the database by default.', {
        pattern: '^(?!system\\.)[_a-zA-Z0-9][^$]{0,56}$',
        means: 'up to 57 characters that do not begin with system.',
        aws: of('CollectionName'),
        page: PAGE,
        also: ['CollectionName', 'collectionName'],
        usually: 'every collection',
      }),
    },
    { aws: 'AWS::Lambda::EventSourceMapping', page: PAGE, also: ['DocumentDB', 'documentDb', 'docdb', 'mongodb'] },
  ),
  options: {
    ...polled,
    batchWindow: about(polled.batchWindow.doc, polled.batchWindow, { usually: '500 milliseconds' }),
    start: asked(start),
    fullDocument: word(
      'What an update event contains.',
      { default: 'What changed.', 'update-lookup': 'What changed, and the whole document afterwards.' },
      { aws: of('FullDocument'), page: PAGE, also: ['FullDocument', 'UpdateLookup', 'Default'], usually: 'default' },
    ),
  },
  polling: {
    delivery: 'pull',
    caller: 'Lambda connects to the cluster with the secret, from the cluster’s subnets, and invokes the function with batches of events.',
    permission: 'role',
    invocation: 'poll',
    polls: 'Continuously, as a reader of the change stream.',
    concurrency: 'One invocation at a time.',
    ordering: 'In the order of the changes.',
    retries: 'The whole batch is retried until it succeeds; once its events have expired, Lambda disables the event source mapping.',
    failure: 'None: Lambda supports no failure destination here.',
    page: PAGE,
  },
} as const;
