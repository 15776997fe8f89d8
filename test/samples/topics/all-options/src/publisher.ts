export default async (): Promise<string | undefined> => process.env['TOPIC_PLAIN'];
