import { Refusal, type Call, type Reply } from '../wire.ts';
import { elements } from '../xml.ts';
import { HEAD, type Action, type Store } from './action.ts';
import type { Bucket } from './bucket.ts';
import { bucketActions } from './buckets.ts';
import { listings } from './listings.ts';
import { objectActions } from './objects.ts';

const ACTIONS: Readonly<Record<string, Action>> = { ...bucketActions, ...objectActions, ...listings };

export const s3Actions = Object.keys(ACTIONS);

/** Simple Storage Service, path style. */
export const s3 =
  (store: Store) =>
  (call: Call): Reply => {
    const { action, params } = call;
    const action_ = ACTIONS[action];
    if (!action_)
      throw new Refusal('NotImplemented', `A header you provided implies functionality that is not implemented: ${action}`, 501);
    const bucket = bucketFor(store, call, String(params['Bucket'] ?? ''));
    for (const guard of store.guards) {
      const refusal = guard(call, bucket);
      if (refusal) throw refusal;
    }
    const reply = action_(call, bucket, store);
    return { ...reply, headers: { 'x-amz-request-id': call.requestId, 'x-amz-id-2': 'fake', ...reply.headers } };
  };

function bucketFor(store: Store, call: Call, name: string): Bucket {
  const bucket = store.buckets.get(name);
  if (!bucket) throw new Refusal('NoSuchBucket', 'The specified bucket does not exist', 404, { also: { BucketName: name } });
  const region = { 'x-amz-bucket-region': bucket.region };
  const expected = call.headers['x-amz-expected-bucket-owner'];
  if (expected !== undefined && expected !== bucket.owner) throw new Refusal('AccessDenied', 'Access Denied', 403);
  if (call.region !== '' && call.region !== bucket.region && call.action !== 'GetBucketLocation') throw elsewhere(bucket, region);
  if (call.account !== bucket.owner) throw new Refusal('AccessDenied', 'Access Denied', 403, { headers: region });
  return bucket;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/Redirects.html */
const elsewhere = (bucket: Bucket, headers: Readonly<Record<string, string>>): Refusal =>
  new Refusal(
    'PermanentRedirect',
    'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
    301,
    { headers, also: { Endpoint: `s3.${bucket.region}.amazonaws.com`, Bucket: bucket.name } },
  );

/** An error of S3: no body for HEAD. */
export function refusedByS3(call: Call, { code, message, status, headers, also }: Refusal): Reply {
  const body = `${HEAD}<Error>${elements({ Code: code, Message: message, ...also, RequestId: call.requestId, HostId: 'fake' })}</Error>`;
  return {
    status,
    headers: { 'content-type': 'application/xml', 'x-amz-request-id': call.requestId, ...headers },
    body: call.method === 'HEAD' ? '' : body,
  };
}
