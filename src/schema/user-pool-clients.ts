import { amount, count, duration, flag, interpolatedText, list, map, object, or, text, word } from './kit.ts';
import { FREE_NAME } from './names.ts';

const PAGE = 'https://docs.aws.amazon.com/cognito/latest/developerguide';

const of = (property: string) => `AWS::Cognito::UserPoolClient ${property}`;

const callback = text('An https address, or a scheme of an app of yours.', {
  pattern: '^(https://|http://localhost|[a-z][a-z0-9+.-]*://).+$',
  means: 'an https address',
});

const attribute = text('An attribute; one of your own is `custom:NAME`.', {
  pattern: '^(custom:)?[A-Za-z][A-Za-z0-9_]{0,31}$',
  means: 'the name of an attribute',
});

export const client = object(
  'An application that signs people in.',
  {
    callbacks: list('Where people return to after signing in with the hosted pages.', callback, {
      single: true,
      max: 100,
      aws: of('CallbackURLs'),
      also: ['CallbackURLs', 'callbackUrls'],
    }),
    logouts: list('Where people return to after signing out.', callback, {
      single: true,
      max: 100,
      aws: of('LogoutURLs'),
      also: ['LogoutURLs', 'logoutUrls'],
    }),
    grants: list(
      'How it comes to tokens by the hosted pages.',
      word('A grant of OAuth 2.0.', {
        code: 'With a code that it changes for tokens: for people.',
        'client-credentials': 'With its own secret: for machines. Needs `secret` and `scopes` of a resource server, and stands alone.',
      }),
      { single: true, min: 1, max: 2, aws: of('AllowedOAuthFlows'), also: ['AllowedOAuthFlows', 'oAuth'], usually: 'code, with callbacks' },
    ),
    scopes: list(
      'The OAuth scopes it may ask for.',
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
      'How people sign in by the API.',
      word('A way to sign in.', {
        srp: 'The password is proved and never travels.',
        password: 'The password is sent. What `user-migration` needs.',
        custom: 'By challenges of your own.',
        admin: 'By a server, with the password.',
        choice: 'By what the person chooses: passwords, codes, passkeys.',
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
    idToken: duration('How long an ID token holds.', {
      from: 300,
      to: 86_400,
      examples: ['1 hour'],
      aws: of('IdTokenValidity'),
      also: ['IdTokenValidity'],
      usually: '1 hour',
    }),
    accessToken: duration('How long an access token holds.', {
      from: 300,
      to: 86_400,
      examples: ['1 hour'],
      aws: of('AccessTokenValidity'),
      also: ['AccessTokenValidity'],
      usually: '1 hour',
    }),
    refreshToken: duration('How long a refresh token holds.', {
      from: 3600,
      to: 315_360_000,
      examples: ['30 days'],
      aws: of('RefreshTokenValidity'),
      also: ['RefreshTokenValidity'],
      usually: '30 days',
    }),
    rotate: duration('A refresh token is changed each time it is used; the old one holds for so long still.', {
      to: 60,
      examples: ['30 seconds', '0 seconds'],
      aws: of('RefreshTokenRotation.RetryGracePeriodSeconds'),
      page: `${PAGE}/amazon-cognito-user-pools-using-the-refresh-token.html`,
      also: ['RefreshTokenRotation', 'refreshTokenRotationGracePeriod'],
    }),
    session: duration('How long somebody may take for all steps of one sign-in.', {
      from: 180,
      to: 900,
      examples: ['3 minutes'],
      aws: of('AuthSessionValidity'),
      also: ['AuthSessionValidity', 'authSessionValidity'],
      usually: '3 minutes',
    }),
    reads: list('The attributes it may read. All of them without it.', attribute, {
      single: true,
      aws: of('ReadAttributes'),
      also: ['ReadAttributes', 'readAttributes'],
    }),
    writes: list('The attributes it may write. All mutable ones without it.', attribute, {
      single: true,
      aws: of('WriteAttributes'),
      also: ['WriteAttributes', 'writeAttributes'],
    }),
    context: flag('A server passes on where its callers come from, for threat protection. Needs `secret`.', {
      aws: of('EnablePropagateAdditionalUserContextData'),
      also: ['EnablePropagateAdditionalUserContextData'],
    }),
  },
  { id: 'userPoolClient', empty: true, aws: 'AWS::Cognito::UserPoolClient', page: `${PAGE}/user-pool-settings-client-apps.html` },
);

export const groups = map(
  'Groups that people are in; their tokens tell which.',
  text('A group', { pattern: `^${FREE_NAME}$`, means: 'the name of a group' }),
  object(
    'A group.',
    {
      description: text('What it is for.', { max: 2048, aws: 'AWS::Cognito::UserPoolGroup Description' }),
      precedence: count('Of several groups the one with the lowest number decides on the role.', {
        from: 0,
        aws: 'AWS::Cognito::UserPoolGroup Precedence',
        also: ['Precedence'],
      }),
      role: interpolatedText('The ARN of the role that an identity pool gives its people.', {
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
  'APIs with scopes of their own: `{ orders: { scopes: { read: Reads orders } } }` gives the scope `orders/read`.',
  text('A resource server: its identifier', { pattern: '^[!-~]{1,256}$', means: 'an identifier' }),
  object(
    'An API with scopes.',
    {
      scopes: map(
        'Its scopes, and what each means.',
        text('A scope', { pattern: '^[!-.0-\\[\\]-~]{1,256}$', means: 'a scope' }),
        text('What it means.'),
      ),
      title: text('What it is called.', { aws: 'AWS::Cognito::UserPoolResourceServer Name', also: ['Name'], usually: 'its identifier' }),
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

const TYPE_DOC = 'What it holds. Custom attributes only.';

export const attributes = map(
  'What is known of a person: standard attributes, and your own as `custom` ones.',
  text('An attribute', { pattern: `^${FREE_NAME}$`, means: 'the name of an attribute' }),
  object(
    'An attribute.',
    {
      required: flag('Must be given to sign up. Standard attributes only.', { also: ['Required'] }),
      mutable: or(flag('Can be changed later.', { also: ['Mutable'] }), true),
      type: or(
        word(TYPE_DOC, { text: 'Text.', number: 'A number.', boolean: 'Yes or no.', time: 'A moment.' }, { also: ['AttributeDataType'] }),
        'text',
      ),
      min: amount('The least number, or the fewest characters of a text.', { also: ['MinLength', 'MinValue', 'minLen'] }),
      max: amount('The largest number, or the most characters of a text.', { also: ['MaxLength', 'MaxValue', 'maxLen'] }),
    },
    { empty: true },
  ),
  {
    aws: 'AWS::Cognito::UserPool Schema',
    page: `${PAGE}/user-pool-settings-attributes.html`,
    also: ['Schema', 'standardAttributes', 'customAttributes'],
  },
);
