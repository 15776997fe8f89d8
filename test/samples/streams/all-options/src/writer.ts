export default async (): Promise<string> => process.env['STREAM_PLAIN'] ?? '';
