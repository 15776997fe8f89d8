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
      'Which events: keywords, or an S3 event such as `s3:ObjectCreated:Put`.',
      text('An event.', {
        pattern: `^(${Object.keys(EVENTS).join('|')}|s3:[A-Za-z]+(:[A-Za-z]+|:\\*)?)$`,
        means: `one of ${Object.keys(EVENTS).join(', ')}, or an S3 event such as s3:ObjectCreated:Put`,
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
  prefix: keyPart('Only keys with this prefix.', 'a key prefix, such as incoming/', ['Filter', 'rules', 'Prefix']),
  suffix: keyPart('Only keys with this suffix.', 'a key suffix, such as .jpg', ['Suffix']),
} as const;

export const bucket = {
  value: nameOf(
    'A bucket: S3 invokes the function for each object that is created or deleted. Events of an existing bucket come through EventBridge, which must be turned on for it.',
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
    caller: 'S3 invokes the function with each event; for an existing bucket, EventBridge does.',
    permission: 'function',
    invocation: 'async',
    concurrency: 'One invocation per event, up to the function’s concurrency.',
    ordering: 'None: an event’s `sequencer` shows which of two events for one object came later.',
    retries: 'S3 delivers at least once; once Lambda has accepted an event, it retries twice.',
    failure: 'Events that the function fails on go to its own failure destination.',
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/with-s3.html',
  },
} as const;
