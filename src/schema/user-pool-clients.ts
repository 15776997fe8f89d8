import { amount, count, duration, flag, interpolatedText, list, map, object, or, text, word } from './kit.ts';
import { FREE_NAME } from './names.ts';

const PAGE = 'https://docs.aws.amazon.com/cognito/latest/developerguide';

const of = (property: string) => `AWS::Cognito::UserPoolClient ${property}`;

const callback = text('An https URL, or a custom scheme of your app.', {
  pattern: '^(https://|http://localhost|[a-z][a-z0-9+.-]*://).+$',
  means: 'an https address',
});

const attribute = text('An attribute; a custom one is `custom:NAME`.', {
  pattern: '^(custom:)?[A-Za-z][A-Za-z0-9_]{0,31}$',
  means: 'the name of an attribute',
});

export const client = object(
  'An application that signs users in.',
  {
    callbacks: list('Where users return to after signing in on the hosted pages.', callback, {
      single: true,
      max: 100,
      aws: of('CallbackURLs'),
      also: ['CallbackURLs', 'callbackUrls'],
    }),
    logouts: list('Where users return to after signing out.', callback, {
      single: true,
      max: 100,
      aws: of('LogoutURLs'),
      also: ['LogoutURLs', 'logoutUrls'],
    }),
    grants: list(
      'How it gets tokens from the hosted pages.',
      word('An OAuth 2.0 grant.', {
        code: 'With a code that it exchanges for tokens: for users.',
        'client-credentials':
          'With its own secret: for machines. Needs `secret` and `scopes` of a resource server, and cannot be combined.',
      }),
      { single: true, min: 1, max: 2, aws: of('AllowedOAuthFlows'), also: ['AllowedOAuthFlows', 'oAuth'], usually: 'code, with callbacks' },
    ),
    scopes: list(
      'The OAuth scopes it may request.',
      text('A scope.', { pattern: '^[!-~]+$', means: 'a scope', examples: ['openid', 'email', 'profile', 'phone', 'orders/read'] }),
      {
        single: true,
        max: 50,
        aws: of('AllowedOAuthScopes'),
        also: ['AllowedOAuthScopes'],
        usually: 'openid, email and profile, with callbacks',
      },
    ),
    flows: list(
      'How users sign in through the API.',
      word('A way to sign in.', {
        srp: 'Proves the password without sending it.',
        password: 'Sends the password. `user-migration` needs it.',
        custom: 'With custom challenges.',
        admin: 'From a server, with the password.',
        choice: 'With what the user chooses: passwords, codes, passkeys.',
      }),
      {
        single: true,
        min: 1,
        aws: of('ExplicitAuthFlows'),
        page: `${PAGE}/amazon-cognito-user-pools-authentication-flow-methods.html`,
        also: ['ExplicitAuthFlows', 'authFlows'],
        usually: 'srp, and what the pool’s triggers and first factors need',
      },
    ),
    secret: flag('A client with a secret: for servers, never for browsers or apps.', {
      aws: of('GenerateSecret'),
      also: ['GenerateSecret', 'generateSecret'],
    }),
    providers: list('Identity providers by their name in the pool, such as `COGNITO` or `Google`.', text('A provider.'), {
      single: true,
      min: 1,
      aws: of('SupportedIdentityProviders'),
      also: ['SupportedIdentityProviders', 'supportedIdentityProviders'],
      usually: 'COGNITO',
    }),
    idToken: duration('How long an ID token is valid.', {
      from: 300,
      to: 86_400,
      examples: ['1 hour'],
      aws: of('IdTokenValidity'),
      also: ['IdTokenValidity'],
      usually: '1 hour',
    }),
    accessToken: duration('How long an access token is valid.', {
      from: 300,
      to: 86_400,
      examples: ['1 hour'],
      aws: of('AccessTokenValidity'),
      also: ['AccessTokenValidity'],
      usually: '1 hour',
    }),
    refreshToken: duration('How long a refresh token is valid.', {
      from: 3600,
      to: 315_360_000,
      examples: ['30 days'],
      aws: of('RefreshTokenValidity'),
      also: ['RefreshTokenValidity'],
      usually: '30 days',
    }),
    rotate: duration('Rotates a refresh token each time it is used; the old one stays valid for this long.', {
      to: 60,
      examples: ['30 seconds', '0 seconds'],
      aws: of('RefreshTokenRotation.RetryGracePeriodSeconds'),
      page: `${PAGE}/amazon-cognito-user-pools-using-the-refresh-token.html`,
      also: ['RefreshTokenRotation', 'refreshTokenRotationGracePeriod'],
    }),
    session: duration('How long a user may take for all steps of one sign-in.', {
      from: 180,
      to: 900,
      examples: ['3 minutes'],
      aws: of('AuthSessionValidity'),
      also: ['AuthSessionValidity', 'authSessionValidity'],
      usually: '3 minutes',
    }),
    reads: list('The attributes it may read. All by default.', attribute, {
      single: true,
      aws: of('ReadAttributes'),
      also: ['ReadAttributes', 'readAttributes'],
    }),
    writes: list('The attributes it may write. All mutable ones by default.', attribute, {
      single: true,
      aws: of('WriteAttributes'),
      also: ['WriteAttributes', 'writeAttributes'],
    }),
    context: flag('Lets a server pass on its callers’ addresses, for threat protection. Needs `secret`.', {
      aws: of('EnablePropagateAdditionalUserContextData'),
      also: ['EnablePropagateAdditionalUserContextData'],
    }),
  },
  { id: 'userPoolClient', empty: true, aws: 'AWS::Cognito::UserPoolClient', page: `${PAGE}/user-pool-settings-client-apps.html` },
);

