import type { CloudFrontRequestEvent, CloudFrontRequestResult } from 'aws-lambda';

/** Lets through whoever shows a cookie. */
export default async ({ Records: [record] }: CloudFrontRequestEvent): Promise<CloudFrontRequestResult> => {
  const request = record?.cf.request;
  const known = request?.headers['cookie']?.some(({ value }) => value.includes('member='));
  return known ? request : { status: '403', statusDescription: 'Forbidden', body: 'Members only.' };
};
