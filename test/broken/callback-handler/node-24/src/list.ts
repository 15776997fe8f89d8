export const handler = (event: unknown, context: unknown, callback: Function) => callback(null, 1);
