export default async () => ({ statusCode: 204 });
