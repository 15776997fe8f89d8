import { bucket as shape } from '../../schema/sources/bucket.ts';
import { address } from '../cloud/address.ts';
import { resource, type Part } from '../cloud/part.ts';
import { attribute, type Value } from '../cloud/value.ts';
import { problems } from '../diagnostics/problem.ts';
import { leavingOutIfMeant } from '../edit/fixes.ts';
import { EVENTS } from '../../schema/sources/bucket.ts';
import { bucketArn, bucketName } from '../resources/buckets.ts';
import { invokedArn } from '../resources/function-address.ts';
import type { Context } from '../resources/meaning.ts';
import { permission, permissionAddress } from './permission.ts';
import type { Source, SourceMeaning } from './source.ts';

export const bucketSourceProblems = problems({
  'event-not-on-eventbridge': {
    severity: 'error',
    message: ({ event, name }: { event: string; name: string }) =>
      `\`${name}\` already exists, so its events come through EventBridge, which has none for \`${event}\`.`,
    why: 'A bucket’s notifications are part of the bucket, which is not created here. EventBridge only gets the most important events.',
    fix: leavingOutIfMeant,
    page: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html',
  },
  'heard-through-eventbridge': {
    severity: 'hint',
    message: ({ name }: { name: string }) =>
      `\`${name}\` already exists: its events come through EventBridge, in EventBridge’s format, and only if the bucket sends them there.`,
    why: 'The event has `detail.bucket.name` and `detail.object.key` instead of `Records`. Turn EventBridge on in the bucket’s configuration with `aws s3api put-bucket-notification-configuration`.',
    page: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-event-notifications-eventbridge.html',
  },
});

/** What EventBridge calls S3’s events. https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html */
const DETAIL_TYPES: Readonly<Record<string, readonly string[]>> = {
  created: ['Object Created'],
  removed: ['Object Deleted'],
  restored: ['Object Restore Completed'],
  moved: ['Object Storage Class Changed'],
  tagged: ['Object Tags Added', 'Object Tags Deleted'],
};

/** An S3 bucket. https://docs.aws.amazon.com/lambda/latest/dg/with-s3.html */
export const bucket: SourceMeaning<'bucket'> = {
  model: shape.polling,
  pace: ({ settings }) => (settings.bucket.settings.existing ? 'EventBridge invokes it with each event' : 'S3 invokes it with each event'),
  named: (settings) => ({ name: settings.bucket.name, word: 'Bucket' }),

  verify({ settings, written, place }, _, report) {
    const { name, settings: of } = settings.bucket;
    if (!of.existing) return;
    report(bucketSourceProblems['heard-through-eventbridge'], place, { name });
    settings.when.forEach((event, index) => {
      if (DETAIL_TYPES[event]) return;
      const at = written.at('when').parts.get(String(index))?.place ?? written.at('when').place;
      report(bucketSourceProblems['event-not-on-eventbridge'], at, { event, name });
    });
  },

  demands(source) {
    const { settings, fn, place: because } = source;
    if (settings.bucket.settings.existing) return [];
    return [
      {
        on: settings.bucket,
        need: {
          need: 'notification',
          to: 'function',
          arn: invokedArn(fn),
          events: eventsOf(settings.when),
          prefix: settings.prefix,
          suffix: settings.suffix,
          after: [permissionAddress(source)],
        },
        because,
      },
    ];
  },

  expand: (source, context) =>
    source.settings.bucket.settings.existing
      ? throughEventBridge(source, context)
      : [
          permission(source, {
            principal: 's3.amazonaws.com',
            source: bucketArn(source.settings.bucket, context),
            // A bucket’s ARN has no account in it.
            ofAccount: true,
            accepted: [{ rule: 'W9002', reason: 'The bucket waits for this permission, so its ARN is spelt out.' }],
          }),
        ],
};

/** Events as S3 names them. */
export function eventsOf(when: readonly string[]): readonly string[] {
  const words: Readonly<Record<string, string | undefined>> = EVENTS;
  return [...new Set(when.map((one) => words[one] ?? one))];
}

function throughEventBridge(source: Source<'bucket'>, context: Context): readonly Part[] {
  const { settings, names, fn, place: because, path } = source;
  const rule = address('AWS::Events::Rule', names, 'Rule');
  return [
    resource(
      rule,
      {
        EventPattern: bucketPattern(settings, context),
        Targets: [{ Id: 'function', Arn: invokedArn(fn) }],
      },
      { because, path },
    ),
    permission(source, { principal: 'events.amazonaws.com', source: attribute(rule, 'Arn') }),
  ];
}

/** Which events of a bucket are meant, as EventBridge sees them. */
export function bucketPattern(
  { bucket: of, when, prefix, suffix }: Source<'bucket'>['settings'],
  context: Context,
): { readonly [key: string]: Value } {
  const key =
    prefix !== undefined && suffix !== undefined
      ? { wildcard: `${prefix.replaceAll('\\', '\\\\')}*${suffix.replaceAll('\\', '\\\\')}` }
      : prefix !== undefined
        ? { prefix }
        : suffix !== undefined
          ? { suffix }
          : undefined;
  return {
    source: ['aws.s3'],
    'detail-type': [...new Set(when.flatMap((event) => DETAIL_TYPES[event] ?? []))],
    detail: { bucket: { name: [bucketName(of, context)] }, ...(key && { object: { key: [key] } }) },
  };
}
