import {
  AbortMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteBucketPolicyCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketPolicyCommand,
  GetObjectTaggingCommand,
  PutBucketPolicyCommand,
  PutObjectTaggingCommand,
  GetBucketEncryptionCommand,
  GetBucketLocationCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  paginateListObjectsV2,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startAws, type FakeAws } from '../aws.ts';
import { Refusal } from '../wire.ts';
import { Clients, refusal } from './clients.ts';

let aws: FakeAws;
let to: Clients;
beforeEach(async () => {
  aws = await startAws();
  to = new Clients(aws);
});
afterEach(() => aws.close());

const Bucket = 'artifacts';
const put = (Key: string, Body: Buffer | string, more = {}) => to.s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));

/** The status and headers of an answer that has no body. */
async function failed(call: Promise<unknown>) {
  try {
    await call;
  } catch (error) {
    const { name, $metadata, $response } = error as {
      name: string;
      $metadata: { httpStatusCode: number };
      $response?: { headers: Record<string, string> };
    };
    return [name, $metadata.httpStatusCode, $response?.headers['x-amz-bucket-region']];
  }
  return [];
}

describe('objects', () => {
  beforeEach(() => void aws.makeBucket({ name: Bucket, versioning: 'Enabled' }));

  test('with their checksum', async () => {
    const body = Buffer.from('hello');
    const sum = createHash('sha256').update(body).digest('base64');
    const { VersionId } = await put('v1/a.zip', body, { ChecksumSHA256: sum, IfNoneMatch: '*' });
    const head = await to.s3.send(
      new HeadObjectCommand({ Bucket, Key: 'v1/a.zip', ChecksumMode: 'ENABLED', ExpectedBucketOwner: aws.account }),
    );
    expect(head).toMatchObject({ ContentLength: 5, ChecksumSHA256: sum, VersionId });
    const object = await to.s3.send(new GetObjectCommand({ Bucket, Key: 'v1/a.zip' }));
    expect(await object.Body?.transformToString()).toBe('hello');
  });

  test('one that is there is not written again', async () => {
    await put('a', 'one', { IfNoneMatch: '*' });
    expect(await refusal(put('a', 'two', { IfNoneMatch: '*' }))).toBe(
      'PreconditionFailed: At least one of the pre-conditions you specified did not hold',
    );
  });

  test('a wrong checksum is refused', async () => {
    const wrong = createHash('sha256').update('other').digest('base64');
    expect(await refusal(put('a', 'one', { ChecksumSHA256: wrong }))).toMatch(/^BadDigest/);
    expect(aws.bucket(Bucket)?.keys()).toEqual([]);
  });

  test('a large one asks first; a stream comes in chunks with its checksum at the end', async () => {
    await put('large', Buffer.alloc(3_000_000, 1));
    expect(aws.calls.of('PutObject')[0]?.headers['expect']).toBe('100-continue');
    const Body = Readable.from([Buffer.alloc(70_000, 2), Buffer.alloc(10, 3)]);
    await to.s3.send(new PutObjectCommand({ Bucket, Key: 'stream', Body, ContentLength: 70_010, ChecksumAlgorithm: 'CRC32' }));
    expect(aws.calls.of('PutObject')[1]?.headers['content-encoding']).toBe('aws-chunked');
    expect(aws.bucket(Bucket)?.object('stream')?.body.length).toBe(70_010);
  });

  test('what is missing, by its status', async () => {
    expect(await failed(to.s3.send(new HeadObjectCommand({ Bucket, Key: 'no' })))).toEqual(['NotFound', 404, undefined]);
    expect(await refusal(to.s3.send(new GetObjectCommand({ Bucket, Key: 'no' })))).toBe('NoSuchKey: The specified key does not exist.');
    expect(await failed(to.s3.send(new HeadBucketCommand({ Bucket: 'no' })))).toEqual(['NotFound', 404, undefined]);
  });

  test('by pages, and their versions', async () => {
    for (let index = 0; index < 25; index += 1) aws.bucket(Bucket)?.put(`k${String(index).padStart(2, '0')}`, Buffer.from('x'), new Date());
    const sizes: (number | undefined)[] = [];
    for await (const page of paginateListObjectsV2({ client: to.s3, pageSize: 10 }, { Bucket })) sizes.push(page.Contents?.length);
    expect(sizes).toEqual([10, 10, 5]);
    aws.bucket(Bucket)?.remove('k00', undefined, new Date());
    const first = await to.s3.send(new ListObjectVersionsCommand({ Bucket, MaxKeys: 20 }));
    expect([first.IsTruncated, first.Versions?.length, first.DeleteMarkers?.length]).toEqual([true, 19, 1]);
    const rest = await to.s3.send(
      new ListObjectVersionsCommand({ Bucket, KeyMarker: first.NextKeyMarker, VersionIdMarker: first.NextVersionIdMarker }),
    );
    expect(rest.Versions).toHaveLength(6);
  });

  test('deleted many at once, with an error for each that is locked', async () => {
    const bucket = aws.bucket(Bucket);
    const locked = bucket?.put('locked', Buffer.from('x'), new Date(), { locked: true });
    const free = bucket?.put('free', Buffer.from('x'), new Date());
    const Objects = [
      { Key: 'locked', VersionId: locked?.versionId },
      { Key: 'free', VersionId: free?.versionId },
    ];
    const { Deleted, Errors } = await to.s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    expect(Deleted?.map(({ Key }) => Key)).toEqual(['free']);
    expect(Errors).toMatchObject([{ Key: 'locked', Code: 'AccessDenied' }]);
  });
});

