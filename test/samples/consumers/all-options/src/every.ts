export const handler = async (event: { Records: readonly unknown[] }): Promise<void> => {
  console.log(event.Records.length);
};
