import type { CloudFrontResponseEvent, CloudFrontResultResponse } from 'aws-lambda';

export default async ({ Records: [record] }: CloudFrontResponseEvent): Promise<CloudFrontResultResponse | undefined> => {
  const response = record?.cf.response;
  return response && { ...response, headers: { ...response.headers, 'x-edge': [{ key: 'X-Edge', value: 'yes' }] } };
};
