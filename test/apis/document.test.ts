import { expect, test } from 'vitest';
import { at, documentOf, made, textAt } from './system.ts';

const system = (routes: string, more = '', rest = '') =>
  made(
    `name: shop\n${rest}apis:\n  shop:\n    type: rest\n${more}    routes:\n${routes
      .split('\n')
      .map((line) => `      ${line}\n`)
      .join('')}`,
    FILES,
  );

const FILES = {
  'a.json': '{"type":"object","required":["x"],"properties":{"x":{"type":"string"}}}',
  'b/c.json': '{"type":"string"}',
  'b-c.json': '{"type":"number"}',
};

test('a permission is for one API, stage, method and path', () => {
  const all = system(
    'GET /: src/a.ts\nPOST /orders/{id}/lines/{rest+}: src/b.ts\nANY /any: { function: f }',
    '    authorizer: none\n    stage: v1\n',
    'functions: { f: src/f.ts }\n',
  ).ofType('AWS::Lambda::Permission');
  expect(Object.values(all).map((one) => [textAt(at(one, 'SourceArn')), at(one, 'Principal'), at(one, 'Action')])).toEqual(
    ['v1/*/any', 'v1/GET/', 'v1/POST/orders/*/lines/*'].map((path) => [
      `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${ShopApi}/${path}`,
      'apigateway.amazonaws.com',
      'lambda:InvokeFunction',
    ]),
  );
});

test('many routes to one function share a permission, counted over all APIs', () => {
  const api = (name: string, count: number) =>
    `  ${name}:\n    type: rest\n    authorizer: none\n    routes:\n${Array.from({ length: count }, (_, index) => `      GET /x/r${index}: { function: f }\n`).join('')}`;
  const of = (...counts: readonly number[]) =>
    Object.keys(
      made(`name: shop\nfunctions: { f: src/f.ts }\napis:\n${counts.map((count, index) => api(`a${index}`, count)).join('')}`).ofType(
        'AWS::Lambda::Permission',
      ),
    ).length;
  expect(of(45)).toBe(45);
  expect(of(46)).toBe(1);
  expect(of(30, 30)).toBe(2);
});

test('a body must fit its schema whatever its Content-Type says', () => {
  const document = documentOf(
    system(
      'POST /a: { handler: src/a.ts, body: a.json }\nANY /b: { handler: src/b.ts, body: a.json, requires: [query.from, header.x-trace] }',
      '    authorizer: none\n',
    ),
  );
  const ref = { schema: { $ref: '#/components/schemas/AJson' } };
  for (const [path, method] of [
    ['/a', 'post'],
    ['/b', 'x-amazon-apigateway-any-method'],
  ] as const) {
    expect(at(document, 'paths', path, method, 'requestBody')).toEqual({
      required: true,
      content: { 'application/json': ref, $default: ref },
    });
    expect(at(document, 'paths', path, method, 'x-amazon-apigateway-request-validator')).toBe('all');
  }
  expect(at(document, 'paths', '/b', 'x-amazon-apigateway-any-method', 'parameters')).toEqual([
    { name: 'from', in: 'query', required: true, schema: { type: 'string' } },
    { name: 'x-trace', in: 'header', required: true, schema: { type: 'string' } },
  ]);
  expect(at(document, 'x-amazon-apigateway-request-validators', 'all')).toEqual({
    validateRequestBody: true,
    validateRequestParameters: true,
  });
});

test('two schemas are never taken for each other', () => {
  const document = documentOf(
    system(
      'POST /a: { handler: src/a.ts, body: b/c.json }\nPOST /b: { handler: src/b.ts, body: b-c.json }\nPOST /c: { handler: src/c.ts, body: BCJson }',
      '    authorizer: none\n    models: { BCJson: a.json }\n',
    ),
  );
  const typeOf = (path: string) => {
    const name =
      textAt(at(document, 'paths', path, 'post', 'requestBody', 'content', '$default', 'schema', '$ref'))
        .split('/')
        .pop() ?? '';
    expect(name).toMatch(/^[A-Za-z0-9]+$/);
    return at(document, 'components', 'schemas', name, 'type');
  };
  expect([typeOf('/a'), typeOf('/b'), typeOf('/c')]).toEqual(['string', 'number', 'object']);
});

const LOCKS = `userPools: { people: {} }
authorizers:
  people: { userPool: people, scopes: [orders/read, orders/write] }
  key: { handler: src/k.ts, type: token, identitySource: header.X-Token, validate: '^ey' }
  several: { handler: src/s.ts, identitySource: [header.x-key, query.k, context.httpMethod, stage.v], cache: 10 minutes }
  open: { handler: src/o.ts }
  never: { handler: src/n.ts, identitySource: header.x-key, cache: none }
`;

