import { validationError, type Call, type Refusal } from '../wire.ts';
import type { Cloud } from './cloud.ts';

const MORE = '\nFor more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html';

const s3Error = (message: string): Refusal => validationError(`S3 error: ${message}${MORE}`);

/** The template CloudFormation reads from S3, with the rights of who asks. */
export function templateAt(cloud: Cloud, url: string, { region, account }: { readonly region: string; readonly account: string }): string {
  const { bucket: name, key, versionId } = addressed(url);
  const bucket = cloud.store.buckets.get(name);
  if (!bucket) throw s3Error('The specified bucket does not exist');
  if (bucket.owner !== account || cloud.store.guards.some((guard) => guard(reading(name, key, region, account), bucket)))
    throw s3Error('Access Denied');
  if (bucket.region !== region)
    throw s3Error(
      'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
    );
  const object = bucket.object(key, versionId);
  if (!object || object.marker)
    throw s3Error(versionId === undefined ? 'The specified key does not exist.' : 'The specified version does not exist.');
  return object.body.toString();
}

/** The request CloudFormation makes: bucket policies judge it. */
const reading = (bucket: string, key: string, region: string, account: string): Call => ({
  n: 0,
  service: 's3',
  action: 'GetObject',
  params: { Bucket: bucket, Key: key },
  region,
  accessKeyId: 'cloudformation',
  sessionToken: '',
  account,
  arn: '',
  requestId: '',
  method: 'GET',
  path: `/${bucket}/${key}`,
  query: new URLSearchParams(),
  headers: {},
  body: Buffer.alloc(0),
  at: new Date(0),
});

const HOST = /^(?:(.+)\.)?s3(?:[.-](?:dualstack\.)?[a-z0-9-]+)?\.amazonaws\.(?:com|com\.cn|eu)$/;

/** Path style and virtual hosted style; anything else is not supported. */
function addressed(url: string): { readonly bucket: string; readonly key: string; readonly versionId: string | undefined } {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const host = parsed?.protocol === 'https:' ? HOST.exec(parsed.hostname) : null;
  if (!parsed || !host) throw validationError('TemplateURL must be a supported URL.');
  const path = decodeURIComponent(parsed.pathname.slice(1));
  const versionId = parsed.searchParams.get('versionId') ?? undefined;
  if (host[1] !== undefined) return { bucket: host[1], key: path, versionId };
  const slash = path.indexOf('/');
  return { bucket: path.slice(0, slash), key: path.slice(slash + 1), versionId };
}
