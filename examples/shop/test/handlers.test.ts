import { createHash } from 'node:crypto';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { KinesisEvent, RequestAuthorizerEvent } from 'eventsystem/runtime';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import admin from '../src/admin.ts';
import getOrder from '../src/get-order.ts';
import health from '../src/health.ts';
import type { Entry } from '../src/ledger.ts';
import { create } from '../src/partner-order.ts';
import partners from '../src/partners.ts';
import settle from '../src/settle.ts';

/** A ledger and streams that forget nothing, in memory. */
const fake = vi.hoisted(() => ({ ledger: new Map<string, Entry>(), streams: new Map<string, unknown[]>(), broken: false }));

vi.mock('../src/ledger.ts', () => ({
  write: async (entry: Entry) => {
    const key = `${entry.customer} ${entry.id}`;
    if (!fake.ledger.has(key)) fake.ledger.set(key, entry);
    return fake.ledger.get(key);
  },
  find: async (customer: string, id: string) => fake.ledger.get(`${customer} ${id}`),
  newest: async (count: number) => [...fake.ledger.values()].slice(-count),
}));

vi.mock('../src/put.ts', () => ({
  put: async (name: string, key: string, data: unknown) => {
    if (fake.broken) throw new Error('The stream is not there.');
    fake.streams.set(name, [...(fake.streams.get(name) ?? []), [key, data]]);
    return '49';
  },
}));

beforeEach(() => {
  fake.ledger.clear();
  fake.streams.clear();
  fake.broken = false;
});

const order = { id: 'order-0001', status: 'placed', items: [{ product: 'tea', quantity: 2 }] };

const batch = (...records: (readonly [customer: string, data: object])[]) =>
  ({
    Records: records.map(([partitionKey, data], at) => ({
      kinesis: { partitionKey, sequenceNumber: `${at}`, data: Buffer.from(JSON.stringify(data)).toString('base64') },
    })),
  }) as unknown as KinesisEvent;

const request = (more: object) => more as APIGatewayProxyEvent;

const signedIn = (sub: string, groups?: string) => ({ authorizer: { claims: { sub, ...(groups && { 'cognito:groups': groups }) } } });

describe('settle', () => {
  test('writes an order into the ledger and tells what was settled', async () => {
    expect(await settle(batch(['ada', order]))).toEqual({ batchItemFailures: [] });
    const settled = { customer: 'ada', id: 'order-0001', status: 'settled', total: 900 };
    expect([...fake.ledger.values()]).toEqual([settled]);
    expect(fake.streams.get('settled')).toEqual([['ada', settled]]);
  });

  test('an order that comes again is not settled again, whatever it says now', async () => {
    await settle(batch(['ada', order], ['ada', { ...order, items: [{ product: 'cup', quantity: 9 }] }]));
    expect(fake.ledger.size).toBe(1);
    expect(fake.streams.get('settled')?.map((one) => (one as [string, Entry])[1].total)).toEqual([900, 900]);
  });

  test('what the shop does not have is refused, not tried for ever', async () => {
    expect(await settle(batch(['ada', { ...order, items: [{ product: 'constructor', quantity: 1 }] }]))).toEqual({ batchItemFailures: [] });
    expect([...fake.ledger.values()]).toEqual([{ customer: 'ada', id: 'order-0001', status: 'refused', total: null }]);
  });

  test('an order that could not be told comes again', async () => {
    vi.spyOn(console, 'error').mockImplementationOnce(() => {});
    fake.broken = true;
    expect(await settle(batch(['ada', order]))).toEqual({ batchItemFailures: [{ itemIdentifier: '0' }] });
    fake.broken = false;
    expect(await settle(batch(['ada', order]))).toEqual({ batchItemFailures: [] });
    expect(fake.streams.get('settled')).toHaveLength(1);
  });
});

describe('get-order', () => {
  test('shows customers their own orders, and only those', async () => {
    await settle(batch(['ada', order]));
    const ask = async (sub: string) => getOrder(request({ pathParameters: { id: 'order-0001' }, requestContext: signedIn(sub) }));
    expect(await ask('ada')).toMatchObject({ statusCode: 200, body: JSON.stringify({ id: 'order-0001', status: 'settled', total: 900 }) });
    expect(await ask('eve')).toMatchObject({ statusCode: 404 });
    expect(await getOrder(request({ pathParameters: { id: 'order-0001' }, requestContext: {} }))).toMatchObject({ statusCode: 403 });
  });
});

describe('partners', () => {
  const stage = 'arn:aws:execute-api:eu-central-1:123456789012:abc/live';
  const asked = (headers: Record<string, string>) =>
    ({ type: 'REQUEST', methodArn: `${stage}/POST/partner/orders`, headers }) as unknown as RequestAuthorizerEvent;
  const digest = (key: string) => createHash('sha256').update(key).digest('hex');
  beforeEach(() => vi.stubEnv('PARTNERS', `acme=${digest('key of acme')} globex=${digest('key of globex')}`));

  test('are known by their key, in whatever case the header comes', async () => {
    const answer = await partners(asked({ 'X-Partner-Key': 'key of globex' }));
    expect(answer).toMatchObject({ principalId: 'globex', context: { partner: 'globex' } });
    expect(answer.policyDocument.Statement).toEqual([
      { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: [`${stage}/*/partner/*`] },
    ]);
  });

  test('nobody else is let in', async () => {
    expect((await partners(asked({ 'x-partner-key': digest('key of acme') }))).policyDocument.Statement[0]?.Effect).toBe('Deny');
    await expect(partners(asked({}))).rejects.toThrow(/^Unauthorized$/);
    vi.stubEnv('PARTNERS', '');
    expect((await partners(asked({ 'x-partner-key': 'key of acme' }))).policyDocument.Statement[0]?.Effect).toBe('Deny');
  });

  test('place orders for their own customers', async () => {
    const place = async (body: unknown) =>
      create(request({ body: JSON.stringify(body), requestContext: { authorizer: { partner: 'acme' } } }));
    expect(await place({ customer: '7', order })).toMatchObject({
      statusCode: 202,
      body: JSON.stringify({ id: 'order-0001', number: '49' }),
    });
    expect(fake.streams.get('orders')).toEqual([['acme/7', order]]);
    for (const wrong of [
      null,
      {},
      { customer: 'a/b', order },
      { customer: '7', order: { ...order, items: [] } },
      { customer: '7', order: { ...order, items: [{ product: 'tea', quantity: 0.5 }] } },
    ]) {
      expect(await place(wrong)).toMatchObject({ statusCode: 400 });
    }
    expect(await create(request({ body: '{', requestContext: { authorizer: { partner: 'acme' } } }))).toMatchObject({ statusCode: 400 });
    expect(fake.streams.get('orders')).toHaveLength(1);
  });
});

describe('admin', () => {
  const ask = async (groups?: string, path = '/admin/orders') =>
    admin(request({ httpMethod: 'GET', path, requestContext: signedIn('ada', groups) }));

  test('shows the newest orders to admins alone', async () => {
    await settle(batch(['ada', order]));
    expect(await ask('staff,admins')).toMatchObject({ statusCode: 200, body: expect.stringContaining('order-0001') });
    expect(await ask('staff')).toMatchObject({ statusCode: 403 });
    expect(await ask()).toMatchObject({ statusCode: 403 });
    expect(await ask('admins', '/admin/users')).toMatchObject({ statusCode: 404 });
  });
});

test('health answers', async () => {
  expect(await health()).toMatchObject({ statusCode: 200 });
});
