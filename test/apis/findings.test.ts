import { expect, test } from 'vitest';
import { made } from './system.ts';

const api = (text: string, rest = '') => `name: shop\n${rest}apis:\n  shop: { type: rest, ${text} }\n`;
const FILES = {
  'a.json': '{}',
  'loop.json': '{"definitions":{"a":{"properties":{"next":{"$ref":"#/definitions/a"}}}},"$ref":"#/definitions/a"}',
  'far.json': '{"$ref":"other.json"}',
  'new.json': '{"type":["string","null"],"const":1,"properties":{"const":{"type":"string"}}}',
  'bad.json': '{',
};

test.each<[string, string, readonly string[]]>([
  [
    'an open route says so',
    api('routes: { GET /a: src/a.ts, GET /b: { handler: src/b.ts, authorizer: none } }'),
    ['unprotected-route at GET /a'],
  ],
  [
    'an unknown authorizer, once for all routes of the API',
    api('authorizer: member, routes: { GET /a: src/a.ts, GET /b: src/b.ts }'),
    ['unknown-authorizer at member'],
  ],
  [
    'scopes that nobody looks at',
    api('authorizer: iam, routes: { GET /a: { handler: src/a.ts, scopes: read } }'),
    ['scopes-without-user-pool at scopes'],
  ],
  [
    'an API key without a plan, once',
    api('authorizer: none, apiKey: true, routes: { GET /a: src/a.ts, GET /b: src/b.ts }'),
    ['key-without-plan at apiKey'],
  ],
  [
    'limits of single routes without one of the plan',
    api(
      'authorizer: none, apiKey: true, routes: { GET /a: src/a.ts }',
      'plans: { p: { apis: shop, routes: { shop: { GET /a: { rate: 1 per second, burst: 1 } } } } }\n',
    ),
    ['plan-needs-throttle at routes'],
  ],
  [
    'a limit of a route that is not there',
    api(
      'authorizer: none, apiKey: true, routes: { GET /a: src/a.ts }',
      'plans: { p: { apis: shop, throttle: { rate: 9 per second, burst: 9 }, routes: { shop: { GET /b: { rate: 1 per second, burst: 1 } } } } }\n',
    ),
    ['no-such-route at GET /b'],
  ],
  [
    'a function that outlives the patience',
    api('authorizer: none, routes: { GET /a: { handler: src/a.ts, timeout: 40 seconds } }'),
    ['gives-up-before-the-function at 40 seconds'],
  ],
  [
    'two names at one place of a path',
    api('authorizer: none, routes: { "GET /a/{x}": src/a.ts, "GET /a/{y}/b": src/b.ts }'),
    ['sibling-parameters at "GET /a/{y}/b"'],
  ],
  [
    'a name that is greedy only sometimes',
    api('authorizer: none, routes: { "GET /a/{x}": src/a.ts, "GET /a/{x+}": src/b.ts }'),
    ['sibling-parameters at "GET /a/{x}"'],
  ],
  [
    'cookies for every page',
    api("authorizer: none, cors: { origins: '*', credentials: true }, routes: { GET /a: src/a.ts }"),
    ['cors-any-with-credentials at credentials'],
  ],
  [
    'every page, and some',
    api("authorizer: none, cors: ['*', https://a.example], routes: { GET /a: src/a.ts }"),
    ["cors-any-and-others at ['*', https://a.example]"],
  ],
  [
    'a domain nobody can prove',
    api('authorizer: none, domain: { name: a.example.com }, routes: { GET /a: src/a.ts }'),
    ['domain-without-certificate at domain'],
  ],
  [
    'a certificate in the wrong region',
    api(
      'authorizer: none, endpoint: edge, domain: { name: a.example.com, zone: Z1 }, routes: { GET /a: src/a.ts }',
      'region: eu-central-1\n',
    ),
    ['edge-certificate at domain'],
  ],
  [
    'a schema that is not there',
    api('authorizer: none, routes: { POST /a: { handler: src/a.ts, body: b.json } }'),
    ['no-such-schema at b.json'],
  ],
  [
    'a schema that is no JSON',
    api('authorizer: none, routes: { POST /a: { handler: src/a.ts, body: bad.json } }'),
    ['no-such-schema at bad.json'],
  ],
  [
    'a schema that never ends',
    api('authorizer: none, routes: { POST /a: { handler: src/a.ts, body: loop.json } }'),
    ['schema-reference at loop.json'],
  ],
  [
    'a schema in another file',
    api('authorizer: none, routes: { POST /a: { handler: src/a.ts, body: far.json } }'),
    ['schema-reference at far.json'],
  ],
  [
    'words of a schema that nobody enforces',
    api('authorizer: none, routes: { POST /a: { handler: src/a.ts, body: new.json } }'),
    ['unenforced-schema at new.json', 'unenforced-schema at new.json'],
  ],
  [
    'JSON as bytes',
    api(
      "authorizer: none, binary: [image/png, '*/*'], routes: { POST /a: { stream: s, partitionKey: context.requestId } }",
      'streams: { s: {} }\n',
    ),
    ['binary-json at */*'],
  ],
  [
    'a token authorizer without its header',
    api('authorizer: t, routes: { GET /a: src/a.ts }', 'authorizers: { t: { handler: src/t.ts, type: token } }\n'),
    ['token-needs-header at token'],
  ],
  [
    'an answer kept for nobody',
    api('authorizer: t, routes: { GET /a: src/a.ts }', 'authorizers: { t: { handler: src/t.ts, cache: 5 minutes } }\n'),
    ['cache-needs-identity at cache'],
  ],
  [
    'an expression without a token',
    api('authorizer: t, routes: { GET /a: src/a.ts }', "authorizers: { t: { handler: src/t.ts, validate: '^x' } }\n"),
    ['validate-needs-token at validate'],
  ],
])('is reported once: %s', (_, text, findings) => {
  expect(made(text, FILES).findings).toEqual(findings);
});

test.each<[string, string, readonly string[]]>([
  [
    'a function whose answers nobody marks',
    api('authorizer: none, cors: https://a.example, routes: { GET /a: { function: f } }', 'functions: { f: src/f.ts }\n'),
    ['cors-of-function at GET /a'],
  ],
  [
    'an authorizer that locks nothing',
    api('authorizer: none, routes: { GET /a: src/a.ts }', 'authorizers: { t: { handler: src/t.ts } }\n'),
    ['unused-authorizer at t'],
  ],
  [
    'one handler, several functions',
    api('authorizer: none, routes: { GET /a: src/a.ts, GET /b: src/a.ts }'),
    ['same-handler-twice at src/a.ts'],
  ],
])('is hinted at: %s', (_, text, hints) => {
  const { findings, hints: found } = made(text, FILES);
  expect(findings).toEqual([]);
  expect(found).toEqual(hints);
});
