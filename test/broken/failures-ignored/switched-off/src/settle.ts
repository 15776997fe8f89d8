export default async () => ({ batchItemFailures: [] });