test('authorizers say what is asked, by what it is kept, and how long', () => {
  const routes =
    'GET /p: { handler: src/a.ts, authorizer: people }\nGET /q: { handler: src/b.ts, authorizer: people, scopes: admin }\nGET /k: { handler: src/c.ts, authorizer: key, apiKey: true }\nGET /s: { handler: src/d.ts, authorizer: several }\nGET /o: { handler: src/e.ts, authorizer: open }\nGET /n: { handler: src/f.ts, authorizer: never }\nGET /i: { handler: src/g.ts, authorizer: iam }\nGET /free: { handler: src/h.ts, authorizer: none }';
  const document = documentOf(system(routes, '', `${LOCKS}plans: { all: { apis: shop, throttle: { rate: 1 per second, burst: 1 } } }\n`));
  const security = (path: string) => (at(document, 'paths', path, 'get') as { security?: unknown }).security;
  expect(['/p', '/q', '/k', '/s', '/i', '/free'].map(security)).toEqual([
    [{ people: ['orders/read', 'orders/write'] }],
    [{ people: ['admin'] }],
    [{ key: [], api_key: [] }],
    [{ several: [] }],
    [{ aws_iam: [] }],
    undefined,
  ]);
  const scheme = (name: string) => at(document, 'components', 'securitySchemes', name);
  expect(scheme('people')).toMatchObject({
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    'x-amazon-apigateway-authtype': 'cognito_user_pools',
    'x-amazon-apigateway-authorizer': {
      type: 'cognito_user_pools',
      authorizerResultTtlInSeconds: 300,
      providerARNs: [{ 'Fn::GetAtt': ['PeoplePool', 'Arn'] }],
    },
  });
  expect(scheme('key')).toMatchObject({
    name: 'X-Token',
    'x-amazon-apigateway-authtype': 'custom',
    'x-amazon-apigateway-authorizer': { type: 'token', identityValidationExpression: '^ey', authorizerResultTtlInSeconds: 300 },
  });
  expect(at(scheme('key'), 'x-amazon-apigateway-authorizer')).not.toHaveProperty('identitySource');
  expect(scheme('several')).toMatchObject({
    'x-amazon-apigateway-authorizer': {
      type: 'request',
      authorizerResultTtlInSeconds: 600,
      identitySource: 'method.request.header.x-key, method.request.querystring.k, context.httpMethod, stageVariables.v',
    },
  });
  expect(scheme('open')).toMatchObject({ 'x-amazon-apigateway-authorizer': { type: 'request', authorizerResultTtlInSeconds: 0 } });
  expect(scheme('never')).toMatchObject({
    'x-amazon-apigateway-authorizer': { authorizerResultTtlInSeconds: 0, identitySource: 'method.request.header.x-key' },
  });
  expect(scheme('api_key')).toEqual({ type: 'apiKey', name: 'x-api-key', in: 'header' });
  expect(scheme('aws_iam')).toMatchObject({ 'x-amazon-apigateway-authtype': 'awsSigv4' });
});

test('a preflight asks nobody who is calling, and says who may', () => {
  const document = documentOf(
    system(
      'GET /a: src/a.ts\nPOST /a: src/b.ts\nANY /b: src/c.ts\nOPTIONS /c: src/d.ts',
      '    authorizer: iam\n    cors: { origins: [https://a.example, https://b.example], headers: X-One, maxAge: 10 minutes }\n',
    ),
  );
  expect(at(document, 'paths', '/a', 'options')).not.toHaveProperty('security');
  expect(at(document, 'paths', '/c', 'options')).toHaveProperty('security');
  const told = (path: string) =>
    at(document, 'paths', path, 'options', 'x-amazon-apigateway-integration', 'responses', 'default', 'responseParameters');
  expect(told('/a')).toEqual({
    'method.response.header.Access-Control-Allow-Methods': "'GET,OPTIONS,POST'",
    'method.response.header.Access-Control-Allow-Headers': "'X-One'",
    'method.response.header.Access-Control-Max-Age': "'600'",
  });
  expect(told('/b')).toMatchObject({ 'method.response.header.Access-Control-Allow-Methods': "'DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT'" });
  expect(at(document, 'x-amazon-apigateway-gateway-responses', 'DEFAULT_4XX')).toEqual({
    responseParameters: { 'gatewayresponse.header.Vary': "'Origin'" },
  });
});

test('a refused request can be read by the page where one origin is listed', () => {
  const document = documentOf(system('GET /a: src/a.ts', '    authorizer: iam\n    cors: https://a.example\n'));
  for (const kind of ['DEFAULT_4XX', 'DEFAULT_5XX'])
    expect(at(document, 'x-amazon-apigateway-gateway-responses', kind, 'responseParameters')).toEqual({
      'gatewayresponse.header.Access-Control-Allow-Origin': "'https://a.example'",
      'gatewayresponse.header.Vary': "'Origin'",
    });
});

