import { count, duration, flag, interpolatedText, list, map, nameOf, object, or, required, text, word } from '../kit.ts';
import { as } from './pulled.ts';

const PAGE = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application';

const rule = (property: string) => `AWS::ElasticLoadBalancingV2::ListenerRule ${property}`;
const group = (property: string) => `AWS::ElasticLoadBalancingV2::TargetGroup ${property}`;

const values = (doc: string, item: string, aws: string, also: readonly string[], pattern = '^[ -~]{1,128}$') =>
  list(doc, text(item, { pattern, means: item.charAt(0).toLowerCase() + item.slice(1).replace(/\.$/, '') }), {
    single: true,
    min: 1,
    max: 5,
    aws: rule(aws),
    also,
  });

const conditions = object(
  'Which requests come: all of these must fit, of each one value. Five values in all.',
  {
    host: values('The host that was asked.', 'A host, with * and ?.', 'Conditions.HostHeaderConfig', ['HostHeaderConfig', 'host-header']),
    path: values(
      'The path.',
      'A path, with * and ?.',
      'Conditions.PathPatternConfig',
      ['PathPatternConfig', 'path-pattern'],
      '^/[ -~]{0,127}$',
    ),
    method: values(
      'The method.',
      'A method in capitals.',
      'Conditions.HttpRequestMethodConfig',
      ['HttpRequestMethodConfig'],
      '^[A-Z_-]{1,40}$',
    ),
    header: map(
      'A header, by name, and its values.',
      text('A header', { pattern: '^[A-Za-z0-9_-]{1,40}$', means: 'the name of a header' }),
      values('Its values.', 'A value, with * and ?.', 'Conditions.HttpHeaderConfig', []),
      { aws: rule('Conditions.HttpHeaderConfig'), also: ['HttpHeaderConfig', 'http-header'] },
    ),
    query: map(
      'A parameter of the query, by name, and its values.',
      text('A parameter', { pattern: '^[ -~]{1,128}$', means: 'the name of a parameter' }),
      values('Its values.', 'A value, with * and ?.', 'Conditions.QueryStringConfig', []),
      { aws: rule('Conditions.QueryStringConfig'), also: ['QueryStringConfig', 'query-string'] },
    ),
    ip: values(
      'Where they come from.',
      'A range of addresses.',
      'Conditions.SourceIpConfig',
      ['SourceIpConfig', 'source-ip'],
      '^[0-9a-f:.]+/[0-9]{1,3}$',
    ),
  },
  { aws: rule('Conditions'), page: `${PAGE}/rule-condition-types.html`, also: ['Conditions'] },
);

const healthCheck = object(
  'Calls the function to see whether it works; each call costs. Off without it.',
  {
    path: text('The path it asks for.', {
      pattern: '^/[ -~]*$',
      means: 'a path',
      aws: group('HealthCheckPath'),
      also: ['HealthCheckPath'],
      usually: '/',
    }),
    interval: or(
      duration('How often.', {
        from: 5,
        to: 300,
        examples: ['35 seconds'],
        aws: group('HealthCheckIntervalSeconds'),
        also: ['HealthCheckIntervalSeconds', 'intervalSeconds'],
      }),
      35,
    ),
    timeout: or(
      duration('How long it waits.', {
        from: 2,
        to: 120,
        examples: ['30 seconds'],
        aws: group('HealthCheckTimeoutSeconds'),
        also: ['HealthCheckTimeoutSeconds', 'timeoutSeconds'],
      }),
      30,
    ),
    healthy: or(
      count('After so many good answers it is well.', {
        from: 2,
        to: 10,
        aws: group('HealthyThresholdCount'),
        also: ['HealthyThresholdCount'],
      }),
      5,
    ),
    unhealthy: or(
      count('After so many bad ones it is not.', {
        from: 2,
        to: 10,
        aws: group('UnhealthyThresholdCount'),
        also: ['UnhealthyThresholdCount'],
      }),
      2,
    ),
    codes: or(
      text('What a good answer is.', {
        pattern: '^[2-4][0-9]{2}([,-][2-4][0-9]{2})*$',
        means: 'codes such as 200 or 200-299',
        aws: group('Matcher.HttpCode'),
        also: ['Matcher', 'HttpCode'],
      }),
      '200',
    ),
  },
  { empty: true, aws: group('HealthCheckEnabled'), page: `${PAGE}/lambda-functions.html`, also: ['HealthCheckEnabled'] },
);

