export const handler = async (event: { Records: readonly { kinesis: { data: string } }[] }): Promise<{ batchItemFailures: { itemIdentifier: string }[] }> => {
  console.log(event.Records.length);
  return { batchItemFailures: [] };
};
