import { integrations } from './integrations/index.ts';
import { choice, count, duration, flag, list, object, rate, required, text } from './kit.ts';
import { NAME } from './names.ts';
import { restRoute } from './rest-extras.ts';
import { websocketKeys, websocketRoute } from './websocket.ts';

const PAGE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide';

export const METHODS = ['ANY', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'] as const;

const METHOD_AND_PATH = `(${METHODS.join('|')}) /(((?!:)[A-Za-z0-9._:,-]+|\\{[A-Za-z0-9._-]+\\})(/((?!:)[A-Za-z0-9._:,-]+|\\{[A-Za-z0-9._-]+\\}))*(/\\{[A-Za-z0-9._-]+\\+\\})?|\\{[A-Za-z0-9._-]+\\+\\})?`;

/** A route’s key: method and path. */
export const routeKey = text('METHOD /path', {
  pattern: `^(\\$default|${METHOD_AND_PATH})$`,
  means: 'a method and a path, such as GET /orders/{id}',
  examples: ['GET /orders', 'POST /orders', 'GET /orders/{id}', 'ANY /{proxy+}'],
});

/** The same, and the keys of a WebSocket API. Which of them an API may have is said by its type. */
export const anyRouteKey = text('METHOD /path', {
  pattern: `^(${METHOD_AND_PATH}|${websocketKeys})$`,
  means: 'a method and a path, such as GET /orders/{id}',
  examples: ['GET /orders', 'POST /orders', 'GET /orders/{id}', 'ANY /{proxy+}', '$default', '$connect', '$disconnect'],
});

export const authorizer = (doc: string) =>
  text(doc, {
    pattern: `^${NAME}$`,
    means: 'the name of an authorizer, iam or none',
    examples: ['iam', 'none'],
    mentions: ['authorizers'],
    page: `${PAGE}/apigateway-control-access-to-api.html`,
    also: ['Auth', 'Authorizer', 'AuthorizationType', 'DefaultAuthorizer', 'auth'],
  });

export const throttle = object(
  'How many requests are allowed.',
  {
    rate: required(
      rate('The steady-state rate per second.', {
        per: ['second'],
        from: 0,
        to: 1e6,
        also: ['rateLimit', 'ThrottlingRateLimit', 'RateLimit'],
      }),
    ),
    burst: required(count('The burst limit.', { from: 0, to: 1e6, also: ['burstLimit', 'ThrottlingBurstLimit', 'BurstLimit'] })),
  },
  {
    aws: 'AWS::ApiGateway::Stage MethodSettings',
    page: `${PAGE}/api-gateway-request-throttling.html`,
    also: ['ThrottleSettings', 'throttling', 'rateLimit', 'burstLimit'],
  },
);

export const schemaFile = (doc: string) =>
  text(doc, {
    pattern: '^[^\\\\]+\\.json$',
    means: 'a JSON Schema file of this project, such as schemas/order.json',
    examples: ['schemas/order.json'],
    file: true,
    page: `${PAGE}/models-mappings-models.html`,
    also: ['RequestModel', 'request', 'schema', 'schemas', 'model'],
  });

export const route = choice(
  'What handles the request.',
  'integration',
  integrations,
  {
    authorizer: authorizer('Who may call the route; the API’s `authorizer` by default. `none` makes it public.'),
    scopes: list('OAuth scopes, of which the access token must have one.', text('A scope.', { pattern: '^[!-~]+$', means: 'a scope' }), {
      single: true,
      min: 1,
      also: ['AuthorizationScopes', 'authorizationScopes'],
    }),
    apiKey: flag('The caller must send an API key of a plan in `x-api-key`. Keys count and limit requests; they do not authorize.', {
      aws: 'AWS::ApiGateway::Method ApiKeyRequired',
      also: ['ApiKeyRequired', 'apiKeyRequired'],
    }),
    throttle,
    ...restRoute,
    ...websocketRoute,
    body: text('A JSON Schema that the body must match: a model of the API, or a file.', {
      pattern: '^([A-Za-z][A-Za-z0-9]*|[^\\\\]+\\.json)$',
      means: 'a model of the API, or a JSON Schema file of this project such as schemas/order.json',
      examples: ['schemas/order.json'],
      file: true,
      page: `${PAGE}/models-mappings-models.html`,
      also: ['RequestModel', 'request', 'schema', 'schemas', 'model'],
    }),
    requires: list(
      'Required parts of the request.',
      text('A part of the request.', {
        pattern: '^(query|header)\\.[A-Za-z0-9_.-]+$',
        means: 'a part of the request, such as query.from or header.x-id',
        examples: ['query.from', 'header.x-id'],
      }),
      { single: true, min: 1, aws: 'AWS::ApiGateway::Method RequestParameters', also: ['RequestParameters', 'parameters', 'querystrings'] },
    ),
    integrationTimeout: duration(
      'How long API Gateway waits for the response. 29 seconds, or the function’s timeout if that is shorter; more needs a raised quota, or `streaming`, which may take 15 minutes. An HTTP API waits at most 30, a WebSocket API 29.',
      {
        from: 1,
        to: 900,
        aws: 'AWS::ApiGateway::Method Integration.TimeoutInMillis',
        page: `${PAGE}/limits.html`,
        also: ['TimeoutInMillis', 'timeoutInMillis'],
      },
    ),
  },
  { id: 'route', short: { text: 'handler' }, function: { handler: 'handler', timeout: 10 } },
);