const signedIn = (config: string) => ({
  scope: text('What is asked for.', { aws: rule(`Actions.${config}.Scope`), also: ['Scope'], usually: 'openid' }),
  session: duration('How long somebody stays signed in.', {
    from: 1,
    to: 604_800,
    examples: ['7 days'],
    aws: rule(`Actions.${config}.SessionTimeout`),
    also: ['SessionTimeout', 'sessionTimeout'],
    usually: '7 days',
  }),
  cookie: text('The name of the cookie.', {
    pattern: '^[A-Za-z0-9_-]{1,64}$',
    means: 'a name',
    aws: rule(`Actions.${config}.SessionCookieName`),
    also: ['SessionCookieName'],
  }),
  otherwise: or(
    word(
      'What becomes of who is not signed in.',
      { authenticate: 'They are sent to sign in.', deny: 'They are refused.', allow: 'They come through.' },
      { aws: rule(`Actions.${config}.OnUnauthenticatedRequest`), also: ['OnUnauthenticatedRequest'] },
    ),
    'authenticate',
  ),
});

const cognito = object(
  'People of a user pool. The pool’s client has a `secret`, and `https://HOST/oauth2/idpresponse` among its `callbacks`.',
  {
    userPool: required(
      nameOf('The pool.', 'userPools', { aws: rule('Actions.AuthenticateCognitoConfig.UserPoolArn'), also: ['UserPoolArn'] }),
    ),
    client: required(
      text('The client, by its name in the pool.', {
        aws: rule('Actions.AuthenticateCognitoConfig.UserPoolClientId'),
        also: ['UserPoolClientId'],
      }),
    ),
    domain: text('Of a pool that exists already: its domain, or the first word of it.', {
      aws: rule('Actions.AuthenticateCognitoConfig.UserPoolDomain'),
      also: ['UserPoolDomain'],
      usually: 'the pool’s own',
    }),
    ...signedIn('AuthenticateCognitoConfig'),
  },
  { aws: rule('Actions.AuthenticateCognitoConfig'), also: ['AuthenticateCognitoConfig'] },
);

const https = (doc: string, property: string) =>
  required(
    interpolatedText(doc, {
      pattern: '^(https://.+|.*\\$\\(.+)$',
      means: 'an https address',
      aws: rule(`Actions.AuthenticateOidcConfig.${property}`),
      also: [property],
    }),
  );

const oidc = object(
  'People of any identity provider that speaks OpenID Connect.',
  {
    issuer: https('The issuer.', 'Issuer'),
    authorization: https('Where people sign in.', 'AuthorizationEndpoint'),
    token: https('Where tokens come from.', 'TokenEndpoint'),
    userInfo: https('Where it is told who somebody is.', 'UserInfoEndpoint'),
    client: required(
      interpolatedText('The id of the client.', { aws: rule('Actions.AuthenticateOidcConfig.ClientId'), also: ['ClientId'] }),
    ),
    secret: required(
      interpolatedText('The ARN of the secret in Secrets Manager that holds the client’s secret, as its whole text.', {
        pattern: '^(arn:|.*\\$\\().+',
        means: 'the ARN of a secret',
        aws: rule('Actions.AuthenticateOidcConfig.ClientSecret'),
        also: ['ClientSecret'],
      }),
    ),
    ...signedIn('AuthenticateOidcConfig'),
  },
  { aws: rule('Actions.AuthenticateOidcConfig'), also: ['AuthenticateOidcConfig'] },
);

export const loadBalancer = {
  value: object(
    'An application load balancer that exists: its listener sends requests to the function.',
    {
      listener: required(
        interpolatedText('The ARN of the listener.', {
          pattern: '^(arn:.+:listener/.+|.*\\$\\(.+)$',
          means: 'the ARN of a listener',
          aws: rule('ListenerArn'),
          also: ['ListenerArn', 'listenerArn'],
        }),
      ),
      priority: required(
        count('Of all rules of the listener the one with the lowest number that fits is taken; no two have the same.', {
          from: 1,
          to: 50_000,
          aws: rule('Priority'),
          also: ['Priority'],
        }),
      ),
      conditions: required(conditions),
      multiValueHeaders: flag('Gives the function every value of a header and a parameter, not the last one.', {
        aws: group('TargetGroupAttributes lambda.multi_value_headers.enabled'),
        also: ['multiValueHeaders', 'lambda.multi_value_headers.enabled', 'multiValueHeadersEnabled'],
      }),
      healthCheck,
      authenticate: object(
        'Lets only people through who signed in. The listener speaks HTTPS.',
        { cognito, oidc },
        { page: `${PAGE}/listener-authenticate-users.html`, also: ['authorizer', 'Authenticate'] },
      ),
    },
    {
      aws: 'AWS::ElasticLoadBalancingV2::ListenerRule',
      page: `${PAGE}/lambda-functions.html`,
      also: ['alb', 'ALB', 'ApplicationLoadBalancer', 'LambdaTarget', 'elb'],
    },
  ),
  options: { as },
  polling: {
    delivery: 'push',
    caller: 'The load balancer calls the function with each request that its rule takes.',
    permission: 'function',
    invocation: 'sync',
    concurrency: 'One call for each request, up to the function’s concurrency.',
    ordering: 'None.',
    retries: 'None.',
    failure: 'The client gets a 502, or a 503 where Lambda throttles.',
    page: `${PAGE}/lambda-functions.html`,
  },
} as const;
