import { functionSettings, ownSettings } from './function.ts';
import { handler } from './handlers.ts';
import { choice, duration, interpolatedText, list, nameOf, object, required, text, word } from './kit.ts';

const PAGE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide';

const lambdaOptions = {
  type: word(
    'What the function receives. `request` by default.',
    { request: 'The request: headers, query, path and context.', token: 'One header, the token.' },
    {
      aws: 'AWS::ApiGateway::Authorizer Type',
      page: `${PAGE}/apigateway-use-lambda-authorizer.html`,
      also: ['Type', 'AuthorizerType', 'FunctionPayloadType'],
      usually: 'request',
    },
  ),
  identitySource: list(
    'What identifies a caller: the parts of the request that are required, and that form the cache key. For `token`, one header.',
    text('A part of the request.', {
      pattern: '^(header|query|context|stage)\\.[A-Za-z0-9_.-]+$',
      means: 'a part of the request, such as header.Authorization',
      examples: ['header.Authorization'],
    }),
    {
      single: true,
      min: 1,
      aws: 'AWS::ApiGateway::Authorizer IdentitySource',
      also: ['IdentitySource', 'Identity', 'identitySources'],
      usually: 'header.Authorization for `token`',
    },
  ),
  answers: word(
    'HTTP APIs: what the function returns. `policy` by default.',
    { policy: 'An IAM policy that allows or denies.', simple: '`{ isAuthorized: true }`.' },
    {
      aws: 'AWS::ApiGatewayV2::Authorizer EnableSimpleResponses',
      page: `${PAGE}/http-api-lambda-authorizer.html`,
      also: ['EnableSimpleResponses', 'enableSimpleResponses', 'responseTypes'],
      usually: 'policy',
    },
  ),
  validate: text('For `token`: a regular expression the token must match before the function is called.', {
    aws: 'AWS::ApiGateway::Authorizer IdentityValidationExpression',
    also: ['IdentityValidationExpression', 'identityValidationExpression', 'ValidationExpression', 'validationRegex'],
  }),
  cache: duration('How long a result is cached for the same identity source. A cached result must be valid for every route.', {
    words: ['none'],
    from: 1,
    to: 3600,
    examples: ['5 minutes'],
    aws: 'AWS::ApiGateway::Authorizer AuthorizerResultTtlInSeconds',
    page: `${PAGE}/apigateway-use-lambda-authorizer.html`,
    also: ['AuthorizerResultTtlInSeconds', 'resultTtlInSeconds', 'resultsCacheTtl', 'ttl', 'ReauthorizeEvery'],
    usually: '5 minutes with an identity source, otherwise none',
  }),
} as const;

export const authorizer = choice(
  'Who may call an API: Cognito, a JWT issuer, or a function of yours that returns an IAM policy. `iam` and `none` need no declaration.',
  'authorizer',
  {
    userPool: {
      value: nameOf('Users of this user pool, with its tokens.', 'userPools', {
        aws: 'AWS::ApiGateway::Authorizer ProviderARNs',
        page: `${PAGE}/apigateway-integrate-with-cognito.html`,
        also: ['cognito', 'UserPoolArn', 'COGNITO_USER_POOLS', 'cognitoUserPools'],
      }),
      options: {
        scopes: list(
          'OAuth scopes, of which the access token must have one. Without scopes, the ID token is checked.',
          text('A scope.', { pattern: '^[!-~]+$', means: 'a scope such as orders/read' }),
          { single: true, min: 1, also: ['AuthorizationScopes', 'authorizationScopes'] },
        ),
        cache: duration('How long a result is cached for the same token.', {
          words: ['none'],
          from: 1,
          to: 3600,
          examples: ['5 minutes'],
          aws: 'AWS::ApiGateway::Authorizer AuthorizerResultTtlInSeconds',
          also: ['AuthorizerResultTtlInSeconds', 'resultTtlInSeconds'],
          usually: '5 minutes',
        }),
      },
    },
    jwt: {
      value: object(
        'JWTs of an issuer, for HTTP APIs.',
        {
          issuer: required(
            interpolatedText('The issuer’s URL, as in its tokens.', {
              pattern: '^(https://.+|.*\\$\\(.+)$',
              means: 'an address such as https://login.example',
              also: ['Issuer', 'issuerUrl'],
            }),
          ),
          audience: required(
            list('The accepted audiences of a token.', interpolatedText('An audience.', { also: ['Audience'] }), {
              single: true,
              min: 1,
              also: ['Audience'],
            }),
          ),
        },
        {
          aws: 'AWS::ApiGatewayV2::Authorizer JwtConfiguration',
          page: `${PAGE}/http-api-jwt-authorizer.html`,
          also: ['JwtConfiguration', 'jwtConfiguration', 'JWT'],
        },
      ),
      options: {
        scopes: list(
          'Scopes, of which the token must have one.',
          text('A scope.', { pattern: '^[!-~]+$', means: 'a scope such as orders/read' }),
          {
            single: true,
            min: 1,
            also: ['AuthorizationScopes', 'authorizationScopes'],
          },
        ),
        identitySource: text('Where the token is. `header.Authorization` by default.', {
          pattern: '^(header|query)\\.[A-Za-z0-9_.-]+$',
          means: 'a part of the request, such as header.Authorization',
          aws: 'AWS::ApiGatewayV2::Authorizer IdentitySource',
          also: ['IdentitySource'],
        }),
      },
    },
    handler: { value: handler, options: { ...lambdaOptions, ...functionSettings, ...ownSettings } },
    function: {
      value: nameOf('A function declared in `functions` or `consumers`.', ['functions', 'consumers'], {
        also: ['arn', 'FunctionArn', 'functionName'],
      }),
      options: lambdaOptions,
    },
  },
  {},
  { id: 'authorizer', function: { handler: 'handler', timeout: 10 } },
);
