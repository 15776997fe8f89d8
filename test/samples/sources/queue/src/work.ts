import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';

export default async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => ({
  batchItemFailures: Records.filter(({ body }) => body === '').map(({ messageId }) => ({ itemIdentifier: messageId })),
});
