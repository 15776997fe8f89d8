import { expect, test } from 'vitest';
import { at, documentOf, made, textAt } from './system.ts';
import { render, surroundings, type Message } from './velocity.ts';

const schema = JSON.stringify({ type: 'object', required: ['owner'], properties: { owner: { type: 'string', minLength: 1 } } });

const file = `name: shop
tables: { carts: { key: id }, visits: { key: customer, sort: { name: at, type: number } } }
apis:
  shop:
    type: rest
    authorizer: none
    routes:
      GET /carts/{id}: { table: carts, key: { id: path.id } }
      PUT /carts/{id}:
        table: carts
        item: { id: path.id, owner: body.owner, total: { from: body.total, type: number }, open: { from: body.open, type: boolean }, from: header.x-from }
        body: a.json
      DELETE /visits/{c}/{at}: { table: visits, key: { customer: path.c, at: path.at } }
`;

const integrationOf = (path: string, method: string) =>
  at(documentOf(made(file, { 'a.json': schema })), 'paths', path, method, 'x-amazon-apigateway-integration');

/** What DynamoDB would be sent. */
function sent(path: string, method: string, message: Message): unknown {
  const template = textAt(integrationOf(path, method), 'requestTemplates', 'application/json').replace(
    /\$\{(Carts|Visits)Table\}/,
    'table',
  );
  return JSON.parse(render(template, surroundings(message)));
}

const NASTY = [
  'plain',
  "it's",
  "\\'",
  '\\',
  '"',
  '"},"TableName":"other',
  'a/b',
  'line\nbreak\u0000',
  'ünï 😀',
  '$input.body',
  '#set($x = 1)',
  '$value_id',
  ' ',
];

test.each(NASTY)('whatever a part of the request holds, it is one value and nothing else: %j', (value) => {
  expect(sent('/carts/{id}', 'get', { path: { id: value } })).toEqual({ TableName: 'table', Key: { id: { S: value } } });
  expect(sent('/carts/{id}', 'put', { path: { id: value }, body: JSON.stringify({ owner: value }) })).toEqual({
    TableName: 'table',
    Item: { id: { S: value }, owner: { S: value } },
  });
  expect(sent('/visits/{c}/{at}', 'delete', { path: { c: value, at: value } })).toEqual({
    TableName: 'table',
    Key: { customer: { S: value }, at: { N: value } },
  });
});

test('an item has the types that are said, and what is not there is left out', () => {
  const put = (body: object, headers = {}) => sent('/carts/{id}', 'put', { path: { id: '1' }, body: JSON.stringify(body), headers });
  expect(put({ owner: 'ada', total: 12.5, open: false })).toEqual({
    TableName: 'table',
    Item: { id: { S: '1' }, owner: { S: 'ada' }, total: { N: '12.5' }, open: { BOOL: false } },
  });
  expect(put({ owner: 'ada', total: 0, open: true }, { 'X-From': 'web' })).toMatchObject({
    Item: { total: { N: '0' }, open: { BOOL: true }, from: { S: 'web' } },
  });
  expect(put({})).toEqual({ TableName: 'table', Item: { id: { S: '1' } } });
});

type Typed = { readonly [name: string]: unknown };

/** What the caller is told, for an answer of DynamoDB. */
function answered(item: Typed | undefined): { readonly status: unknown; readonly body: unknown } {
  const template = textAt(integrationOf('/carts/{id}', 'get'), 'responses', '2\\d{2}', 'responseTemplates', 'application/json');
  const own = surroundings({});
  const context = { responseOverride: { status: 200 } };
  const input = {
    path: (expression: string) => (expression === '$.Item' && item ? mapOf(item) : undefined),
    json: (expression: string) => JSON.stringify(item?.[/\['(.*)'\]/.exec(expression)?.[1] ?? '']),
  };
  const text = render(template, { ...own, context, input });
  return { status: context.responseOverride.status, body: JSON.parse(text) };
}

/** As Java has it: maps in maps. */
function mapOf(item: Typed): Map<string, unknown> {
  return new Map(
    Object.entries(item).map(([name, value]) => [
      name,
      typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : value,
    ]),
  );
}

test.each(NASTY)('an item comes back as plain JSON, whatever it holds: %j', (value) => {
  expect(
    answered({ id: { S: value }, total: { N: '12.50' }, open: { BOOL: true }, gone: { NULL: true }, tags: { L: [{ S: 'a' }] } }),
  ).toEqual({
    status: 200,
    body: { id: value, total: 12.5, open: true, gone: null, tags: { L: [{ S: 'a' }] } },
  });
});

test('what is not there is 404', () => {
  expect(answered(undefined)).toEqual({ status: 404, body: { message: 'There is no such item.' } });
});
