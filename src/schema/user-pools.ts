import { deletion, deletionProtection } from './data.ts';
import { tags } from './function.ts';
import { count, duration, flag, interpolatedText, list, map, object, or, text, word } from './kit.ts';
import { FREE_NAME } from './names.ts';

const PAGE = 'https://docs.aws.amazon.com/cognito/latest/developerguide';

/** The attributes Cognito knows by itself; any other is a custom one. */
export const STANDARD_ATTRIBUTES: readonly string[] = [
  'address',
  'birthdate',
  'email',
  'family_name',
  'gender',
  'given_name',
  'locale',
  'middle_name',
  'name',
  'nickname',
  'phone_number',
  'picture',
  'preferred_username',
  'profile',
  'updated_at',
  'website',
  'zoneinfo',
];

const callback = text('An https address, or a scheme of an app of yours.', {
  pattern: '^(https://|http://localhost|[a-z][a-z0-9+.-]*://).+$',
  means: 'an https address',
});

const client = object(
  'An application that signs people in.',
  {
    callbacks: list('Where people return to after signing in with the hosted pages.', callback, {
      single: true,
      max: 100,
      aws: 'AWS::Cognito::UserPoolClient CallbackURLs',
      also: ['CallbackURLs', 'callbackUrls'],
    }),
    logouts: list('Where people return to after signing out.', callback, {
      single: true,
      max: 100,
      aws: 'AWS::Cognito::UserPoolClient LogoutURLs',
      also: ['LogoutURLs', 'logoutUrls'],
    }),
    scopes: list(
      'The OAuth scopes it may ask for.',
      text('A scope.', { pattern: '^[!-~]+$', means: 'a scope', examples: ['openid', 'email', 'profile', 'phone'] }),
      {
        single: true,
        max: 50,
        aws: 'AWS::Cognito::UserPoolClient AllowedOAuthScopes',
        also: ['AllowedOAuthScopes'],
        usually: 'openid, with callbacks',
      },
    ),
    secret: flag('A client with a secret: for servers, never for browsers or apps.', {
      aws: 'AWS::Cognito::UserPoolClient GenerateSecret',
      also: ['GenerateSecret', 'generateSecret'],
    }),
    idToken: duration('How long an ID token holds.', {
      from: 300,
      to: 86_400,
      examples: ['1 hour'],
      aws: 'AWS::Cognito::UserPoolClient IdTokenValidity',
      also: ['IdTokenValidity'],
      usually: '1 hour',
    }),
    accessToken: duration('How long an access token holds.', {
      from: 300,
      to: 86_400,
      examples: ['1 hour'],
      aws: 'AWS::Cognito::UserPoolClient AccessTokenValidity',
      also: ['AccessTokenValidity'],
      usually: '1 hour',
    }),
    refreshToken: duration('How long a refresh token holds.', {
      from: 3600,
      to: 315_360_000,
      examples: ['30 days'],
      aws: 'AWS::Cognito::UserPoolClient RefreshTokenValidity',
      also: ['RefreshTokenValidity'],
      usually: '30 days',
    }),
  },
  { id: 'userPoolClient', empty: true, aws: 'AWS::Cognito::UserPoolClient', page: `${PAGE}/user-pool-settings-client-apps.html` },
);

export const userPool = object(
  'A Cognito user pool: people who sign in.',
  {
    signIn: or(
      list(
        'What people sign in with.',
        word('A way to sign in.', { email: 'An email address.', phone: 'A phone number.', username: 'A name they choose.' }),
        {
          single: true,
          min: 1,
          aws: 'AWS::Cognito::UserPool UsernameAttributes',
          page: `${PAGE}/user-pool-settings-attributes.html`,
          also: ['UsernameAttributes', 'AliasAttributes', 'signInAliases'],
        },
      ),
      ['email'],
    ),
    signUp: or(
      word(
        'Who makes an account.',
        { open: 'Anybody, for themselves.', invited: 'Only an administrator, for others.' },
        {
          aws: 'AWS::Cognito::UserPool AdminCreateUserConfig.AllowAdminCreateUserOnly',
          also: ['selfSignUpEnabled', 'AdminCreateUserConfig'],
        },
      ),
      'open',
    ),
    attributes: map(
      'What is known of a person: standard attributes, and your own as `custom` ones.',
      text('An attribute', { pattern: `^${FREE_NAME}$`, means: 'the name of an attribute' }),
      object(
        'An attribute.',
        {
          required: flag('Must be given to sign up. Standard attributes only.'),
          mutable: or(flag('Can be changed later.'), true),
          type: or(
            word('What it holds. Custom attributes only.', {
              text: 'Text.',
              number: 'A number.',
              boolean: 'Yes or no.',
              time: 'A moment.',
            }),
            'text',
          ),
        },
        { empty: true },
      ),
      { aws: 'AWS::Cognito::UserPool Schema', also: ['Schema', 'standardAttributes', 'customAttributes'] },
    ),
    password: object(
      'What a password must have.',
      {
        length: or(count('The fewest characters.', { from: 6, to: 99, also: ['MinimumLength', 'minLength'] }), 12),
        lowercase: or(flag('A small letter.'), true),
        uppercase: or(flag('A capital letter.'), true),
        digits: or(flag('A digit.'), true),
        symbols: or(flag('A sign that is neither.'), true),
      },
      { empty: true, aws: 'AWS::Cognito::UserPool Policies.PasswordPolicy', also: ['PasswordPolicy', 'passwordPolicy', 'Policies'] },
    ),
    mfa: or(
      word(
        'A second factor: a code from an authenticator app.',
        { off: 'None.', optional: 'For whoever sets it up.', required: 'For everybody.' },
        { aws: 'AWS::Cognito::UserPool MfaConfiguration', page: `${PAGE}/user-pool-settings-mfa.html`, also: ['MfaConfiguration'] },
      ),
      'optional',
    ),
    tier: or(
      word(
        'Cognito’s feature plan.',
        { lite: 'The cheapest.', essentials: 'The usual one.', plus: 'With threat protection; costs more per person.' },
        {
          aws: 'AWS::Cognito::UserPool UserPoolTier',
          page: `${PAGE}/cognito-sign-in-feature-plans.html`,
          also: ['UserPoolTier', 'featurePlan'],
        },
      ),
      'essentials',
    ),
    domain: text('The first word of the address of the hosted pages, `WORD.auth.REGION.amazoncognito.com`.', {
      pattern: '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$',
      means: 'small letters, digits and hyphens',
      aws: 'AWS::Cognito::UserPoolDomain Domain',
      page: `${PAGE}/cognito-user-pools-assign-domain.html`,
      also: ['UserPoolDomain', 'cognitoDomain'],
    }),
    clients: map(
      'The applications that sign people in. One named `app` is made unless some are given.',
      text('A client', { pattern: `^${FREE_NAME}$`, means: 'the name of a client' }),
      client,
      { fixed: true, also: ['UserPoolClient', 'appClients', 'addClient'] },
    ),
    tags,
    existing: interpolatedText('The ARN of a user pool that exists, instead of making one.', {
      pattern: '^(arn:|.*\\$\\().+',
      means: 'the ARN of a user pool',
      also: ['arn', 'userPoolArn', 'UserPoolArn', 'import'],
    }),
    deletion,
    deletionProtection,
  },
  { id: 'userPool', empty: true, aws: 'AWS::Cognito::UserPool', page: `${PAGE}/cognito-user-pools.html` },
);
