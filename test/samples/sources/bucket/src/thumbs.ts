import type { S3Event } from 'aws-lambda';

export default async ({ Records }: S3Event): Promise<void> => {
  for (const { s3 } of Records) console.log(s3.bucket.name, s3.object.key);
};
