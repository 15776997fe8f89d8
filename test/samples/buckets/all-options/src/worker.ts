export default async (): Promise<string | undefined> => process.env['BUCKET_PLAIN'];
