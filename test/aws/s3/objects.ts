import { isTree, list, text, type Tree, type Value } from '../tree.ts';
import { Refusal, type Call } from '../wire.ts';
import { answer, document, type Action } from './action.ts';
import type { Bucket, Version } from './bucket.ts';
import { received } from './checksums.ts';

const keyOf = ({ params }: Call): string => String(params['Key'] ?? '');

function found(call: Call, bucket: Bucket): Version {
  const key = keyOf(call);
  const versionId = text(call.params, 'versionId');
  const version = bucket.object(key, versionId);
  if (!version || version.marker) {
    const headers: Record<string, string> = version ? { 'x-amz-delete-marker': 'true' } : {};
    if (versionId !== undefined && !version)
      throw new Refusal('NoSuchVersion', 'The specified version does not exist.', 404, { also: { Key: key, VersionId: versionId } });
    throw new Refusal('NoSuchKey', 'The specified key does not exist.', 404, { headers, also: { Key: key } });
  }
  return version;
}

function headersOf(call: Call, bucket: Bucket, version: Version): Readonly<Record<string, string>> {
  const checked = call.headers['x-amz-checksum-mode'] === 'ENABLED';
  const checksums = checked ? Object.entries(version.checksums).map(([name, value]) => [`x-amz-checksum-${name}`, value]) : [];
  return {
    'content-length': String(version.body.length),
    'content-type': 'application/octet-stream',
    'last-modified': version.at.toUTCString(),
    etag: version.etag,
    ...encryptionHeaders(bucket),
    ...(bucket.versioning ? { 'x-amz-version-id': version.versionId } : {}),
    ...Object.fromEntries(Object.entries(version.metadata).map(([name, value]) => [`x-amz-meta-${name}`, value])),
    ...Object.fromEntries(checksums),
    ...(checksums.length > 0 ? { 'x-amz-checksum-type': 'FULL_OBJECT' } : {}),
  };
}

const encryptionHeaders = ({ encryption }: Bucket): Readonly<Record<string, string>> => ({
  'x-amz-server-side-encryption': encryption?.algorithm ?? 'AES256',
  ...(encryption?.keyId ? { 'x-amz-server-side-encryption-aws-kms-key-id': encryption.keyId } : {}),
});

/** The one policy statement that matters here: nobody may write. */
function deniesPuts({ policy }: Bucket): boolean {
  const { Statement = [] } = JSON.parse(policy ?? '{}') as { readonly Statement?: readonly Tree[] };
  return Statement.some(
    ({ Effect, Action, Condition }) => Effect === 'Deny' && Condition === undefined && [Action].flat().includes('s3:PutObject'),
  );
}

const metadataOf = ({ headers }: Call): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => name.startsWith('x-amz-meta-'))
      .map(([name, value]) => [name.slice('x-amz-meta-'.length), value ?? '']),
  );

/** What is asked of one object. */
export const objectActions: Readonly<Record<string, Action>> = {
  HeadObject: (call, bucket) => answer(200, headersOf(call, bucket, found(call, bucket))),

  GetObject: (call, bucket) => {
    const version = found(call, bucket);
    return answer(200, headersOf(call, bucket, version), version.body);
  },

  /** `If-None-Match: *` writes only what is not there. https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html */
  PutObject: (call, bucket, store) => {
    if (deniesPuts(bucket)) throw new Refusal('AccessDenied', 'Access Denied', 403);
    const { body, checksums } = received(call);
    const there = bucket.object(keyOf(call));
    if (call.headers['if-none-match'] === '*' && there && !there.marker)
      throw new Refusal('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412, {
        also: { Condition: 'If-None-Match' },
      });
    const version = bucket.put(keyOf(call), body, store.now(), { checksums, metadata: metadataOf(call) });
    return answer(200, {
      etag: version.etag,
      ...encryptionHeaders(bucket),
      ...(bucket.versioning ? { 'x-amz-version-id': version.versionId } : {}),
      ...Object.fromEntries(Object.entries(checksums).map(([name, value]) => [`x-amz-checksum-${name}`, value])),
    });
  },

  DeleteObject: (call, bucket, store) => {
    const removed = remove(bucket, keyOf(call), text(call.params, 'versionId'), store.now());
    if (removed === 'locked') throw new Refusal('AccessDenied', LOCKED, 403);
    return answer(
      204,
      removed ? { 'x-amz-version-id': removed.versionId, ...(removed.marker ? { 'x-amz-delete-marker': 'true' } : {}) } : {},
    );
  },

  /** Answers 200 whatever happened to each key. */
  DeleteObjects: (call, bucket, store) => {
    received(call);
    const asked = isTree(call.params['document']) ? call.params['document']['Delete'] : undefined;
    const objects = isTree(asked) ? many(asked['Object']) : [];
    if (objects.length > 1000 || objects.length === 0)
      throw new Refusal('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema');
    const quiet = isTree(asked) && asked['Quiet'] === 'true';
    const results = objects.filter(isTree).map((one) => deleted(bucket, String(one['Key']), text(one, 'VersionId'), store.now()));
    return document('DeleteResult', {
      Deleted: quiet ? [] : results.filter((one) => !('Code' in one)),
      Error: results.filter((one) => 'Code' in one),
    });
  },

  AbortMultipartUpload: (call, bucket) => {
    const index = bucket.uploads.findIndex(({ uploadId }) => uploadId === call.query.get('uploadId'));
    if (index < 0)
      throw new Refusal(
        'NoSuchUpload',
        'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
        404,
      );
    bucket.uploads.splice(index, 1);
    return answer(204);
  },

  PutObjectTagging: (call, bucket) => {
    const version = found(call, bucket);
    const tagging = isTree(call.params['document']) ? call.params['document']['Tagging'] : undefined;
    const set = isTree(tagging) && isTree(tagging['TagSet']) ? many(tagging['TagSet']['Tag']) : [];
    version.tags = set.filter(isTree);
    return answer(200);
  },

  DeleteObjectTagging: (call, bucket) => {
    found(call, bucket).tags = [];
    return answer(204);
  },

  GetObjectTagging: (call, bucket) => document('Tagging', { TagSet: { Tag: found(call, bucket).tags } }),
};

const LOCKED = 'Access Denied because object protected by object lock.';

const many = (value: Value | undefined): readonly Value[] =>
  value === undefined ? [] : Array.isArray(value) ? list({ value }, 'value') : [value];

function remove(bucket: Bucket, key: string, versionId: string | undefined, at: Date): Version | 'locked' | undefined {
  if (versionId !== undefined && bucket.object(key, versionId)?.locked) return 'locked';
  return bucket.remove(key, versionId, at);
}

function deleted(bucket: Bucket, key: string, versionId: string | undefined, at: Date) {
  const refusals = bucket.stubborn.get(key) ?? 0;
  if (refusals > 0) {
    bucket.stubborn.set(key, refusals - 1);
    return { Key: key, Code: 'InternalError', Message: 'We encountered an internal error. Please try again.' };
  }
  const removed = remove(bucket, key, versionId, at);
  const named = { Key: key, ...(versionId === undefined ? {} : { VersionId: versionId }) };
  if (removed === 'locked') return { ...named, Code: 'AccessDenied', Message: LOCKED };
  return removed?.marker ? { ...named, DeleteMarker: true, DeleteMarkerVersionId: removed.versionId } : named;
}
