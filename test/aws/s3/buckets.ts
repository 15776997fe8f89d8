import { Refusal } from '../wire.ts';
import { answer, document, type Action } from './action.ts';

const missing = (code: string, message: string): never => {
  throw new Refusal(code, message, 404);
};

/** What is asked of a bucket as a whole. */
export const bucketActions: Readonly<Record<string, Action>> = {
  HeadBucket: (_, bucket) => answer(200, { 'x-amz-bucket-region': bucket.region }),

  /** us-east-1 is written as nothing. */
  GetBucketLocation: (_, bucket) => document('LocationConstraint', bucket.region === 'us-east-1' ? '' : bucket.region),

  GetBucketVersioning: (_, bucket) => document('VersioningConfiguration', { Status: bucket.versioning ?? null }),

  GetPublicAccessBlock: (_, bucket) =>
    bucket.publicAccessBlock
      ? document('PublicAccessBlockConfiguration', {
          BlockPublicAcls: true,
          IgnorePublicAcls: true,
          BlockPublicPolicy: true,
          RestrictPublicBuckets: true,
        })
      : missing('NoSuchPublicAccessBlockConfiguration', 'The public access block configuration was not found'),

  GetBucketEncryption: (_, { encryption }) =>
    encryption
      ? document('ServerSideEncryptionConfiguration', {
          Rule: [
            {
              ApplyServerSideEncryptionByDefault: { SSEAlgorithm: encryption.algorithm, KMSMasterKeyID: encryption.keyId ?? null },
              BucketKeyEnabled: encryption.algorithm === 'aws:kms',
            },
          ],
        })
      : missing('ServerSideEncryptionConfigurationNotFoundError', 'The server side encryption configuration was not found'),

  GetLifecycleConfiguration: (_, { lifecycle }) =>
    lifecycle
      ? document('LifecycleConfiguration', {
          Rule: [{ ID: 'abort', Status: 'Enabled', Filter: { Prefix: '' }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }],
        })
      : missing('NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist'),

  DeleteBucket: (_, bucket, store) => {
    if (!bucket.empty)
      throw new Refusal('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409, { also: { BucketName: bucket.name } });
    store.buckets.delete(bucket.name);
    return answer(204);
  },

  GetBucketPolicy: (_, { policy }) =>
    policy === undefined
      ? missing('NoSuchBucketPolicy', 'The bucket policy does not exist')
      : answer(200, { 'content-type': 'application/json' }, policy),

  PutBucketPolicy: ({ body }, bucket) => {
    bucket.policy = body.toString();
    return answer(204);
  },

  DeleteBucketPolicy: (_, bucket) => {
    bucket.policy = undefined;
    return answer(204);
  },
};
