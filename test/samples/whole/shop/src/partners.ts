export default async () => ({ batchItemFailures: [] }); export const create = async () => ({});
