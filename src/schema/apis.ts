import { notAdopted } from './adopt.ts';
import { cors } from './cors.ts';
import { domain } from './domain.ts';
import { functionSettings, tags } from './function.ts';
import { asked, duration, flag, forms, interpolatedText, list, map, object, or, required, size, text, word } from './kit.ts';
import { FREE_NAME } from './names.ts';
import { restApi } from './rest-extras.ts';
import { anyRouteKey, authorizer, route, schemaFile, throttle } from './routes.ts';
import { websocketApi } from './websocket.ts';

const PAGE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide';

const admitted = text('An address range, or a security group.', {
  pattern: '^([0-9]{1,3}(\\.[0-9]{1,3}){3}/[0-9]{1,2}|sg-[0-9a-f]{8,17})$',
  means: 'an address range such as 10.0.0.0/8, or a security group such as sg-0a1b2c3d',
});

export const api = object(
  'An API: routes, protected by authorizers.',
  {
    type: required(
      word(
        'The kind of API. It has no default, because it cannot be changed later.',
        {
          rest: 'A REST API: request validation, direct AWS integrations, usage plans, private APIs.',
          http: 'An HTTP API: cheaper and faster; JWTs of any issuer, built-in CORS.',
          websocket: 'A WebSocket API: open connections, and messages both ways.',
        },
        { aws: 'AWS::ApiGateway::RestApi', page: `${PAGE}/http-api-vs-rest.html`, also: ['Type', 'kind', 'protocol', 'ProtocolType'] },
      ),
    ),
    description: interpolatedText('What the API is for.', { aws: 'AWS::ApiGateway::RestApi Description', also: ['Description'] }),
    authorizer: asked(
      authorizer('Who may call the API, for every route that does not say otherwise: an authorizer, `iam`, or `none` (public).'),
    ),
    cors,
    throttle: or(throttle, { rate: { amount: 100, per: 'second' }, burst: 200 } as const),
    apiKey: flag('Every route needs an API key of a plan, unless it says otherwise.', {
      aws: 'AWS::ApiGateway::Method ApiKeyRequired',
      also: ['ApiKeyRequired', 'private'],
    }),
    stage: or(
      text('The name of the API’s stage: the first part of the path in its default URL.', {
        pattern: '^[A-Za-z0-9_-]{1,128}$',
        means: 'letters, digits, _ and -',
        aws: 'AWS::ApiGateway::Stage StageName',
        also: ['StageName', 'stageName'],
      }),
      'live',
    ),
    endpoint: or(
      word(
        'The endpoint type.',
        { regional: 'In the region.', edge: 'Behind CloudFront’s edge locations, for callers worldwide.' },
        {
          aws: 'AWS::ApiGateway::RestApi EndpointConfiguration',
          page: `${PAGE}/api-gateway-api-endpoint-types.html`,
          also: ['EndpointConfiguration', 'endpointType', 'endpointTypes'],
        },
      ),
      'regional',
    ),
    private: forms(
      'A private API: reached through a VPC endpoint, not from the internet.',
      {
        flag: flag('Reached from the VPC’s own range.'),
        object: object('Who can reach it.', {
          from: list('Address ranges and security groups that the endpoint admits. The VPC’s range by default.', admitted, {
            single: true,
            min: 1,
          }),
          endpoint: text('An existing `execute-api` endpoint, instead of creating one.', {
            pattern: '^vpce-[0-9a-f]{8,17}$',
            means: 'an ID such as vpce-0a1b2c3d4e5f67890',
            also: ['VpcEndpointIds', 'vpcEndpointIds'],
          }),
        }),
      },
      {
        aws: 'AWS::ApiGateway::RestApi EndpointConfiguration',
        page: `${PAGE}/apigateway-private-apis.html`,
        also: ['PRIVATE', 'vpcEndpointIds'],
      },
    ),
    domain,
    ...restApi,
    ...websocketApi,
    logs: forms(
      'Access logs, one JSON line per request, and execution logs of errors.',
      {
        flag: flag('`false`: none.'),
        object: object('What is logged.', {
          retention: duration('How long logs are kept. 30 days by default; 365 in a protected stage and with `strict: true`.', {
            words: ['forever'],
            from: 86_400,
            to: 3653 * 86_400,
            examples: ['30 days'],
            usually: '30 days (365 days in a protected stage and with `strict: true`)',
          }),
          level: or(
            word(
              'The level of execution logs.',
              { off: 'None.', error: 'Errors.', info: 'Every step.' },
              { aws: 'AWS::ApiGateway::Stage MethodSettings.LoggingLevel', also: ['LoggingLevel', 'loggingLevel'] },
            ),
            'error',
          ),
          fields: map(
            'More fields in each access log line: a name, and a variable of API Gateway’s context.',
            text('A field', { pattern: `^${FREE_NAME}$`, means: 'the name of a field' }),
            text('A variable.', {
              pattern: '^\\$context(\\.[A-Za-z0-9_-]+)+$',
              means: 'a variable such as $context.identity.caller',
              examples: ['$context.identity.caller'],
            }),
            { also: ['Format', 'AccessLogFormat'] },
          ),
        }),
      },
      {
        aws: 'AWS::ApiGateway::Stage AccessLogSetting',
        page: `${PAGE}/set-up-logging.html`,
        also: ['AccessLogSetting', 'accessLogs', 'restApi', 'AccessLogSettings'],
      },
    ),
    tracing: flag('Traces requests with X-Ray, including the functions of its routes. On with `strict: true`.', {
      aws: 'AWS::ApiGateway::Stage TracingEnabled',
      also: ['TracingEnabled'],
    }),
    metrics: or(
      flag('Metrics per method, at extra cost.', {
        aws: 'AWS::ApiGateway::Stage MethodSettings.MetricsEnabled',
        also: ['MetricsEnabled', 'metricsEnabled'],
      }),
      false,
    ),
    binary: list(
      'Media types that are passed on as binary.',
      text('A media type.', {
        pattern: '^[A-Za-z0-9*!#$&^_.+-]+/[A-Za-z0-9*!#$&^_.+-]+$',
        means: 'a media type such as image/png',
        examples: ['image/png', '*/*'],
      }),
      {
        single: true,
        aws: 'AWS::ApiGateway::RestApi BinaryMediaTypes',
        page: `${PAGE}/api-gateway-payload-encodings.html`,
        also: ['BinaryMediaTypes', 'binaryMediaTypes'],
      },
    ),
    compression: size('Responses of at least this size are compressed.', {
      in: 'KiB',
      from: 0,
      to: 10_240,
      examples: ['1 KiB'],
      aws: 'AWS::ApiGateway::RestApi MinimumCompressionSize',
      page: `${PAGE}/api-gateway-gzip-compression-decompression.html`,
      also: ['MinimumCompressionSize', 'minimumCompressionSize'],
    }),
    models: map(
      'JSON Schemas by name, for `body` and for generated SDKs.',
      text('A model', { pattern: '^[A-Za-z][A-Za-z0-9]*$', means: 'the name of a model: letters and digits' }),
      schemaFile('The file.'),
      { fixed: true, aws: 'AWS::ApiGateway::Model', page: `${PAGE}/models-mappings-models.html`, also: ['Models', 'schemas'] },
    ),
    routes: required(
      map('The routes: `GET /orders/{id}: src/get-order.ts`.', anyRouteKey, route, {
        fixed: true,
        also: ['paths', 'Routes', 'endpoints', 'http', 'events'],
      }),
    ),
    tags,
    ...functionSettings,
  },
  {
    id: 'api',
    settlesBelow: true,
    without: { adopt: notAdopted.api },
    aws: 'AWS::ApiGateway::RestApi',
    page: `${PAGE}/apigateway-rest-api.html`,
  },
);