describe('buckets', () => {
  test('what they are', async () => {
    aws.makeBucket({ name: Bucket, versioning: 'Enabled', encryption: { algorithm: 'aws:kms', keyId: 'key-1' } });
    const s3 = to.s3;
    expect((await s3.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint).toBe('eu-west-1');
    expect((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe('Enabled');
    expect((await s3.send(new GetPublicAccessBlockCommand({ Bucket }))).PublicAccessBlockConfiguration?.BlockPublicAcls).toBe(true);
    const { ServerSideEncryptionConfiguration } = await s3.send(new GetBucketEncryptionCommand({ Bucket }));
    expect(ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault).toEqual({
      SSEAlgorithm: 'aws:kms',
      KMSMasterKeyID: 'key-1',
    });
    expect((await s3.send(new HeadBucketCommand({ Bucket }))).BucketRegion).toBe('eu-west-1');
    aws.bucket(Bucket)?.uploads.push({ key: 'part', uploadId: 'u1', at: new Date() });
    expect((await s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads?.[0]?.UploadId).toBe('u1');
  });

  test('their policy, lifecycle and unfinished uploads', async () => {
    const { s3 } = to;
    const bucket = aws.makeBucket({ name: Bucket });
    expect(await refusal(s3.send(new GetBucketPolicyCommand({ Bucket })))).toBe('NoSuchBucketPolicy: The bucket policy does not exist');
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: '{"Statement":[]}' }));
    expect((await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy).toBe('{"Statement":[]}');
    await s3.send(new DeleteBucketPolicyCommand({ Bucket }));
    expect(await refusal(s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket })))).toMatch(/^NoSuchLifecycleConfiguration/);
    bucket.lifecycle = true;
    expect((await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).Rules).toHaveLength(1);
    bucket.uploads.push({ key: 'part', uploadId: 'u1', at: new Date() });
    await s3.send(new AbortMultipartUploadCommand({ Bucket, Key: 'part', UploadId: 'u1' }));
    expect(bucket.uploads).toEqual([]);
    await put('a', 'x');
    await s3.send(new PutObjectTaggingCommand({ Bucket, Key: 'a', Tagging: { TagSet: [{ Key: 'gc', Value: 'marked' }] } }));
    expect((await s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'a' }))).TagSet).toEqual([{ Key: 'gc', Value: 'marked' }]);
    expect(await refusal(s3.send(new DeleteBucketCommand({ Bucket })))).toBe('BucketNotEmpty: The bucket you tried to delete is not empty');
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    await s3.send(new DeleteBucketCommand({ Bucket }));
    expect(aws.bucket(Bucket)).toBeUndefined();
  });

  test('us-east-1 is written as nothing', async () => {
    aws.makeBucket({ name: Bucket, region: 'us-east-1' });
    const there = new Clients(aws, { region: 'us-east-1' });
    expect((await there.s3.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint).toBeUndefined();
  });

  test('in another region', async () => {
    aws.makeBucket({ name: Bucket, region: 'us-west-2' });
    expect(await failed(to.s3.send(new HeadBucketCommand({ Bucket })))).toEqual(['Unknown', 301, 'us-west-2']);
    expect(await refusal(to.s3.send(new ListObjectsV2Command({ Bucket })))).toMatch(/^PermanentRedirect: /);
  });

  test('of another account', async () => {
    aws.makeBucket({ name: Bucket, owner: '999999999999' });
    expect(await failed(to.s3.send(new HeadBucketCommand({ Bucket, ExpectedBucketOwner: aws.account })))).toEqual([
      'Unknown',
      403,
      undefined,
    ]);
  });

  test('whose policy refuses', async () => {
    aws.makeBucket({ name: Bucket });
    aws.guard((call) =>
      call.action === 'PutObject' && call.headers['x-amz-server-side-encryption'] === undefined
        ? new Refusal('AccessDenied', 'Access Denied', 403)
        : undefined,
    );
    expect(await refusal(put('a', 'x'))).toBe('AccessDenied: Access Denied');
    await put('a', 'x', { ServerSideEncryption: 'AES256' });
  });
});
