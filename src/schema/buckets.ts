import { adopt } from './adopt.ts';
import { deletion, kmsKey } from './data.ts';
import { tags } from './function.ts';
import { duration, flag, forms, interpolatedText, list, nameOr, object, or, required, text, word } from './kit.ts';
import { policy } from './policy.ts';
import { sharing } from './sharing.ts';

const PAGE = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide';

const bucketOf = (property: string) => `AWS::S3::Bucket ${property}`;

const prefix = (doc: string) => text(doc, { pattern: '^[^\\\\]{1,1024}$', means: 'a key prefix, such as incoming/', also: ['Prefix'] });

const days = (doc: string, also: readonly string[]) => duration(doc, { from: 86_400, to: 36_500 * 86_400, examples: ['30 days'], also });

const rule = object('What happens to objects as they age.', {
  prefix: prefix('Only for keys with this prefix.'),
  expire: days('Objects are deleted after this.', ['ExpirationInDays', 'expiration']),
  expireOld: days('Noncurrent versions are deleted after this.', ['NoncurrentVersionExpiration', 'noncurrentVersionExpiration']),
  move: list(
    'Objects are moved to another storage class.',
    object('A storage class, and after how long.', {
      to: required(
        word(
          'The storage class.',
          {
            'infrequent-access': 'Cheaper to store, more expensive to read.',
            'one-zone': 'The same, in one zone.',
            'intelligent-tiering': 'S3 chooses by usage.',
            'glacier-instant': 'An archive with instant access.',
            glacier: 'An archive that is restored in hours.',
            'deep-archive': 'An archive that is restored within a day.',
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
  'An S3 bucket. Never public.',
  {
    versions: or(
      flag('Keeps noncurrent versions of objects, for 30 days unless a rule says otherwise.', {
        aws: bucketOf('VersioningConfiguration'),
        page: `${PAGE}/Versioning.html`,
        also: ['VersioningConfiguration', 'versioned', 'versioning'],
      }),
      true,
    ),
    lifecycle: list('What happens to objects as they age: one rule or several.', rule, {
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
        maxAge: duration('How long a browser caches the preflight response.', { from: 0, to: 86_400, also: ['MaxAge'] }),
      }),
      { single: true, min: 1, aws: bucketOf('CorsConfiguration'), page: `${PAGE}/cors.html`, also: ['CorsConfiguration', 'CorsRules'] },
    ),
    eventBridge: flag('Sends every event of the bucket to EventBridge’s default bus.', {
      aws: bucketOf('NotificationConfiguration.EventBridgeConfiguration'),
      page: `${PAGE}/EventBridge.html`,
      also: ['EventBridgeConfiguration', 'eventBridgeEnabled'],
    }),
    lock: forms(
      'Object Lock: `true` allows locking objects, an object locks every new one.',
      {
        flag: flag('Whether objects can be locked.'),
        object: object('How every new object is locked.', {
          mode: required(
            word(
              'Who may remove a lock.',
              { governance: 'Those with permission to bypass it.', compliance: 'Nobody, until it ends.' },
              { also: ['Mode'] },
            ),
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
    accelerate: flag('Uploads through CloudFront’s edge locations. Billed by the gigabyte.', {
      aws: bucketOf('AccelerateConfiguration'),
      page: `${PAGE}/transfer-acceleration.html`,
      also: ['AccelerateConfiguration', 'transferAcceleration'],
    }),
    logs: forms(
      'Logs a line for each request: into another bucket, or with `true` into one created for that. On with `strict: true`.',
      {
        flag: flag('Into a bucket created for that, for a year; `false` for none.'),
        object: object('Into another bucket.', {
          bucket: required(
            nameOr('The bucket that the logs go to.', ['buckets'], {
              pattern: '^([A-Za-z.]*[a-z0-9.-]+|.*\\$\\(.+)$',
              means: 'the name of a bucket',
              also: ['DestinationBucketName', 'serverAccessLogsBucket'],
            }),
          ),
          prefix: prefix('The prefix of their keys.'),
        }),
      },
      { aws: bucketOf('LoggingConfiguration'), page: `${PAGE}/ServerLogs.html`, also: ['LoggingConfiguration', 'serverAccessLogs'] },
    ),
    key: kmsKey('the objects', bucketOf('BucketEncryption.KMSMasterKeyID')),
    policy: policy('AWS::S3::BucketPolicy PolicyDocument'),
    tags,
    ...sharing,
    physicalName: text(
      'The bucket’s name in AWS. By default it is made of the stack, this name, account and region, in the account’s own namespace.',
      {
        pattern: '^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$',
        means: '3 to 63 lowercase letters, digits, dots and hyphens',
        aws: bucketOf('BucketName'),
        also: ['BucketName', 'bucketName'],
      },
    ),
    existing: interpolatedText('The name or ARN of an existing bucket, instead of creating one.', {
      also: ['arn', 'Arn', 'fromBucketArn', 'fromBucketName'],
    }),
    adopt: adopt('The name or ARN of a bucket', {
      pattern: '^(arn:[^:]+:s3:[^:]*:[^:]*:.+|[^:]+)$',
      means: 'the name or ARN of a bucket',
      examples: ['shop-uploads'],
    }),
    deletion,
  },
  { id: 'bucket', empty: true, aws: 'AWS::S3::Bucket', page: `${PAGE}/Welcome.html` },
);