export const groups = map(
  'Groups of users; tokens contain a user’s groups.',
  text('A group', { pattern: `^${FREE_NAME}$`, means: 'the name of a group' }),
  object(
    'A group.',
    {
      description: text('What it is for.', { max: 2048, aws: 'AWS::Cognito::UserPoolGroup Description' }),
      precedence: count('Of several groups, the one with the lowest number determines the role.', {
        from: 0,
        aws: 'AWS::Cognito::UserPoolGroup Precedence',
        also: ['Precedence'],
      }),
      role: interpolatedText('The ARN of the role that an identity pool gives its users.', {
        pattern: '^(arn:|.*\\$\\().+',
        means: 'the ARN of a role',
        aws: 'AWS::Cognito::UserPoolGroup RoleArn',
        also: ['RoleArn'],
      }),
    },
    { empty: true },
  ),
  {
    fixed: true,
    aws: 'AWS::Cognito::UserPoolGroup',
    page: `${PAGE}/cognito-user-pools-user-groups.html`,
    also: ['UserPoolGroup', 'addGroup'],
  },
);

export const resourceServers = map(
  'APIs with custom scopes: `{ orders: { scopes: { read: Reads orders } } }` defines the scope `orders/read`.',
  text('A resource server: its identifier', { pattern: '^[!-~]{1,256}$', means: 'an identifier' }),
  object(
    'An API with scopes.',
    {
      scopes: map(
        'Its scopes, and what each means.',
        text('A scope', { pattern: '^[!-.0-\\[\\]-~]{1,256}$', means: 'a scope' }),
        text('What it means.'),
      ),
      title: text('Its display name.', { aws: 'AWS::Cognito::UserPoolResourceServer Name', also: ['Name'], usually: 'its identifier' }),
    },
    { empty: true },
  ),
  {
    fixed: true,
    aws: 'AWS::Cognito::UserPoolResourceServer',
    page: `${PAGE}/cognito-user-pools-define-resource-servers.html`,
    also: ['UserPoolResourceServer', 'addResourceServer'],
  },
);

const TYPE_DOC = 'Its type. Custom attributes only.';

export const attributes = map(
  'User attributes: standard ones, and your own as `custom` ones.',
  text('An attribute', { pattern: `^${FREE_NAME}$`, means: 'the name of an attribute' }),
  object(
    'An attribute.',
    {
      required: flag('Required to sign up. Standard attributes only.', { also: ['Required'] }),
      mutable: or(flag('Can be changed later.', { also: ['Mutable'] }), true),
      type: or(
        word(
          TYPE_DOC,
          { text: 'Text.', number: 'A number.', boolean: 'True or false.', time: 'A date and time.' },
          { also: ['AttributeDataType'] },
        ),
        'text',
      ),
      min: amount('The minimum of a number, or the minimum length of text.', { also: ['MinLength', 'MinValue', 'minLen'] }),
      max: amount('The maximum of a number, or the maximum length of text.', { also: ['MaxLength', 'MaxValue', 'maxLen'] }),
    },
    { empty: true },
  ),
  {
    aws: 'AWS::Cognito::UserPool Schema',
    page: `${PAGE}/user-pool-settings-attributes.html`,
    also: ['Schema', 'standardAttributes', 'customAttributes'],
  },
);
