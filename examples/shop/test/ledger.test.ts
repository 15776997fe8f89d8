import { beforeEach, expect, test, vi } from 'vitest';

/** A PostgreSQL that answers what it is told to, and remembers what it was asked. */
const fake = vi.hoisted(() => ({
  asked: [] as { text: string; values: unknown }[],
  config: {} as Record<string, unknown>,
  answer: (_: string): object[] => [],
}));

vi.mock('pg', () => {
  class Pool {
    constructor(config: Record<string, unknown>) {
      fake.config = config;
    }
    on() {}
    async query(text: string, values: unknown) {
      fake.asked.push({ text, values });
      return { rows: fake.answer(text) };
    }
  }
  return { default: { Pool } };
});

beforeEach(() => {
  vi.resetModules();
  fake.asked.length = 0;
  fake.answer = () => [];
  vi.stubEnv('DATABASE_LEDGER', 'postgres://app@ledger.internal:5432/ledger?auth=iam');
});

const entry = { customer: 'ada', id: "o'; drop table orders; --", status: 'settled', total: 900 } as const;

test('connects with TLS, as the user the function was granted, with a token for each connection', async () => {
  const { find } = await import('../src/ledger.ts');
  await find('ada', 'order-0001');
  expect(fake.config).toMatchObject({
    host: 'ledger.internal',
    port: 5432,
    database: 'ledger',
    user: 'app',
    ssl: { rejectUnauthorized: true },
    password: expect.any(Function),
  });
});

test('what is written travels beside the statement', async () => {
  const { write } = await import('../src/ledger.ts');
  fake.answer = () => [entry];
  expect(await write(entry)).toEqual(entry);
  expect(fake.asked).toEqual([{ text: expect.stringMatching(/^insert/) as string, values: ['ada', entry.id, 'settled', 900] }]);
  expect(fake.asked[0]?.text).not.toContain('drop');
});

test('what the ledger does not have is not found', async () => {
  const { find, newest } = await import('../src/ledger.ts');
  expect(await find('ada', 'order-0001')).toBeUndefined();
  expect(await newest(5)).toEqual([]);
});
