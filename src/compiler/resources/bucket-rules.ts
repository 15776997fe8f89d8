import { problems, type Report } from '../diagnostics/problem.ts';
import { leavingOut } from '../edit/fixes.ts';
import type { Bucket } from './buckets.ts';
import type { Notification } from './demand.ts';
import { listed } from '../text/suggest.ts';
import { verifyExistingSettings } from './existing-settings.ts';
import type { Context } from './meaning.ts';

const PAGE = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide';

export const bucketProblems = problems({
  'bucket-name-too-long': {
    severity: 'error',
    message: ({ name, length }: { name: string; length: number }) =>
      `The bucket’s name would be ${name}-ACCOUNT-REGION-an, ${length} characters; S3 allows 63.`,
    why: 'A bucket’s name is made of the stack, its own name, the account and the region, so that nobody else can take it.',
    fix: () => ({ title: 'Shorten the name, or set `physicalName`' }),
    page: `${PAGE}/gpbucketnamespaces.html`,
  },
  'overlapping-notifications': {
    severity: 'error',
    message: ({ name }: { name: string }) => `Two notifications of \`${name}\` would match the same objects.`,
    why: 'S3 sends an event to one destination, and rejects notifications whose events, prefixes and suffixes overlap.',
    fix: () => ({ title: 'Separate them by `prefix` or `suffix`, or send the events to a topic or to EventBridge' }),
    page: `${PAGE}/notification-how-to-filtering.html`,
  },
  'lock-without-versions': {
    severity: 'error',
    message: () => 'A bucket with `lock` must keep versions.',
    why: 'Object Lock protects individual object versions, so S3 requires versioning.',
    fix: leavingOut,
    page: `${PAGE}/object-lock.html`,
  },
  'key-must-admit-services': {
    severity: 'hint',
    message: ({ name, services }: { name: string; services: readonly string[] }) =>
      `\`${name}\` has its own KMS key, whose policy must allow ${listed(services)}.`,
    why: 'CloudFront decrypts with the key (`kms:Decrypt`, with the distribution’s ARN as `aws:SourceArn`), and log delivery encrypts with it (`kms:GenerateDataKey*`). The key is not created here.',
    page: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html',
  },
  'policy-of-existing-bucket': {
    severity: 'warning',
    message: ({ name, services }: { name: string; services: readonly string[] }) =>
      `\`${name}\` already exists: its bucket policy must allow ${listed(services)}.`,
    why: 'A bucket has one policy, which belongs to whoever created the bucket. It needs `s3:GetObject` for cloudfront.amazonaws.com or `s3:PutObject` for delivery.logs.amazonaws.com, with the ARN of this distribution or its delivery as `aws:SourceArn`.',
    page: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html',
  },
  'old-versions-of-none': {
    severity: 'error',
    message: () => '`expireOld` has no effect: the bucket has no `versions`.',
    why: 'A lifecycle rule for noncurrent versions does nothing in a bucket without versioning.',
    fix: leavingOut,
    page: `${PAGE}/object-lifecycle-mgmt.html`,
  },
});

/** The longest name of a region. */
const REGION = 'ap-northeast-1';

/** Reports settings of a bucket that its schema cannot rule out. */
export function verifyBucket(bucket: Bucket, context: Context, report: Report): void {
  const { settings, written, name, place } = bucket;
  verifyExistingSettings(bucket, ['key'], report);
  verifyServices(bucket, context, report);
  if (settings.existing) return;
  const stem = `${context.model.stack}-${name}`;
  const length = `${stem}-000000000000-${context.model.region ?? REGION}-an`.length;
  if (settings.physicalName === undefined && length > 63) report(bucketProblems['bucket-name-too-long'], place, { name: stem, length });
  if (settings.lock && !settings.versions) report(bucketProblems['lock-without-versions'], written.at('versions').place, {});
  (settings.lifecycle ?? []).forEach(({ expireOld }, index) => {
    const at = written.at('lifecycle').parts.get(String(index))?.parts.get('expireOld');
    if (expireOld !== undefined && !settings.versions) report(bucketProblems['old-versions-of-none'], at?.place ?? place, {});
  });
  const told = context.demandsOn(bucket).flatMap(({ need, because }) => (need.need === 'notification' ? [{ need, because }] : []));
  told.forEach(({ need, because }, index) => {
    const other = told.slice(0, index).find((one) => overlap(one.need, need));
    if (other)
      report(bucketProblems['overlapping-notifications'], because, { name }, [{ message: 'The other one.', place: other.because }]);
  });
}

/** Reports services that a key or a policy elsewhere must admit. */
function verifyServices(bucket: Bucket, context: Context, report: Report): void {
  const { name, settings, written, place } = bucket;
  const of = { served: 'cloudfront.amazonaws.com', delivered: 'delivery.logs.amazonaws.com' } as const;
  const needs = context
    .demandsOn(bucket)
    .flatMap(({ need }) => (need.need === 'served' || need.need === 'delivered' ? [of[need.need]] : []));
  const services = [...new Set(needs)].sort();
  if (services.length === 0) return;
  if (settings.key) report(bucketProblems['key-must-admit-services'], written.at('key').key ?? place, { name, services });
  if (settings.existing) report(bucketProblems['policy-of-existing-bucket'], written.at('existing').key ?? place, { name, services });
}

function overlap(one: Notification, other: Notification): boolean {
  const events = one.events.some((a) => other.events.some((b) => covers(a, b) || covers(b, a)));
  const [p, q] = [one.prefix ?? '', other.prefix ?? ''];
  const [s, t] = [one.suffix ?? '', other.suffix ?? ''];
  return events && (p.startsWith(q) || q.startsWith(p)) && (s.endsWith(t) || t.endsWith(s));
}

const covers = (wide: string, narrow: string) => wide === narrow || (wide.endsWith('*') && narrow.startsWith(wide.slice(0, -1)));
