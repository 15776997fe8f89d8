import { document, type Action } from './action.ts';
import type { Version } from './bucket.ts';

const sizeOf = (query: URLSearchParams): number => Math.min(1000, Number(query.get('max-keys') ?? 1000));

const described = (version: Version) => ({
  Key: version.key,
  LastModified: version.at,
  ETag: version.etag,
  Size: version.body.length,
  StorageClass: 'STANDARD',
});

const idOf = ({ key, versionId }: Version): string => `${key}\n${versionId}`;

/** What is in a bucket, by pages of at most a thousand. */
export const listings: Readonly<Record<string, Action>> = {
  ListObjectsV2: ({ query }, bucket) => {
    const prefix = query.get('prefix') ?? '';
    const after = Buffer.from(query.get('continuation-token') ?? '', 'base64url').toString() || (query.get('start-after') ?? '');
    const matching = bucket.objects().filter(({ key }) => key.startsWith(prefix) && key > after);
    const page = matching.slice(0, sizeOf(query));
    const truncated = matching.length > page.length;
    return document('ListBucketResult', {
      Name: bucket.name,
      Prefix: prefix,
      KeyCount: page.length,
      MaxKeys: sizeOf(query),
      IsTruncated: truncated,
      NextContinuationToken: truncated ? Buffer.from(page.at(-1)?.key ?? '').toString('base64url') : null,
      Contents: page.map(described),
    });
  },

  /** Newest version of a key first. */
  ListObjectVersions: ({ query }, bucket) => {
    const prefix = query.get('prefix') ?? '';
    const order = bucket.versions
      .map((version, index) => ({ version, index, latest: bucket.object(version.key) === version }))
      .filter(({ version }) => version.key.startsWith(prefix))
      .sort((one, other) =>
        one.version.key === other.version.key ? other.index - one.index : one.version.key < other.version.key ? -1 : 1,
      );
    const marker = query.get('key-marker');
    const from =
      marker === null
        ? 0
        : startAfter(
            order.map(({ version }) => version),
            marker,
            query.get('version-id-marker'),
          );
    const page = order.slice(from, from + sizeOf(query));
    const last = page.at(-1)?.version;
    const truncated = order.length > from + page.length;
    const shown = (marked: boolean) =>
      page
        .filter(({ version }) => version.marker === marked)
        .map(({ version, latest }) => ({
          ...(marked ? { Key: version.key, LastModified: version.at } : described(version)),
          VersionId: version.versionId,
          IsLatest: latest,
        }));
    return document('ListVersionsResult', {
      Name: bucket.name,
      Prefix: prefix,
      MaxKeys: sizeOf(query),
      IsTruncated: truncated,
      NextKeyMarker: truncated && last ? last.key : null,
      NextVersionIdMarker: truncated && last ? last.versionId : null,
      Version: shown(false),
      DeleteMarker: shown(true),
    });
  },

  ListMultipartUploads: (_, bucket) =>
    document('ListMultipartUploadsResult', {
      Bucket: bucket.name,
      IsTruncated: false,
      Upload: bucket.uploads.map(({ key, uploadId, at }) => ({ Key: key, UploadId: uploadId, Initiated: at })),
    }),
};

/** The page after a version; versions deleted meanwhile are skipped over by their key. */
function startAfter(order: readonly Version[], key: string, versionId: string | null): number {
  const exact = order.findIndex((version) => idOf(version) === `${key}\n${versionId ?? ''}`);
  if (exact >= 0) return exact + 1;
  const next = order.findIndex((version) => (versionId === null ? version.key > key : version.key >= key));
  return next < 0 ? order.length : next;
}
