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
  'Which requests are sent here: all of these conditions must match, with one value each. At most five values in total.',
  {
    host: values('The requested host.', 'A host, with * and ?.', 'Conditions.HostHeaderConfig', ['HostHeaderConfig', 'host-header']),
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
      'A query parameter, by name, and its values.',
      text('A parameter', { pattern: '^[ -~]{1,128}$', means: 'the name of a parameter' }),
      values('Its values.', 'A value, with * and ?.', 'Conditions.QueryStringConfig', []),
      { aws: rule('Conditions.QueryStringConfig'), also: ['QueryStringConfig', 'query-string'] },
    ),
    ip: values(
      'The source addresses.',
      'An address range.',
      'Conditions.SourceIpConfig',
      ['SourceIpConfig', 'source-ip'],
      '^[0-9a-f:.]+/[0-9]{1,3}$',
    ),
  },
  { aws: rule('Conditions'), page: `${PAGE}/rule-condition-types.html`, also: ['Conditions'] },
);

const healthCheck = object(
  'Health checks: invokes the function to see whether it works; each invocation costs. Off by default.',
  {
    path: text('The path it requests.', {
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
      duration('How long it waits for a response.', {
        from: 2,
        to: 120,
        examples: ['30 seconds'],
        aws: group('HealthCheckTimeoutSeconds'),
        also: ['HealthCheckTimeoutSeconds', 'timeoutSeconds'],
      }),
      30,
    ),
    healthy: or(
      count('After this many successful checks the target is healthy.', {
        from: 2,
        to: 10,
        aws: group('HealthyThresholdCount'),
        also: ['HealthyThresholdCount'],
      }),
      5,
    ),
    unhealthy: or(
      count('After this many failed checks it is unhealthy.', {
        from: 2,
        to: 10,
        aws: group('UnhealthyThresholdCount'),
        also: ['UnhealthyThresholdCount'],
      }),
      2,
    ),
    codes: or(
      text('The status codes of a successful check.', {
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
  scope: text('The requested scopes.', { aws: rule(`Actions.${config}.Scope`), also: ['Scope'], usually: 'openid' }),
  session: duration('How long a user stays signed in.', {
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
      'What happens to users who are not signed in.',
      { authenticate: 'They are redirected to sign in.', deny: 'They are rejected.', allow: 'They are let through.' },
      { aws: rule(`Actions.${config}.OnUnauthenticatedRequest`), also: ['OnUnauthenticatedRequest'] },
    ),
    'authenticate',
  ),
});

const cognito = object(
  'Users of a user pool. The pool’s client needs a `secret`, and `https://HOST/oauth2/idpresponse` among its `callbacks`.',
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
    domain: text('For an existing pool: its domain, or its domain prefix.', {
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
  'Users of any OpenID Connect identity provider.',
  {
    issuer: https('The issuer.', 'Issuer'),
    authorization: https('The authorization endpoint.', 'AuthorizationEndpoint'),
    token: https('The token endpoint.', 'TokenEndpoint'),
    userInfo: https('The user info endpoint.', 'UserInfoEndpoint'),
    client: required(
      interpolatedText('The ID of the client.', { aws: rule('Actions.AuthenticateOidcConfig.ClientId'), also: ['ClientId'] }),
    ),
    secret: required(
      interpolatedText('The ARN of the secret in Secrets Manager whose whole text is the client secret.', {
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
    'An existing Application Load Balancer: its listener sends requests to the function.',
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
        count('The matching listener rule with the lowest priority number applies; no two rules can have the same.', {
          from: 1,
          to: 50_000,
          aws: rule('Priority'),
          also: ['Priority'],
        }),
      ),
      conditions: required(conditions),
      multiValueHeaders: flag('Passes every value of a header or parameter to the function, not only the last.', {
        aws: group('TargetGroupAttributes lambda.multi_value_headers.enabled'),
        also: ['multiValueHeaders', 'lambda.multi_value_headers.enabled', 'multiValueHeadersEnabled'],
      }),
      healthCheck,
      authenticate: object(
        'Lets only signed-in users through. Needs an HTTPS listener.',
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
    caller: 'The load balancer invokes the function with each request that matches the rule.',
    permission: 'function',
    invocation: 'sync',
    concurrency: 'One invocation per request, up to the function’s concurrency.',
    ordering: 'None.',
    retries: 'None.',
    failure: 'The client gets a 502, or a 503 if Lambda throttles.',
    page: `${PAGE}/lambda-functions.html`,
  },
} as const;
