import { address, logicalId } from '../cloud/address.ts';
import { resource } from '../cloud/part.ts';
import { account, addressesIn, attribute, ref, text, type Value } from '../cloud/value.ts';
import { keeping } from './keeping.ts';
import type { SystemMeaning } from './meaning.ts';
import { tagList } from './tags.ts';
import { closed } from './closed-bucket.ts';

/** Where the lines of requests to the system’s buckets go, unless a bucket names another. */
export const accessLogBucket = address('AWS::S3::Bucket', [], 'AccessLogBucket');

/** The bucket of access logs, made when a bucket writes there. https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html */
export const accessLogging: SystemMeaning = {
  follow(parts, context) {
    const writer = parts.find(
      (part) =>
        part.part === 'resource' &&
        part.address.type === 'AWS::S3::Bucket' &&
        addressesIn(part.properties as Value).some((to) => logicalId(to) === logicalId(accessLogBucket)),
    );
    if (!writer) return [];
    const from = { because: writer.because, path: writer.path };
    const arn = attribute(accessLogBucket, 'Arn');
    return [
      resource(
        accessLogBucket,
        {
          // S3 delivers access logs into a bucket with keys of S3’s own, and into no other.
          BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
          ...closed,
          VersioningConfiguration: { Status: 'Enabled' },
          LifecycleConfiguration: {
            Rules: [
              { Id: 'a-year', Status: 'Enabled', ExpirationInDays: 365, NoncurrentVersionExpiration: { NoncurrentDays: 30 } },
              { Id: 'clear-away', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
            ],
          },
          ...tagList(undefined, context),
        },
        {
          ...from,
          ...keeping({}, context.model),
          accepted: [{ rule: 'AwsSolutions-S1', reason: 'It is where access logs go; logs of itself would never end.' }],
        },
      ),
      resource(
        address('AWS::S3::BucketPolicy', [], 'AccessLogBucketPolicy'),
        { Bucket: ref(accessLogBucket), PolicyDocument: { Version: '2012-10-17', Statement: statements(arn) } },
        from,
      ),
    ];
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html */
function statements(arn: Value): readonly { readonly [key: string]: Value }[] {
  const everywhere = [arn, text(arn as string, '/*')];
  const denied = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: everywhere };
  return [
    { Sid: 'OnlyTls', ...denied, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    { Sid: 'OnlyNewTls', ...denied, Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } } },
    {
      Sid: 'AccessLogs',
      Effect: 'Allow',
      Principal: { Service: 'logging.s3.amazonaws.com' },
      Action: 's3:PutObject',
      Resource: text(arn as string, '/*'),
      Condition: { StringEquals: { 'aws:SourceAccount': account } },
    },
  ];
}
