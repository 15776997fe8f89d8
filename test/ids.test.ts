import fc from 'fast-check';
import { expect, test } from 'vitest';
import { address, KIND_WORDS, logicalId, spell, type Named } from '../src/compiler/cloud/address.ts';

/** A logical id is injective in the names its author chose, and CloudFormation takes it. */
const letters = 'abcdefgilmopqrstxyz'.split('');
const word = fc.array(fc.constantFrom(...letters, '0', '1', '9'), { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''));
const name = fc
  .tuple(
    fc.constantFrom(...letters),
    fc.array(fc.oneof(word, fc.constantFrom('stream', 'function', 'api', 'x', 'xs', 'h2d')), { maxLength: 3 }),
  )
  .map(([first, rest]) => [first, ...rest].join('-'))
  .filter((text) => /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(text));
const segment = fc.oneof(word, fc.constantFrom('orders-id', 'ordersId', '{id}', '{proxy+}', '{ID}', 'a.b', 'A_b', 'stream'));
const route = fc
  .tuple(fc.constantFrom('GET', 'POST', 'ANY'), fc.array(segment, { maxLength: 3 }))
  .map(([method, segments]) => `${method} /${segments.join('/')}`);
const named: fc.Arbitrary<Named> = fc.record({ name: fc.oneof(name, route), word: fc.constantFrom(...KIND_WORDS) });
const roles = fc.constantFrom('', 'Role', 'LogGroup', 'Permission');
const anAddress = fc.tuple(fc.array(named, { minLength: 1, maxLength: 2 }), roles);

test('two addresses never share an id', () => {
  const seen = new Map<string, string>();
  fc.assert(
    fc.property(anAddress, ([names, role]) => {
      const id = logicalId(address('AWS::IAM::Role', names, role));
      const key = JSON.stringify([names, role]);
      expect(seen.get(id) ?? key).toBe(key);
      seen.set(id, key);
      expect(id).toMatch(/^[A-Za-z0-9]{1,255}$/);
    }),
    { numRuns: 20_000 },
  );
});

test('names that look alike stay apart', () => {
  const spelt = [
    'a-1',
    'a1',
    'stream-a',
    'streama',
    'GET /orders/{id}',
    'GET /orders/id',
    'GET /orders-id',
    'GET /orders/{id+}',
    'GET /ordersid',
    'GET /',
    'ANY /',
  ].map((text) => spell(text));
  expect(new Set(spelt).size).toBe(spelt.length);
});

test('ids read like the names they are made of', () => {
  expect(logicalId(address('AWS::Lambda::Function', { name: 'settle', word: 'Function' }))).toBe('SettleFunction');
  expect(logicalId(address('AWS::IAM::Role', { name: 'sync-carts', word: 'Function' }, 'Role'))).toBe('SyncCartsFunctionRole');
  expect(logicalId(address('AWS::Kinesis::Stream', { name: 'orders', word: 'Stream' }))).toBe('OrdersStream');
});
