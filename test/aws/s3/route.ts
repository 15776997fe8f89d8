import type { Request } from '../server.ts';
import type { Tree } from '../tree.ts';
import { parsed } from '../xml.ts';

/** Which operation a request to S3 asks for. https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html */
export function routed({ method, path, query, headers, body }: Request): { readonly action: string; readonly params: Tree } {
  const [bucket = '', ...rest] = path.slice(1).split('/').map(decodeURIComponent);
  const key = rest.join('/');
  const named = bucket === '' ? {} : key === '' ? { Bucket: bucket } : { Bucket: bucket, Key: key };
  const action = actionOf(method, bucket, key, query, headers);
  const inQuery = Object.fromEntries([...query].map(([name, value]) => [name, value]));
  const document = /xml/.test(headers['content-type'] ?? '') || action === 'DeleteObjects' ? { document: parsed(body.toString()) } : {};
  return { action, params: { ...inQuery, ...document, ...named } };
}

const BUCKET_QUERIES: readonly (readonly [string, string])[] = [
  ['location', 'GetBucketLocation'],
  ['versioning', 'BucketVersioning'],
  ['publicAccessBlock', 'PublicAccessBlock'],
  ['encryption', 'BucketEncryption'],
  ['lifecycle', 'LifecycleConfiguration'],
  ['policy', 'BucketPolicy'],
  ['tagging', 'BucketTagging'],
];

const VERBS: Readonly<Record<string, string>> = { GET: 'Get', PUT: 'Put', DELETE: 'Delete' };

function actionOf(method: string, bucket: string, key: string, query: URLSearchParams, headers: Request['headers']): string {
  if (bucket === '') return 'ListBuckets';
  if (key !== '') return objectAction(method, query, headers);
  if (method === 'HEAD') return 'HeadBucket';
  if (method === 'POST' && query.has('delete')) return 'DeleteObjects';
  const about = BUCKET_QUERIES.find(([name]) => query.has(name));
  if (about) return about[1].startsWith('Get') ? about[1] : `${VERBS[method] ?? method}${about[1]}`;
  if (method === 'GET' && query.has('versions')) return 'ListObjectVersions';
  if (method === 'GET' && query.has('uploads')) return 'ListMultipartUploads';
  if (method === 'GET') return query.get('list-type') === '2' ? 'ListObjectsV2' : 'ListObjects';
  return method === 'PUT' ? 'CreateBucket' : method === 'DELETE' ? 'DeleteBucket' : method;
}

function objectAction(method: string, query: URLSearchParams, headers: Request['headers']): string {
  if (query.has('uploadId') && method === 'DELETE') return 'AbortMultipartUpload';
  if (query.has('tagging')) return `${VERBS[method] ?? method}ObjectTagging`;
  if (method === 'HEAD') return 'HeadObject';
  if (method === 'PUT') return headers['x-amz-copy-source'] === undefined ? 'PutObject' : 'CopyObject';
  return method === 'DELETE' ? 'DeleteObject' : 'GetObject';
}
