export default async (): Promise<string> => process.env['TABLE'] ?? '';
