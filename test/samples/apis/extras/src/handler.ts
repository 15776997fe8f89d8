export const handler = async (event: { readonly path?: string }) => ({ statusCode: 200, body: JSON.stringify({ path: event.path ?? '/' }) });
