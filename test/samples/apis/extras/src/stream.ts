import type { Writable } from 'node:stream';

interface Answer extends Writable {
  setContentType(type: string): void;
}

declare const awslambda: {
  streamifyResponse(handler: (event: unknown, answer: Answer) => Promise<void>): unknown;
  readonly HttpResponseStream: {
    from(answer: Answer, head: { readonly statusCode: number; readonly headers: Readonly<Record<string, string>> }): Writable;
  };
};

export const handler = awslambda.streamifyResponse(async (_, answer) => {
  const lines = awslambda.HttpResponseStream.from(answer, { statusCode: 200, headers: { 'content-type': 'text/csv' } });
  for (const line of ['id,price', '1,10', '2,20']) lines.write(`${line}\n`);
  lines.end();
});
