import type { CloudFrontRequestEvent, CloudFrontResponseEvent } from 'aws-lambda';

/** `/about` is `/about/index.html`; what the origin answered is left as it is. */
export default async ({ Records: [record] }: CloudFrontRequestEvent | CloudFrontResponseEvent) => {
  if (!record) return undefined;
  if ('response' in record.cf) return record.cf.response;
  const { request } = record.cf;
  return /\.[a-z]+$/.test(request.uri) ? request : { ...request, uri: `${request.uri.replace(/\/$/, '')}/index.html` };
};
