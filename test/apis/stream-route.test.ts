import { expect, test } from 'vitest';
import { at, documentOf, made, textAt } from './system.ts';
import { render, surroundings, type Message } from './velocity.ts';

const schema = JSON.stringify({ type: 'object', required: ['key'], properties: { key: { type: 'string', minLength: 1 }, lines: {} } });

const integrationOf = (route: string, more = '') =>
  at(
    documentOf(
      made(
        `name: shop\nstreams: { orders: {} }\napis: { shop: { type: rest, authorizer: none${more}, routes: { 'POST /a/{id}': { stream: orders, body: a.json, ${route} } } } }\n`,
        { 'a.json': schema },
      ),
    ),
    'paths',
    '/a/{id}',
    'post',
    'x-amazon-apigateway-integration',
  );

/** What Kinesis would be sent. */
function put(route: string, message: Message): { readonly PartitionKey: string; readonly Data: string } {
  const text = render(
    textAt(integrationOf(route), 'requestTemplates', 'application/json').replaceAll('${OrdersStream}', 'orders'),
    surroundings(message),
  );
  const { StreamName, PartitionKey, Data, ...other } = JSON.parse(text) as { StreamName: string; PartitionKey: string; Data: string };
  expect(other).toEqual({});
  expect(StreamName).toBe('orders');
  return { PartitionKey, Data: Buffer.from(Data, 'base64').toString() };
}

const NASTY = [
  'plain',
  "it's",
  "\\'",
  '\\',
  '"',
  '","StreamName":"other',
  '\\\\\'"',
  'a/b',
  'line\nbreak\ttab\u0000\u001f',
  'ünï 😀',
  '$input.body',
  '#set($x = 1)',
  '${AWS::Region}',
  '{{resolve:x}}',
  ' ',
];

test.each(NASTY)('whatever a key holds, it is the key and nothing else: %j', (key) => {
  const body = JSON.stringify({ key });
  expect(put('partitionKey: body.key', { body })).toEqual({ PartitionKey: key, Data: body });
  expect(put('partitionKey: path.id', { body, path: { id: key } })).toEqual({ PartitionKey: key, Data: body });
  expect(put('partitionKey: query.q', { body, query: { q: key } })).toEqual({ PartitionKey: key, Data: body });
  expect(put('partitionKey: context.authorizer.claims.sub', { body, context: { authorizer: { claims: { sub: key } } } })).toEqual({
    PartitionKey: key,
    Data: body,
  });
  for (const name of ['x-id', 'X-Id', 'X-ID'])
    expect(put('partitionKey: header.X-Id', { body, headers: { 'x-other': 'no', [name]: key } })).toEqual({
      PartitionKey: key,
      Data: body,
    });
  if (!/['\n]|\{\{/.test(key)) expect(put(`partitionKey: ${JSON.stringify(`'${key}'`)}`, { body })).toMatchObject({ PartitionKey: key });
});

test('a part of the body, a header or a text can be the data', () => {
  const body = JSON.stringify({ key: 'k', lines: [{ a: '"\'\\' }] });
  expect(JSON.parse(put('partitionKey: body.key, data: body.lines', { body }).Data)).toEqual([{ a: '"\'\\' }]);
  expect(put('partitionKey: header.X-Id, data: header.x_45_id', { body, headers: { 'x-id': 'k', X_45_Id: 'd' } })).toEqual({
    PartitionKey: 'k',
    Data: 'd',
  });
});

test('what is missing makes no other field', () => {
  const template = textAt(integrationOf('partitionKey: context.authorizer.claims.sub'), 'requestTemplates', 'application/json');
  expect(() => JSON.parse(render(template, surroundings({ body: '{"key":"a"}' }))) as unknown).toThrow();
});

/** What the caller is told for what Kinesis answered. */
function told(route: string, answered: string, status: string, more = '', headers: Readonly<Record<string, string>> = {}) {
  const context: { responseOverride?: { status?: number; header?: Readonly<Record<string, string>> } } = {};
  const response = at(integrationOf(route, more), 'responses', status);
  const body = render(textAt(response, 'responseTemplates', 'application/json'), { ...surroundings({ body: answered, headers }), context });
  return {
    status: context.responseOverride?.status ?? Number(at(response, 'statusCode')),
    body: JSON.parse(body) as unknown,
    headers: context.responseOverride?.header ?? {},
  };
}

test('the caller is told what became of the record: taken, wrong, or try again', () => {
  const taken = '{"SequenceNumber":"495","ShardId":"shardId-1"}';
  const route = 'partitionKey: body.key';
  expect(told(route, taken, '2\\d{2}')).toMatchObject({ status: 202, body: { id: '495' } });
  expect(told(`${route}, respond: { status: 201, body: { number: SequenceNumber, shard: ShardId } }`, taken, '2\\d{2}')).toMatchObject({
    status: 201,
    body: { number: '495', shard: 'shardId-1' },
  });
  for (const type of [
    'InvalidArgumentException',
    'ValidationException',
    'SerializationException',
    'ExecutionAlreadyExists',
    'MissingParameter',
    'com.amazonaws.kinesis#InvalidArgumentException',
  ])
    expect(told(route, JSON.stringify({ __type: type }), '4\\d{2}').status).toBe(400);
  for (const answer of [
    '{"__type":"ProvisionedThroughputExceededException"}',
    '{"__type":"AccessDeniedException"}',
    '{"__type":"KMSAccessDeniedException"}',
    '{"__type":"KMSInvalidStateException"}',
    '{}',
    'no json',
  ])
    expect(told(route, answer, '4\\d{2}').status).toBe(503);
  expect(told(route, '', 'default').status).toBe(503);
});

test('the answer names an origin only if it is listed', () => {
  const cors = ", cors: { origins: ['https://a.example', 'https://b.example'], credentials: true, expose: X-Total }";
  const route = 'partitionKey: body.key';
  const listed = {
    'Access-Control-Allow-Origin': 'https://b.example',
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Expose-Headers': 'X-Total',
    Vary: 'Origin',
  };
  for (const status of ['2\\d{2}', '4\\d{2}', 'default']) {
    for (const name of ['Origin', 'origin'])
      expect(told(route, '{}', status, cors, { [name]: 'https://b.example' }).headers).toEqual(listed);
    for (const origin of ['https://evil.example', 'https://b.example.evil', '*', ''])
      expect(told(route, '{}', status, cors, { origin }).headers).toEqual({ Vary: 'Origin' });
    expect(told(route, '{}', status, ", cors: '*'").headers).toEqual({ 'Access-Control-Allow-Origin': '*' });
  }
});

test('another media type is refused, and never goes around the schema', () => {
  const integration = at(integrationOf('partitionKey: body.key'));
  expect(at(integration, 'passthroughBehavior')).toBe('never');
  expect(Object.keys(at(integration, 'requestTemplates') as object)).toEqual(['application/json']);
});

test.each([
  ['partitionKey: body.other', ['partition-key-unsure at body.other']],
  ['partitionKey: body.lines', ['partition-key-unsure at body.lines']],
])('a key that may be missing is reported: %s', (route, findings) => {
  expect(
    made(
      `name: shop\nstreams: { orders: {} }\napis: { shop: { type: rest, authorizer: none, routes: { POST /a: { stream: orders, body: a.json, ${route} } } } }\n`,
      { 'a.json': schema },
    ).findings,
  ).toEqual(findings);
});
