import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';

export default async ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
  for (const { eventName, dynamodb } of Records) console.log(eventName, dynamodb?.SequenceNumber);
  return { batchItemFailures: [] };
};
