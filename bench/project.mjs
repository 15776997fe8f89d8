import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Writes a system with so many handlers, as the peers were measured with: each of some forty lines, with a local module
 * they share, bundling zod; the AWS SDK is Lambda's.
 */
export function writeProject(folder, handlers, modules) {
  cpSync(join(modules, 'zod'), join(folder, 'node_modules/zod'), { recursive: true });
  for (const [path, text] of project(handlers)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function project(handlers) {
  const functions = Array.from(
    { length: handlers },
    (_, i) => `  handler-${i + 1}: { handler: src/handler-${i + 1}.ts, access: { orders: write } }\n`,
  );
  return new Map([
    ['eventsystem.yml', `name: bench\nstreams:\n  orders: { retention: 24 hours }\nfunctions:\n${functions.join('')}`],
    ['src/shared/answer.ts', shared],
    ...Array.from({ length: handlers }, (_, i) => [`src/handler-${i + 1}.ts`, handler(i + 1)]),
  ]);
}

const shared = `export interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export function answer(statusCode: number, value: unknown): Answer {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}
`;

const handler = (i) => `import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import { z } from 'zod';
import { answer, type Answer } from './shared/answer.ts';

const line = z.object({
  sku: z.string().regex(/^S-[0-9]{1,${(i % 8) + 4}}$/),
  count: z.number().int().min(1).max(${i + 10}),
  note: z.string().max(200).optional(),
});

const order = z.object({
  id: z.uuid(),
  customer: z.email(),
  placed: z.iso.datetime(),
  lines: z.array(line).min(1).max(100),
});

type Order = z.infer<typeof order>;

const client = new KinesisClient({});

/** How much is ordered: lines of many are counted once more. */
function weight({ lines }: Order): number {
  let sum = 0;
  for (const { count } of lines) sum += count > ${i} ? count + 1 : count;
  return sum;
}

export default async function handler(event: { readonly body?: string }): Promise<Answer> {
  const read = order.safeParse(JSON.parse(event.body ?? '{}'));
  if (!read.success) return answer(400, { issues: read.error.issues });
  const record = { ...read.data, weight: weight(read.data), by: 'handler-${i}' };
  await client.send(
    new PutRecordCommand({
      StreamName: process.env['STREAM_ORDERS'],
      PartitionKey: record.id,
      Data: Buffer.from(JSON.stringify(record)),
    }),
  );
  return answer(202, { id: record.id });
}
`;
