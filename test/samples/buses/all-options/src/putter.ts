export default async (): Promise<string | undefined> => process.env['BUS_PLAIN'];
