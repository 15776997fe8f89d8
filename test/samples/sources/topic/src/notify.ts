import type { SNSEvent } from 'aws-lambda';

export default async ({ Records }: SNSEvent): Promise<void> => {
  for (const { Sns } of Records) console.log(Sns.MessageId);
};
