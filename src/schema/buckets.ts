import { adopt } from './adopt.ts';
import { deletion, kmsKey } from './data.ts';
import { tags } from './function.ts';
import { duration, flag, forms, interpolatedText, list, nameOr, object, or, required, text, word } from './kit.ts';
import { policy } from './policy.ts';
import { sharing } from './sharing.ts';

const PAGE = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide';

const bucketOf = (property: string) => `AWS::S3::Bucket ${property}`;

const prefix = (doc: string) =>
  text(doc, { pattern: '^[^\\\\]{1,1024}$', means: 'the beginning of a key, such as incoming/', also: ['Prefix'] });

const days = (doc: string, also: readonly string[]) => duration(doc, { from: 86_400, to: 36_500 * 86_400, examples: ['30 days'], also });

const rule = object('What becomes of objects as they grow old.', {
  prefix: prefix('Only of keys that begin so.'),
  expire: days('They are deleted after this.', ['ExpirationInDays', 'expiration']),
  expireOld: days('Earlier versions are deleted after this.', ['NoncurrentVersionExpiration', 'noncurrentVersionExpiration']),
  move: list(
    'They are moved to another class of storage.',
    object('A class, and after how long.', {
      to: required(
        word(
          'The class.',
          {
            'infrequent-access': 'Cheaper to keep, dearer to read.',
            'one-zone': 'The same in one zone.',
            'intelligent-tiering': 'S3 decides by use.',
            'glacier-instant': 'An archive that answers at once.',
            glacier: 'An archive that answers in hours.',
            'deep-archive': 'An archive that answers in a day.',
          },
          { also: ['StorageClass', 'STANDARD_IA', 'GLACIER', 'INTELLIGENT_TIERING'] },
        ),
      ),
      after: required(days('After this.', ['TransitionInDays', 'transitionAfter'])),
    }),
    { single: true, min: 1, also: ['Transitions', 'transitions'] },
  ),
});

export const bucket = object(
  'An S3 bucket: objects by their keys. Never public.',
  {
    versions: or(
      flag('Keeps earlier versions of an object, for 30 days unless a rule says otherwise.', {
        aws: bucketOf('VersioningConfiguration'),
        page: `${PAGE}/Versioning.html`,
        also: ['VersioningConfiguration', 'versioned', 'versioning'],
      }),
      true,
    ),
    lifecycle: list('What becomes of objects as they grow old: one rule or several.', rule, {
      single: true,
      min: 1,
      aws: bucketOf('LifecycleConfiguration'),
      page: `${PAGE}/object-lifecycle-mgmt.html`,
      also: ['LifecycleConfiguration', 'lifecycleRules', 'Rules'],
    }),
    cors: list(
      'Which web pages may use the bucket from a browser.',
      object('A rule.', {
        origins: required(
          list(
            'The origins.',
            text('An origin.', { pattern: '^(\\*|https?://[A-Za-z0-9.*:-]+)$', means: 'an origin such as https://shop.example' }),
            {
              single: true,
              min: 1,
              also: ['AllowedOrigins', 'allowedOrigins'],
            },
          ),
        ),
        methods: required(
          list('The methods.', word('A method.', { GET: '', PUT: '', POST: '', DELETE: '', HEAD: '' }), {
            single: true,
            min: 1,
            also: ['AllowedMethods', 'allowedMethods'],
          }),
        ),
        headers: list('The request headers.', text('A header.', { pattern: '^[A-Za-z0-9*-]+$', means: 'the name of a header' }), {
          single: true,
          also: ['AllowedHeaders', 'allowedHeaders'],
        }),
        expose: list(
          'The response headers a page may read.',
          text('A header.', { pattern: '^[A-Za-z0-9-]+$', means: 'the name of a header' }),
          {
            single: true,
            also: ['ExposedHeaders', 'exposedHeaders'],
          },
        ),
        maxAge: duration('How long a browser keeps the answer to the preflight.', { from: 0, to: 86_400, also: ['MaxAge'] }),
      }),
      { single: true, min: 1, aws: bucketOf('CorsConfiguration'), page: `${PAGE}/cors.html`, also: ['CorsConfiguration', 'CorsRules'] },
    ),
    eventBridge: flag('Sends every event of the bucket to EventBridge’s default bus.', {
      aws: bucketOf('NotificationConfiguration.EventBridgeConfiguration'),
      page: `${PAGE}/EventBridge.html`,
      also: ['EventBridgeConfiguration', 'eventBridgeEnabled'],
    }),
    lock: forms(
      'Objects cannot be changed or deleted: `true` turns locks on, an object locks every new object.',
      {
        flag: flag('Whether objects can be locked.'),
        object: object('How every new object is locked.', {
          mode: required(
            word('Who may lift a lock.', { governance: 'Who has leave for it.', compliance: 'Nobody, until it ends.' }, { also: ['Mode'] }),
          ),
          for: required(days('For how long.', ['Days', 'duration'])),
        }),
      },
      {
        aws: bucketOf('ObjectLockConfiguration'),
        page: `${PAGE}/object-lock.html`,
        also: ['ObjectLockConfiguration', 'objectLockEnabled'],
      },
    ),
    accelerate: flag('Uploads through CloudFront’s edge. It costs by the gigabyte.', {
      aws: bucketOf('AccelerateConfiguration'),
      page: `${PAGE}/transfer-acceleration.html`,
      also: ['AccelerateConfiguration', 'transferAcceleration'],
    }),
    logs: forms(
      'Keeps a line for each request: in another bucket, or with `true` in one made for that. On with `strict: true`.',
      {
        flag: flag('Into a bucket of the system’s own, for a year; `false` for none.'),
        object: object('Into another bucket.', {
          bucket: required(
            nameOr('The bucket the lines go to.', ['buckets'], {
              pattern: '^([A-Za-z.]*[a-z0-9.-]+|.*\\$\\(.+)$',
              means: 'the name of a bucket',
              also: ['DestinationBucketName', 'serverAccessLogsBucket'],
            }),
          ),
          prefix: prefix('What their keys begin with.'),
        }),
      },
      { aws: bucketOf('LoggingConfiguration'), page: `${PAGE}/ServerLogs.html`, also: ['LoggingConfiguration', 'serverAccessLogs'] },
    ),
    key: kmsKey('the objects', bucketOf('BucketEncryption.KMSMasterKeyID')),
    policy: policy('AWS::S3::BucketPolicy PolicyDocument'),
    tags,
    ...sharing,
    physicalName: text(
      'The bucket’s name in AWS. Without it the name is made of the stack, this name, account and region, in the account’s own namespace.',
      {
        pattern: '^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$',
        means: '3 to 63 small letters, digits, dots and hyphens',
        aws: bucketOf('BucketName'),
        also: ['BucketName', 'bucketName'],
      },
    ),
    existing: interpolatedText('The name or the ARN of a bucket that exists, instead of making one.', {
      also: ['arn', 'Arn', 'fromBucketArn', 'fromBucketName'],
    }),
    adopt: adopt('The name or the ARN of a bucket', {
      pattern: '^(arn:[^:]+:s3:[^:]*:[^:]*:.+|[^:]+)$',
      means: 'the name or the ARN of a bucket',
      examples: ['shop-uploads'],
    }),
    deletion,
  },
  { id: 'bucket', empty: true, aws: 'AWS::S3::Bucket', page: `${PAGE}/Welcome.html` },
);
