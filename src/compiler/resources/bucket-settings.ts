import type { Notification } from './demand.ts';
import type { Context } from './meaning.ts';
import type { Settings } from '../resolve/model.ts';

type BucketSettings = Settings<'buckets'>;
type Rule = NonNullable<BucketSettings['lifecycle']>[number];

const inDays = (seconds: number) => Math.ceil(seconds / 86_400);

/** S3’s own keys are free; a key of the customer’s is asked once per object and not per request. */
export function encryption({ key }: BucketSettings, context: Context) {
  return {
    ServerSideEncryptionConfiguration: [
      key
        ? { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: context.text(key) }, BucketKeyEnabled: true }
        : { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
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

export function accessLogs({ logs }: BucketSettings, context: Context) {
  if (!logs) return {};
  const { bucket, prefix } = logs;
  return {
    LoggingConfiguration: {
      DestinationBucketName: 'segments' in bucket ? context.text(bucket) : context.attribute(bucket, 'name'),
      ...(prefix !== undefined && { LogFilePrefix: prefix }),
    },
  };
}

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
