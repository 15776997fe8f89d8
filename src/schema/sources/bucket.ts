import { list, nameOf, or, text } from '../kit.ts';
import { as } from './pulled.ts';

const PAGE = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide';

const keyPart = (doc: string, means: string, also: readonly string[]) =>
  text(doc, { pattern: '^[^*]{1,1024}$', means, aws: 'AWS::S3::Bucket NotificationConfiguration', also });

/** Words for S3’s events. https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html */
export const EVENTS = {
  created: 's3:ObjectCreated:*',
  removed: 's3:ObjectRemoved:*',
  expired: 's3:LifecycleExpiration:*',
  moved: 's3:LifecycleTransition',
  restored: 's3:ObjectRestore:Completed',
  tagged: 's3:ObjectTagging:*',
  'replication-failed': 's3:Replication:OperationFailedReplication',
} as const;

export const bucketOptions = {
  when: or(
    list(
      'Which events: words, or an event of S3 such as `s3:ObjectCreated:Put`.',
      text('An event.', {
        pattern: `^(${Object.keys(EVENTS).join('|')}|s3:[A-Za-z]+(:[A-Za-z]+|:\\*)?)$`,
        means: `one of ${Object.keys(EVENTS).join(', ')}, or an event of S3 such as s3:ObjectCreated:Put`,
        examples: Object.keys(EVENTS),
      }),
      {
        single: true,
        min: 1,
        aws: 'AWS::S3::Bucket NotificationConfiguration',
        page: `${PAGE}/notification-how-to-event-types-and-destinations.html`,
        also: ['Events', 'Event', 'event', 'events'],
      },
    ),
    ['created'],
  ),
  prefix: keyPart('Only keys that begin so.', 'the beginning of a key, such as incoming/', ['Filter', 'rules', 'Prefix']),
  suffix: keyPart('Only keys that end so.', 'the end of a key, such as .jpg', ['Suffix']),
} as const;

export const bucket = {
  value: nameOf(
    'A bucket: S3 calls the function for each object that comes or goes. One that exists already is heard through EventBridge, which must be turned on for it.',
    'buckets',
    {
      aws: 'AWS::S3::Bucket NotificationConfiguration',
      page: 'https://docs.aws.amazon.com/lambda/latest/dg/with-s3.html',
      also: ['S3', 's3', 'Bucket', 'S3EventSource'],
    },
  ),
  options: { ...bucketOptions, as },
  polling: {
    delivery: 'push',
    caller: 'S3 calls the function with each event; for a bucket that exists already EventBridge does.',
    permission: 'function',
    invocation: 'async',
    concurrency: 'One call for each event, up to the function’s concurrency.',
    ordering: 'None: an event’s `sequencer` tells which of two about one object came later.',
    retries: 'S3 delivers at least once; what Lambda has taken it tries twice more.',
    failure: 'What the function could not do goes where the function’s own failures go.',
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/with-s3.html',
  },
} as const;
