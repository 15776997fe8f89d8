import { functionSettings, ownSettings } from './function.ts';
import { handler } from './handlers.ts';
import { choice, duration, interpolatedText, list, nameOf, object, required, text, word } from './kit.ts';

const PAGE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide';

const lambdaOptions = {
  type: word(
    'What the function is given. `request` unless said otherwise.',
    { request: 'The request: headers, query, path and context.', token: 'One header, the token.' },
    {
      aws: 'AWS::ApiGateway::Authorizer Type',
      page: `${PAGE}/apigateway-use-lambda-authorizer.html`,
      also: ['Type', 'AuthorizerType', 'FunctionPayloadType'],
      usually: 'request',
    },
  ),
  identitySource: list(
    'What makes two callers different: the parts of the request that must be there and by which the answer is cached. For `token`, one header.',
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
    'HTTP APIs: what the function answers. `policy` unless said otherwise.',
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
  cache: duration('How long an answer is kept for the same identity source. An answer that is kept must hold for every route.', {
    words: ['none'],
    from: 1,
    to: 3600,
    examples: ['5 minutes'],
    aws: 'AWS::ApiGateway::Authorizer AuthorizerResultTtlInSeconds',
    page: `${PAGE}/apigateway-use-lambda-authorizer.html`,
    also: ['AuthorizerResultTtlInSeconds', 'resultTtlInSeconds', 'resultsCacheTtl', 'ttl', 'ReauthorizeEvery'],
    usually: '5 minutes with an identity source, else none',
  }),
} as const;

export const authorizer = choice(
  'Who may call an API. Cognito, or a function of yours that answers with an IAM policy of Allow or Deny. The words `iam` and `none` need no declaration.',
  'authorizer',
  {
    userPool: {
      value: nameOf('People of this user pool, with the token it gave them.', 'userPools', {
        aws: 'AWS::ApiGateway::Authorizer ProviderARNs',
        page: `${PAGE}/apigateway-integrate-with-cognito.html`,
        also: ['cognito', 'UserPoolArn', 'COGNITO_USER_POOLS', 'cognitoUserPools'],
      }),
      options: {
        scopes: list(
          'OAuth scopes of which the access token must have one. Without scopes the ID token is meant.',
          text('A scope.', { pattern: '^[!-~]+$', means: 'a scope such as orders/read' }),
          { single: true, min: 1, also: ['AuthorizationScopes', 'authorizationScopes'] },
        ),
        cache: duration('How long an answer is kept for the same token.', {
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
        'Tokens of an issuer, for HTTP APIs.',
        {
          issuer: required(
            interpolatedText('The issuer’s address, as its tokens say it.', {
              pattern: '^(https://.+|.*\\$\\(.+)$',
              means: 'an address such as https://login.example',
              also: ['Issuer', 'issuerUrl'],
            }),
          ),
          audience: required(
            list('For whom a token must be.', interpolatedText('An audience.', { also: ['Audience'] }), {
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
          'Scopes of which the token must have one.',
          text('A scope.', { pattern: '^[!-~]+$', means: 'a scope such as orders/read' }),
          {
            single: true,
            min: 1,
            also: ['AuthorizationScopes', 'authorizationScopes'],
          },
        ),
        identitySource: text('Where the token stands. `header.Authorization` unless said otherwise.', {
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
