export default async (): Promise<{ batchItemFailures: [] }> => ({ batchItemFailures: [] });
