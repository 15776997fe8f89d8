export default async (event: unknown): Promise<void> => {
  console.log(JSON.stringify(event).length);
};
