import { ref } from '../cloud/value.ts';
import { accessLogBucket } from './access-log-bucket.ts';
import type { Notification } from './demand.ts';
import type { Settings, Thing } from '../resolve/model.ts';
import type { Context, Piece } from './meaning.ts';
import { keyOf } from './system-key.ts';

type BucketSettings = Settings<'buckets'>;
type Rule = NonNullable<BucketSettings['lifecycle']>[number];

const inDays = (seconds: number) => Math.ceil(seconds / 86_400);

/** Its key. S3 writes access logs into a bucket with keys of S3’s own, and into no other. https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html */
export function bucketKey(bucket: Thing<'buckets'>, context: Context): Piece | undefined {
  const { settings } = bucket;
  return isLogged(bucket, context) && !settings.key ? undefined : keyOf(settings, settings.key, context);
}

/** S3’s own keys are free; a key of the customer’s is asked once per object and not per request. */
export function encryption(key: Piece | undefined) {
  return {
    ServerSideEncryptionConfiguration: [
      key === undefined
        ? { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }
        : { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key }, BucketKeyEnabled: true },
    ],
  };
}

const CLASSES = {
  'infrequent-access': 'STANDARD_IA',
  'one-zone': 'ONEZONE_IA',
  'intelligent-tiering': 'INTELLIGENT_TIERING',
  'glacier-instant': 'GLACIER_IR',
  glacier: 'GLACIER',
  'deep-archive': 'DEEP_ARCHIVE',
} as const;

/** Uploads that were broken off cost until they are cleared away, and so do versions nobody will ask for. */
export function lifecycle({ lifecycle: said = [], versions }: BucketSettings) {
  const clearsVersions = said.some(({ expireOld, prefix }) => expireOld !== undefined && prefix === undefined);
  return {
    Rules: [
      {
        Id: 'clear-away',
        Status: 'Enabled',
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
        ...(versions && !clearsVersions && { NoncurrentVersionExpiration: { NoncurrentDays: 30 } }),
      },
      ...said.map((rule, index) => lifecycleRule(rule, index)),
    ],
  };
}

function lifecycleRule({ prefix, expire, expireOld, move }: Rule, index: number) {
  return {
    Id: `rule-${index + 1}`,
    Status: 'Enabled',
    ...(prefix !== undefined && { Prefix: prefix }),
    ...(expire !== undefined && { ExpirationInDays: inDays(expire) }),
    ...(expireOld !== undefined && { NoncurrentVersionExpiration: { NoncurrentDays: inDays(expireOld) } }),
    ...(move && { Transitions: move.map(({ to, after }) => ({ StorageClass: CLASSES[to], TransitionInDays: inDays(after) })) }),
  };
}

export function cors({ cors: rules }: BucketSettings) {
  if (!rules) return {};
  return {
    CorsConfiguration: {
      CorsRules: rules.map(({ origins, methods, headers, expose, maxAge }) => ({
        AllowedOrigins: [...origins],
        AllowedMethods: [...methods],
        ...(headers && { AllowedHeaders: [...headers] }),
        ...(expose && { ExposedHeaders: [...expose] }),
        ...(maxAge !== undefined && { MaxAge: maxAge }),
      })),
    },
  };
}

export function lock({ lock: said }: BucketSettings) {
  if (said === undefined || said === false) return {};
  return {
    ObjectLockEnabled: true,
    ...(typeof said === 'object' && {
      ObjectLockConfiguration: {
        ObjectLockEnabled: 'Enabled',
        Rule: { DefaultRetention: { Mode: said.mode.toUpperCase(), Days: inDays(said.for) } },
      },
    }),
  };
}

/** Where a line for each request goes: as said, and in a strict system into the bucket of access logs, unless it is where such lines go itself. */
export function accessLogs(bucket: Thing<'buckets'>, context: Context) {
  const { name, settings } = bucket;
  const { logs = context.model.strict && !isLogged(bucket, context) } = settings;
  if (logs === false) return undefined;
  if (logs === true) return { DestinationBucketName: ref(accessLogBucket), LogFilePrefix: `${name}/` };
  return {
    DestinationBucketName: 'segments' in logs.bucket ? context.text(logs.bucket) : context.attribute(logs.bucket, 'name'),
    ...(logs.prefix !== undefined && { LogFilePrefix: logs.prefix }),
  };
}

/** Whether another bucket’s lines go there. Demands are no help: they are worked out from what this decides. */
const isLogged = (bucket: Thing<'buckets'>, { model }: Context): boolean =>
  model.all('buckets').some((one) => {
    // What was refused has no settings.
    const logs = one.written.broken ? undefined : one.settings.logs;
    return typeof logs === 'object' && logs.bucket === bucket;
  });

/** Whom S3 tells of which events. */
export function notifications(needs: readonly Notification[], eventBridge: boolean) {
  const of = (to: Notification['to']) =>
    needs
      .filter((need) => need.to === to)
      .flatMap(({ arn, events, prefix, suffix }) =>
        events.map((Event) => ({
          arn,
          Event,
          ...((prefix !== undefined || suffix !== undefined) && {
            Filter: {
              S3Key: {
                Rules: [
                  ...(prefix === undefined ? [] : [{ Name: 'prefix', Value: prefix }]),
                  ...(suffix === undefined ? [] : [{ Name: 'suffix', Value: suffix }]),
                ],
              },
            },
          }),
        })),
      );
  const functions = of('function').map(({ arn, ...rest }) => ({ Function: arn, ...rest }));
  const queues = of('queue').map(({ arn, ...rest }) => ({ Queue: arn, ...rest }));
  const topics = of('topic').map(({ arn, ...rest }) => ({ Topic: arn, ...rest }));
  if (needs.length === 0 && !eventBridge) return {};
  return {
    NotificationConfiguration: {
      ...(eventBridge && { EventBridgeConfiguration: { EventBridgeEnabled: true } }),
      ...(functions.length > 0 && { LambdaConfigurations: functions }),
      ...(queues.length > 0 && { QueueConfigurations: queues }),
      ...(topics.length > 0 && { TopicConfigurations: topics }),
    },
  };
}
