import { adopt } from './adopt.ts';
import { deletion, deletionProtection } from './data.ts';
import { tags } from './function.ts';
import { flag, interpolatedText, list, map, object, or, required, text, word } from './kit.ts';
import { FREE_NAME } from './names.ts';
import { attributes, client, groups, resourceServers } from './user-pool-clients.ts';
import { email, messages, password } from './user-pool-messages.ts';
import { providers } from './user-pool-providers.ts';
import { sharing } from './sharing.ts';

const PAGE = 'https://docs.aws.amazon.com/cognito/latest/developerguide';

const of = (property: string) => `AWS::Cognito::UserPool ${property}`;

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

const ADDRESSES = { email: 'The e-mail address.', phone: 'The phone number.' } as const;

export const userPool = object(
  'A Cognito user pool: users who sign in.',
  {
    signIn: or(
      list(
        'What users sign in with.',
        word('A way to sign in.', { email: 'An email address.', phone: 'A phone number.', username: 'A user name they choose.' }),
        {
          single: true,
          min: 1,
          aws: of('UsernameAttributes'),
          page: `${PAGE}/user-pool-settings-attributes.html`,
          also: ['UsernameAttributes', 'signInAliases'],
        },
      ),
      ['email'],
    ),
    aliases: list(
      'With `username`: what can be used instead of the user name.',
      word('An alias.', { ...ADDRESSES, 'preferred-username': 'A name that can be changed.' }),
      { single: true, min: 1, aws: of('AliasAttributes'), page: `${PAGE}/user-pool-settings-attributes.html`, also: ['AliasAttributes'] },
    ),
    caseSensitive: flag('Whether `Ann` and `ann` are different. It cannot be changed later.', {
      aws: of('UsernameConfiguration.CaseSensitive'),
      also: ['CaseSensitive', 'signInCaseSensitive', 'UsernameConfiguration'],
    }),
    signUp: or(
      word(
        'Who creates accounts.',
        { open: 'Anyone, for themselves.', invited: 'Only an administrator, for others.' },
        { aws: of('AdminCreateUserConfig.AllowAdminCreateUserOnly'), also: ['selfSignUpEnabled', 'AdminCreateUserConfig'] },
      ),
      'open',
    ),
    verify: list('Which addresses Cognito verifies.', word('An address.', ADDRESSES), {
      single: true,
      aws: of('AutoVerifiedAttributes'),
      page: `${PAGE}/signing-up-users-in-your-app.html`,
      also: ['AutoVerifiedAttributes', 'autoVerify'],
      usually: 'what they sign in with',
    }),
    recovery: list(
      'How users recover a forgotten password, in this order.',
      word('A way.', { ...ADDRESSES, admin: 'Only an administrator.' }),
      {
        single: true,
        min: 1,
        max: 2,
        aws: of('AccountRecoverySetting'),
        also: ['AccountRecoverySetting', 'accountRecovery'],
        usually: 'email; phone if they sign in only with that',
      },
    ),
    attributes,
    password,
    mfa: or(
      word(
        'Multi-factor authentication. Required with `strict: true`, unless this is set.',
        { off: 'None.', optional: 'For users who set it up.', required: 'For everyone.' },
        { aws: of('MfaConfiguration'), page: `${PAGE}/user-pool-settings-mfa.html`, also: ['MfaConfiguration'] },
      ),
      'optional',
    ),
    factors: or(
      list(
        'Which MFA factors.',
        word('A factor.', {
          app: 'A code from an authenticator app.',
          sms: 'A code by text message, which costs.',
          email: 'A code by e-mail; needs `email`. Not in the Lite plan.',
        }),
        { single: true, min: 1, aws: of('EnabledMfas'), also: ['EnabledMfas', 'mfaSecondFactor'] },
      ),
      ['app'],
    ),
    firstFactors: list(
      'What users may sign in with in the flow `choice`. Not in the Lite plan.',
      word('A factor.', {
        password: 'The password, which is always included.',
        email: 'A code by e-mail.',
        sms: 'A code by text message.',
        passkey: 'A passkey.',
      }),
      {
        single: true,
        min: 1,
        aws: of('Policies.SignInPolicy.AllowedFirstAuthFactors'),
        page: `${PAGE}/authentication-flows-selection-sdk.html`,
        also: ['AllowedFirstAuthFactors', 'signInPolicy', 'allowedFirstAuthFactors'],
      },
    ),
    passkeys: object(
      'Settings for passkeys.',
      {
        domain: text('The domain they are for.', {
          aws: of('WebAuthnRelyingPartyID'),
          also: ['WebAuthnRelyingPartyID', 'passkeyRelyingPartyId'],
        }),
        userVerification: word(
          'Whether the device must verify the user.',
          { preferred: 'If it can.', required: 'Always.' },
          { aws: of('WebAuthnUserVerification'), also: ['WebAuthnUserVerification', 'passkeyUserVerification'] },
        ),
      },
      { empty: true, aws: of('WebAuthnRelyingPartyID') },
    ),
    devices: word(
      'Whether devices are remembered.',
      { always: 'All of them.', asked: 'If the user agrees.' },
      {
        aws: of('DeviceConfiguration'),
        page: `${PAGE}/amazon-cognito-user-pools-device-tracking.html`,
        also: ['DeviceConfiguration', 'deviceTracking'],
      },
    ),
    messages,
    email,
    tier: or(
      word(
        'Cognito’s feature plan. Plus with `strict: true`, unless this is set.',
        { lite: 'The cheapest.', essentials: 'The standard plan.', plus: 'With threat protection; costs more per user.' },
        { aws: of('UserPoolTier'), page: `${PAGE}/cognito-sign-in-feature-plans.html`, also: ['UserPoolTier', 'featurePlan'] },
      ),
      'essentials',
    ),
    threatProtection: word(
      'With `plus`: what is done about compromised passwords and suspicious sign-ins.',
      { audit: 'They are logged.', enforced: 'They are blocked.' },
      { aws: of('UserPoolAddOns.AdvancedSecurityMode'), also: ['AdvancedSecurityMode', 'UserPoolAddOns'], usually: 'enforced, with plus' },
    ),
    domain: object(
      'The domain of the hosted pages: the prefix in `PREFIX.auth.REGION.amazoncognito.com`, or a custom domain.',
      {
        name: required(
          text('The prefix, or the domain.', {
            pattern: '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$',
            means: 'lowercase letters, digits and hyphens, or a domain',
            aws: 'AWS::Cognito::UserPoolDomain Domain',
            also: ['Domain', 'domainPrefix'],
          }),
        ),
        certificate: interpolatedText('For a custom domain: the ARN of its certificate, in us-east-1.', {
          pattern: '^(arn:|.*\\$\\().+',
          means: 'the ARN of a certificate',
          aws: 'AWS::Cognito::UserPoolDomain CustomDomainConfig.CertificateArn',
          page: `${PAGE}/cognito-user-pools-add-custom-domain.html`,
          also: ['CertificateArn', 'CustomDomainConfig', 'customDomain'],
        }),
        login: or(
          word(
            'Which pages.',
            { classic: 'The classic hosted UI.', managed: 'Managed login, in Cognito’s own style. Not in the Lite plan.' },
            {
              aws: 'AWS::Cognito::UserPoolDomain ManagedLoginVersion',
              page: `${PAGE}/managed-login-branding.html`,
              also: ['ManagedLoginVersion'],
            },
          ),
          'classic',
        ),
      },
      {
        short: { text: 'name' },
        aws: 'AWS::Cognito::UserPoolDomain',
        page: `${PAGE}/cognito-user-pools-assign-domain.html`,
        also: ['UserPoolDomain', 'cognitoDomain'],
      },
    ),
    clients: map(
      'The applications that sign users in. If none are given, one named `app` is created.',
      text('A client', { pattern: `^${FREE_NAME}$`, means: 'the name of a client' }),
      client,
      { fixed: true, also: ['UserPoolClient', 'appClients', 'addClient'] },
    ),
    providers,
    groups,
    resourceServers,
    tags,
    ...sharing,
    physicalName: text('The pool’s name as the console shows it. Generated by default.', {
      pattern: '^[\\w\\s+=,.@-]{1,128}$',
      means: 'up to 128 characters',
      aws: of('UserPoolName'),
      also: ['UserPoolName', 'userPoolName'],
    }),
    existing: interpolatedText('The ARN of an existing user pool, instead of creating one.', {
      pattern: '^(arn:|.*\\$\\().+',
      means: 'the ARN of a user pool',
      also: ['arn', 'userPoolArn', 'UserPoolArn', 'import'],
    }),
    adopt: adopt('The ID or ARN of a user pool', {
      pattern: '^(arn:[^:]+:cognito-idp:[^:]*:[^:]*:userpool/.+|[^:/]+_[A-Za-z0-9]+)$',
      means: 'the ID or ARN of a user pool',
      examples: ['eu-central-1_AbCdEf123'],
    }),
    deletion,
    deletionProtection,
  },
  { id: 'userPool', empty: true, aws: 'AWS::Cognito::UserPool', page: `${PAGE}/cognito-user-pools.html` },
);
