/** A system with so many handlers: each a small TypeScript file with modules of its own and shared ones. */
export function project(handlers) {
  const files = new Map();
  const functions = [];
  for (let i = 1; i <= handlers; i += 1) {
    functions.push(`  handler-${i}: { handler: src/handler-${i}.ts, access: { orders: write } }`);
    files.set(
      `src/handler-${i}.ts`,
      `import { PutRecordCommand, KinesisClient } from '@aws-sdk/client-kinesis';
import { parse } from './shared/parse.ts';
import { rules } from './rules/rules-${i}.ts';

const client = new KinesisClient({});

export default async function handler(event: { readonly body?: string }): Promise<{ readonly statusCode: number }> {
  const order = parse(event.body ?? '{}');
  if (!rules(order)) return { statusCode: 400 };
  await client.send(new PutRecordCommand({ StreamName: process.env['STREAM_ORDERS'], PartitionKey: order.id, Data: Buffer.from(JSON.stringify(order)) }));
  return { statusCode: 202 };
}
`,
    );
    files.set(
      `src/rules/rules-${i}.ts`,
      `import type { Order } from '../shared/parse.ts';

${Array.from({ length: 20 }, (_, rule) => `function rule${rule}(order: Order): boolean {\n  return order.lines.every((line) => line.count > ${rule} - ${i} && line.sku !== 'S${rule}-${i}');\n}`).join('\n\n')}

export function rules(order: Order): boolean {
  return ${Array.from({ length: 20 }, (_, rule) => `rule${rule}(order)`).join(' && ')};
}
`,
    );
  }
  files.set(
    'src/shared/parse.ts',
    `export interface Line {
  readonly sku: string;
  readonly count: number;
}

export interface Order {
  readonly id: string;
  readonly lines: readonly Line[];
}

export function parse(text: string): Order {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || !('id' in value) || typeof value.id !== 'string') throw new Error('No order.');
  const lines = 'lines' in value && Array.isArray(value.lines) ? value.lines : [];
  return { id: value.id, lines: lines.map((line: { sku?: unknown; count?: unknown }) => ({ sku: String(line.sku), count: Number(line.count) })) };
}
`,
  );
  files.set('eventsystem.yml', `name: bench\nstreams:\n  orders: { retention: 24 hours }\nfunctions:\n${functions.join('\n')}\n`);
  return files;
}
