import { variableOf } from '../../runtime/contract.ts';
import { address, type Address } from '../cloud/address.ts';
import { resource } from '../cloud/part.ts';
import { account, region, stackName, text, urlSuffix, partition } from '../cloud/value.ts';
import type { Thing } from '../resolve/model.ts';
import { adopting, nameInAws } from './adoption.ts';
import { bucketPolicy } from './bucket-policy.ts';
import { verifyBucket } from './bucket-rules.ts';
import { accessLogs, bucketKey, cors, encryption, lifecycle, lock, notifications } from './bucket-settings.ts';
import { existing } from './existing.ts';
import { keeping } from './keeping.ts';
import type { Allowance, Context, Meaning, Piece, Statement, Use } from './meaning.ts';
import { usingKey } from './system-key.ts';
import { tagList } from './tags.ts';
import { closed } from './closed-bucket.ts';

export type Bucket = Thing<'buckets'>;

export const bucketAddress = ({ name }: Bucket): Address<'AWS::S3::Bucket'> => address('AWS::S3::Bucket', { name, word: 'Bucket' });

/**
 * The bucket’s name. It is spelt out and not left to CloudFormation, for a bucket that calls a function waits for the
 * function’s permission, which names the bucket: a circle. It stands in the namespace that is this account’s alone.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/gpbucketnamespaces.html
 */
export function bucketName({ name, settings }: Bucket, context: Context): Piece {
  const found = existing(settings.existing, context);
  return found?.name ?? nameInAws(settings, context) ?? text(stackName, `-${name}-`, account, '-', region, '-an');
}

export function bucketArn(bucket: Bucket, context: Context): Piece {
  const found = existing(bucket.settings.existing, context);
  return found?.arn ?? text('arn:', partition, ':s3:::', bucketName(bucket, context));
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html */
export function bucketKeyStatements(bucket: Bucket, actions: readonly string[], context: Context): readonly Statement[] {
  return usingKey(bucketKey(bucket, context), 's3', ...actions);
}

/** A bucket of this system is in this account; one by its ARN may be another’s. */
function ownAccount({ settings: { existing: said } }: Bucket): Pick<Statement, 'when'> {
  const [first] = said?.segments ?? [];
  return typeof first === 'string' && first.startsWith('arn:') ? {} : { when: { StringEquals: { 'aws:ResourceAccount': account } } };
}

function onObjects(actions: readonly string[], keyActions: readonly string[]) {
  return (bucket: Bucket, { limit }: Use, context: Context): Allowance => ({
    statements: [
      {
        actions,
        on: [text(bucketArn(bucket, context), `/${limit ?? ''}*`)],
        ...ownAccount(bucket),
        accepted: [
          {
            rule: 'AwsSolutions-IAM5',
            reason:
              limit === undefined
                ? 'The code names the objects; all of them are in this one bucket.'
                : `The code names the objects; all of them are below ${limit}.`,
          },
        ],
      },
      ...bucketKeyStatements(bucket, keyActions, context),
    ],
    variables: variables(bucket, context),
  });
}

const variables = (bucket: Bucket, context: Context) => [{ name: variableOf('bucket', bucket.called), value: bucketName(bucket, context) }];

function list(bucket: Bucket, { limit }: Use, context: Context): Allowance {
  const { when } = ownAccount(bucket);
  return {
    statements: [
      {
        actions: ['s3:ListBucket'],
        on: [bucketArn(bucket, context)],
        when: { ...when, ...(limit !== undefined && { StringLike: { 's3:prefix': `${limit}*` } }) },
      },
    ],
    variables: variables(bucket, context),
  };
}

/** An S3 bucket. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html */
export const buckets: Meaning<'buckets'> = {
  service: 's3',
  arn: bucketArn,
  attributes: {
    '': bucketName,
    name: bucketName,
    arn: bucketArn,
    domain: (bucket, context) => text(bucketName(bucket, context), '.s3.', region, '.', urlSuffix),
  },
  access: {
    read: onObjects(['s3:GetObject'], ['kms:Decrypt']),
    write: onObjects(['s3:AbortMultipartUpload', 's3:PutObject'], ['kms:Decrypt', 'kms:GenerateDataKey']),
    delete: onObjects(['s3:DeleteObject'], []),
    list,
  },
  verify: verifyBucket,
  demands: (bucket) => {
    const { logs } = bucket.settings;
    const target = typeof logs === 'object' ? logs.bucket : undefined;
    return target && !('segments' in target) ? [{ on: target, need: { need: 'logs', of: bucket }, because: bucket.place }] : [];
  },

  expand(bucket, context) {
    const { settings, path, place: because } = bucket;
    if (settings.existing) return [];
    const needs = context.demandsOn(bucket).map(({ need }) => need);
    const logs = accessLogs(bucket, context);
    const notified = needs.flatMap((need) => (need.need === 'notification' ? [need] : []));
    return [
      resource(
        bucketAddress(bucket),
        {
          BucketName: bucketName(bucket, context),
          ...(settings.physicalName === undefined && !settings.adopt && { BucketNamespace: 'account-regional' }),
          BucketEncryption: encryption(bucketKey(bucket, context)),
          ...closed,
          VersioningConfiguration: { Status: settings.versions ? 'Enabled' : 'Suspended' },
          LifecycleConfiguration: lifecycle(settings),
          ...cors(settings),
          ...lock(settings),
          ...(settings.accelerate && { AccelerateConfiguration: { AccelerationStatus: 'Enabled' } }),
          ...(logs && { LoggingConfiguration: logs }),
          ...notifications(notified, settings.eventBridge ?? false),
          ...tagList(settings.tags, context),
        },
        {
          because,
          path,
          ...adopting(settings, context, (found) => ({ BucketName: found.name })),
          ...keeping(settings, context.model),
          dependsOn: notified.flatMap(({ after }) => after),
          ...(!logs && {
            accepted: [{ rule: 'AwsSolutions-S1', reason: 'A line for each request costs storage; `logs` turns them on.' }],
          }),
        },
      ),
      bucketPolicy(bucket, bucketAddress(bucket), needs, context),
    ];
  },
};
