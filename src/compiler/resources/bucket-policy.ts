import { address, type Address } from '../cloud/address.ts';
import { resource, type Part } from '../cloud/part.ts';
import { account, attribute, ref, text, type Intrinsic, type Value } from '../cloud/value.ts';
import type { Thing } from '../resolve/model.ts';
import type { Needs } from './demand.ts';
import type { Context } from './meaning.ts';

type PolicyStatement = { readonly [key: string]: Value };

export const bucketPolicyAddress = ({ name }: Pick<Thing<'buckets'>, 'name'>): Address<'AWS::S3::BucketPolicy'> =>
  address('AWS::S3::BucketPolicy', { name, word: 'Bucket' }, 'Policy');

/** Closed to plain HTTP and to old TLS, for everybody; open to services for one resource each. */
export function bucketPolicy(
  bucket: Thing<'buckets'>,
  of: Address<'AWS::S3::Bucket'>,
  needs: readonly Needs['buckets'][],
  context: Context,
): Part {
  const { settings, place: because, path } = bucket;
  const arn = attribute(of, 'Arn');
  const everywhere = [arn, text(arn, '/*')];
  const denied = (Sid: string, Condition: Value): PolicyStatement => ({
    Sid,
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: everywhere,
    Condition,
  });
  return resource(
    bucketPolicyAddress(bucket),
    {
      Bucket: ref(of),
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          denied('OnlyTls', { Bool: { 'aws:SecureTransport': 'false' } }),
          denied('OnlyNewTls', { NumericLessThan: { 's3:TlsVersion': '1.2' } }),
          ...(needs.some(({ need }) => need === 'logs') ? [accessLogs(arn)] : []),
          ...needs.flatMap((need) => (need.need === 'served' ? [served(arn, need.by, need.prefix)] : [])),
          ...needs.flatMap((need) => (need.need === 'delivered' ? [delivered(arn, need.by)] : [])),
          ...(settings.policy ?? []).map((one): PolicyStatement => ({ Resource: everywhere, ...(context.data(one) as PolicyStatement) })),
        ],
      },
    },
    { because, path },
  );
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html */
const accessLogs = (arn: Intrinsic): PolicyStatement => ({
  Sid: 'AccessLogs',
  Effect: 'Allow',
  Principal: { Service: 'logging.s3.amazonaws.com' },
  Action: 's3:PutObject',
  Resource: text(arn, '/*'),
  Condition: { StringEquals: { 'aws:SourceAccount': account } },
});

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html */
const served = (arn: Intrinsic, by: Value, prefix: string): PolicyStatement => ({
  Effect: 'Allow',
  Principal: { Service: 'cloudfront.amazonaws.com' },
  Action: 's3:GetObject',
  Resource: text(arn, `/${prefix}*`),
  Condition: { StringEquals: { 'aws:SourceArn': by } },
});

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-V2-S3.html */
const delivered = (arn: Intrinsic, by: Value): PolicyStatement => ({
  Effect: 'Allow',
  Principal: { Service: 'delivery.logs.amazonaws.com' },
  Action: 's3:PutObject',
  Resource: text(arn, '/*'),
  Condition: {
    StringEquals: { 'aws:SourceAccount': account, 's3:x-amz-acl': 'bucket-owner-full-control' },
    ArnLike: { 'aws:SourceArn': by },
  },
});
