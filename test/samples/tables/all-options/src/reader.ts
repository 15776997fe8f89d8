export default async (): Promise<string | undefined> => process.env['TABLE_CARTS'];
