import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startAws, type FakeAws } from '../aws/aws.ts';
import { typed } from './program.ts';

let aws: FakeAws;
let folder: string;
beforeEach(async () => {
  aws = await startAws({ region: 'eu-central-1', pace: 'stopped' });
  aws.makeBucket({ name: 'artifacts', versioning: 'Enabled' });
  folder = mkdtempSync(join(tmpdir(), 'eventsystem-kept-'));
});
afterEach(async () => {
  await aws.close();
  rmSync(folder, { recursive: true });
});

const eventsystem = (...words: string[]) => typed(aws, folder, words);

/** The system, each thing with what is written in its braces. */
const written = (more: Readonly<Record<string, string>> = {}): void =>
  writeFileSync(
    join(folder, 'eventsystem.yml'),
    `name: shop
region: eu-central-1
streams: { orders: {${more['streams.orders'] ?? ''}} }
tables: { carts: { key: id${more['tables.carts'] ?? ''} } }
queues: { late: {${more['queues.late'] ?? ''}} }
topics: { news: {${more['topics.news'] ?? ''}} }
buckets: { uploads: {${more['buckets.uploads'] ?? ''}} }
secrets: { mail: {${more['secrets.mail'] ?? ' generate: { length: 40 } '}} }
userPools: { customers: { signIn: email${more['userPools.customers'] ?? ''} } }
`,
  );

const things = ['streams.orders', 'tables.carts', 'queues.late', 'topics.news', 'buckets.uploads', 'secrets.mail', 'userPools.customers'];

/** G11: whoever does what is printed has everything back. */
test('what a removal leaves behind is taken back by the words it prints', async () => {
  written();
  const made = await eventsystem('deploy', '--yes', '--artifact-bucket', 'artifacts');
  expect(made.code, made.out + made.err).toBe(0);
  const ids = ['OrdersStream', 'CartsTable', 'LateQueue', 'NewsTopic', 'UploadsBucket', 'MailSecret', 'CustomersPool'];
  const physical = () => ids.map((id) => aws.stack('shop-dev')?.resources.get(id)?.physicalId);
  const before = physical();
  const removed = await eventsystem('remove', '--yes');
  expect(removed.code, removed.err).toBe(0);
  expect(aws.stack('shop-dev')).toBeUndefined();
  const told = [...removed.out.matchAll(/set `(adopt: [^`]+)` at (\S+) \(eventsystem\.yml:(\d+)\)(, without `generate`)?, and deploy\./g)];
  expect(told.map(([, , path]) => path).sort(), removed.out).toEqual([...things].sort());
  expect(told.map(([, , path = '', line]) => [path, Number(line)])).toEqual(
    expect.arrayContaining([
      ['streams.orders', 3],
      ['userPools.customers', 9],
    ]),
  );
  written(Object.fromEntries(told.map(([, word = '', path = '']) => [path, `${/tables|userPools/.test(path) ? ',' : ''} ${word} `])));
  const again = await eventsystem('deploy', '--yes', '--artifact-bucket', 'artifacts');
  expect(again.code, again.out + again.err).toBe(0);
  expect(physical()).toEqual(before);
});
