export default async (event: unknown): Promise<unknown> => event;