test('limits are for the methods they name', () => {
  const limit = 'throttle: { rate: 1 per second, burst: 2 }';
  const [stage] = Object.values(
    system(
      `GET /: { handler: src/a.ts, ${limit} }\nPOST /a/{id}: { handler: src/b.ts, ${limit} }\nANY /c: { handler: src/c.ts, ${limit} }\nGET /d: src/d.ts`,
      '    authorizer: none\n',
    ).ofType('AWS::ApiGateway::Stage'),
  );
  const settings = at(stage, 'MethodSettings') as readonly {
    readonly ResourcePath: string;
    readonly HttpMethod: string;
    readonly ThrottlingRateLimit: number;
    readonly ThrottlingBurstLimit: number;
  }[];
  expect(
    settings.map(
      ({ ResourcePath, HttpMethod, ThrottlingRateLimit, ThrottlingBurstLimit }) =>
        `${HttpMethod} ${ResourcePath} ${ThrottlingRateLimit}/${ThrottlingBurstLimit}`,
    ),
  ).toEqual([
    '* /* 100/200',
    ...['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'].map((method) => `${method} /~1c 1/2`),
    'GET / 1/2',
    'POST /~1a~1{id} 1/2',
  ]);
});

test('a private API admits its VPC and nobody else', () => {
  const [inside] = Object.values(system('GET /: src/a.ts', '    authorizer: iam\n    private: true\n').ofType('AWS::ApiGateway::RestApi'));
  expect(at(inside, 'EndpointConfiguration')).toEqual({ Types: ['PRIVATE'] });
  const all = { Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' };
  expect(at(inside, 'Policy', 'Statement')).toEqual([
    { Effect: 'Allow', ...all },
    { Effect: 'Deny', ...all, Condition: { StringNotEquals: { 'aws:SourceVpc': { Ref: 'Vpc' } } } },
  ]);
  const [known] = Object.values(
    system('GET /: src/a.ts', '    authorizer: iam\n    private: { endpoint: vpce-0a1b2c3d4e5f67890 }\n').ofType(
      'AWS::ApiGateway::RestApi',
    ),
  );
  expect(at(known, 'Policy', 'Statement', '1', 'Condition')).toEqual({ StringNotEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d4e5f67890' } });
});

test('the deployment is another one when the content is, and only then', () => {
  const of = (routes: string, more = '', rest = '') => {
    const all = system(routes, `    authorizer: none\n${more}`, rest);
    expect(all.findings).toEqual([]);
    const [id] = Object.keys(all.ofType('AWS::ApiGateway::Deployment'));
    const [stage] = Object.values(all.ofType('AWS::ApiGateway::Stage'));
    expect(at(stage, 'DeploymentId')).toEqual({ Ref: id });
    return id;
  };
  const f = 'functions: { f: src/f.ts, g: src/g.ts }\n';
  const base = of('GET /a: { function: f }\nGET /b: { function: f }', '', f);
  for (const same of [
    of('GET /b: { function: f }\nGET /a: { function: f }', '', f),
    of(
      'GET /a: { function: f }\nGET /b: { function: f }',
      '    throttle: { rate: 5 per second, burst: 5 }\n    logs: false\n    tags: { a: b }\n',
      f,
    ),
    of('GET /a: { function: f }\nGET /b: { function: f }', '', 'functions: { f: { handler: src/f.ts, memory: 1 GiB }, g: src/g.ts }\n'),
  ])
    expect(same).toBe(base);
  const others = [
    of('GET /a: { function: g }\nGET /b: { function: f }', '', f),
    of('GET /a: { function: f }', '', f),
    of('GET /a: { function: f, apiKey: true }\nGET /b: { function: f }', '', `${f}plans: { p: { apis: shop } }\n`),
    of('GET /a: { function: f, integrationTimeout: 20 seconds }\nGET /b: { function: f }', '', f),
    of('GET /a: { function: f }\nGET /b: { function: f }', '    cors: https://a.example\n', f),
    of('GET /a: { function: f }\nGET /b: { function: f }', '    binary: image/png\n', f),
    of('GET /a: { function: f }\nGET /b: { function: f }', '    compression: 1 KiB\n', f),
    of('GET /a: { function: f }\nGET /b: { function: f }', '    private: true\n', f),
    of('GET /a: { function: f }\nGET /b: { function: f }', '    private: { endpoint: vpce-0a1b2c3d4e5f67890 }\n', f),
    of('GET /a: { function: f }\nGET /b: { function: f }', '    domain: { name: a.example.com, zone: Z0123456789 }\n', f),
  ];
  expect(new Set([base, ...others]).size).toBe(others.length + 1);
});

test('a domain replaces AWS’s own address', () => {
  const all = system('GET /a: src/a.ts', '    authorizer: none\n    domain: { name: a.example.com, zone: Z0123456789, path: v1 }\n');
  expect(at(Object.values(all.ofType('AWS::ApiGateway::RestApi'))[0], 'DisableExecuteApiEndpoint')).toBe(true);
  expect(at(Object.values(all.ofType('AWS::ApiGateway::BasePathMapping'))[0], 'BasePath')).toBe('v1');
  expect(Object.values(all.ofType('AWS::Route53::RecordSet')).map((one) => [at(one, 'Type'), textAt(at(one, 'Name'))])).toEqual([
    ['A', 'a.example.com'],
    ['AAAA', 'a.example.com'],
  ]);
  expect(at(Object.values(all.ofType('AWS::CertificateManager::Certificate'))[0], 'DomainValidationOptions')).toEqual([
    { DomainName: 'a.example.com', HostedZoneId: 'Z0123456789' },
  ]);
});
