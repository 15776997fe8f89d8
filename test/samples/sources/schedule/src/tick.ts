export default async (event: unknown): Promise<void> => console.log(event);
