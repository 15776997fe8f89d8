import { text, truth } from '../tree.ts';
import { validationError, type Call, type Refusal } from '../wire.ts';
import { LIMITS } from '../template/check.ts';
import type { Service } from './action.ts';

const MORE = '\nFor more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html';

const s3Error = (message: string): Refusal => validationError(`S3 error: ${message}${MORE}`);

/** The text of the template a call brings: within it, in S3, or the one the stack has. */
export function templateText(call: Call, { cloud }: Service, previous: string | undefined): string {
  const body = text(call.params, 'TemplateBody');
  const url = text(call.params, 'TemplateURL');
  const usePrevious = truth(call.params, 'UsePreviousTemplate') === true;
  if ([body !== undefined, url !== undefined, usePrevious].filter(Boolean).length !== 1)
    throw validationError('Either Template URL or Template Body must be specified.');
  if (body !== undefined && Buffer.byteLength(body) > LIMITS.inlineBytes)
    throw validationError(
      `1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${LIMITS.inlineBytes}`,
    );
  if (body !== undefined) return body;
  if (url === undefined) return previous ?? '';
  const { bucket: name, key, versionId } = addressed(url);
  const bucket = cloud.store.buckets.get(name);
  if (!bucket) throw s3Error('The specified bucket does not exist');
  const reading: Call = { ...call, service: 's3', action: 'GetObject', method: 'GET', params: { Bucket: name, Key: key } };
  if (bucket.owner !== call.account || cloud.store.guards.some((guard) => guard(reading, bucket))) throw s3Error('Access Denied');
  if (bucket.region !== call.region)
    throw s3Error(
      `The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.`,
    );
  const object = bucket.object(key, versionId);
  if (!object || object.marker)
    throw s3Error(versionId === undefined ? 'The specified key does not exist.' : 'The specified version does not exist.');
  return object.body.toString();
}

/** Path style and virtual hosted style; anything else is not supported. */
function addressed(url: string): { readonly bucket: string; readonly key: string; readonly versionId: string | undefined } {
  const unsupported = validationError('TemplateURL must be a supported URL.');
  if (!URL.canParse(url)) throw unsupported;
  const { protocol, hostname, pathname, searchParams } = new URL(url);
  if (protocol !== 'https:') throw unsupported;
  const host =
    hostname.match(/^(?:(.+)\.)?s3[.-](?:dualstack\.)?(?:[\w-]+\.)?amazonaws\.(?:com(?:\.cn)?|eu)$/) ??
    hostname.match(/^(?:(.+)\.)?s3\.amazonaws\.com$/);
  if (!host) throw unsupported;
  const path = decodeURIComponent(pathname.slice(1));
  const versionId = searchParams.get('versionId') ?? undefined;
  if (host[1] !== undefined) return { bucket: host[1], key: path, versionId };
  return { bucket: path.slice(0, path.indexOf('/')), key: path.slice(path.indexOf('/') + 1), versionId };
}
