import type { ALBEvent, ALBResult } from 'aws-lambda';

export default async ({ path }: ALBEvent): Promise<ALBResult> => ({
  statusCode: 200,
  headers: { 'content-type': 'text/plain' },
  body: `You asked for ${path}.`,
});
