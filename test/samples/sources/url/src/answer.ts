export default async (): Promise<{ statusCode: number }> => ({ statusCode: 204 });
