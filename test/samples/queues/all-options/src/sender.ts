export default async (): Promise<string | undefined> => process.env['QUEUE_PLAIN'];
