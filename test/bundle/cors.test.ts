import { expect, test } from 'vitest';
import { Project } from './project.ts';

const api = (cors: string, answer: string, more = '') =>
  new Project({
    'eventsystem.yml': `name: shop\napis: { shop: { type: rest, authorizer: none, cors: ${cors}${more}, routes: { GET /: src/a.ts } } }\n`,
    'src/a.ts': answer.startsWith('export') ? answer : `export default async () => (${answer});`,
  });

interface Answer {
  readonly headers: Readonly<Record<string, string>>;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>>;
}

const ask = async (project: Project, headers: object | null = {}) =>
  (await (
    await project.handler('apis.shop.routes.GET /')
  )({ headers }, {})) as Answer;

const LISTED = '[https://a.example, https://b.example]';

test('an origin is repeated only if it is listed, however its header is spelt', async () => {
  const project = api(`{ origins: ${LISTED}, credentials: true, expose: X-Total }`, '{ statusCode: 200 }');
  const named = {
    'Access-Control-Allow-Origin': 'https://b.example',
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Expose-Headers': 'X-Total',
    Vary: 'Origin',
  };
  expect((await ask(project, { origin: 'https://b.example' })).headers).toEqual(named);
  expect((await ask(project, { ORIGIN: 'https://b.example' })).headers).toEqual(named);
  for (const headers of [{ origin: 'https://evil.example' }, { origin: 'https://b.example.evil' }, { origin: 'null' }, {}, null])
    expect((await ask(project, headers)).headers).toEqual({ Vary: 'Origin' });
});

test('every page may read what `*` opens', async () => {
  expect((await ask(api("'*'", '{ statusCode: 200 }'), { origin: 'https://x.example' })).headers).toEqual({
    'Access-Control-Allow-Origin': '*',
  });
});

test('what the handler said itself stays', async () => {
  const own = await ask(
    api(
      LISTED,
      "{ statusCode: 200, headers: { 'access-control-allow-origin': 'https://own.example', vary: 'Accept' }, multiValueHeaders: null }",
    ),
    { origin: 'https://a.example' },
  );
  expect(own.headers).toEqual({ 'access-control-allow-origin': 'https://own.example', vary: 'Accept, Origin' });
  const several = await ask(api(LISTED, "{ statusCode: 200, headers: null, multiValueHeaders: { Vary: ['Accept', 'Cookie'] } }"), {
    origin: 'https://a.example',
  });
  expect(several).toMatchObject({
    headers: { 'Access-Control-Allow-Origin': 'https://a.example' },
    multiValueHeaders: { Vary: ['Accept', 'Cookie', 'Origin'] },
  });
  for (const vary of ['Origin', '*', 'Accept,origin'])
    expect((await ask(api(LISTED, `{ headers: { Vary: '${vary}' } }`))).headers).toEqual({ Vary: vary });
});

test('an answer that is none passes as it is', async () => {
  for (const answer of [undefined, null, 'text', [1]]) expect(await ask(api(LISTED, String(JSON.stringify(answer))))).toEqual(answer);
});

test('on nodejs22 a callback still answers, and a promise does where there is one', async () => {
  const old = ', runtime: nodejs22.x';
  const called = api(
    LISTED,
    'export const handler = (event, context, done) => { setTimeout(() => done(null, { statusCode: 201 }), 1); };',
    old,
  );
  expect(await ask(called)).toEqual({ statusCode: 201, headers: { Vary: 'Origin' } });
  const promised = api(LISTED, 'export const handler = async (event, context, done) => ({ statusCode: 202 });', old);
  expect(await ask(promised)).toEqual({ statusCode: 202, headers: { Vary: 'Origin' } });
  const failing = api(LISTED, "export const handler = (event, context, done) => done(new Error('no'));", old);
  await expect(ask(failing)).rejects.toThrow('no');
});
