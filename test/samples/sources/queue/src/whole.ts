import type { SQSEvent } from 'aws-lambda';

export default async ({ Records }: SQSEvent): Promise<void> => {
  for (const { body } of Records) console.log(body.length);
};
