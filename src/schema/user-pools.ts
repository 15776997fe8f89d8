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
  'A Cognito user pool: people who sign in.',
  {
    signIn: or(
      list(
        'What people sign in with.',
        word('A way to sign in.', { email: 'An email address.', phone: 'A phone number.', username: 'A name they choose.' }),
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
      'With `username`: what may be given instead of the name.',
      word('An alias.', { ...ADDRESSES, 'preferred-username': 'A name that can change.' }),
      { single: true, min: 1, aws: of('AliasAttributes'), page: `${PAGE}/user-pool-settings-attributes.html`, also: ['AliasAttributes'] },
    ),
    caseSensitive: flag('Whether `Ann` and `ann` are two. It cannot change later.', {
      aws: of('UsernameConfiguration.CaseSensitive'),
      also: ['CaseSensitive', 'signInCaseSensitive', 'UsernameConfiguration'],
    }),
    signUp: or(
      word(
        'Who makes an account.',
        { open: 'Anybody, for themselves.', invited: 'Only an administrator, for others.' },
        { aws: of('AdminCreateUserConfig.AllowAdminCreateUserOnly'), also: ['selfSignUpEnabled', 'AdminCreateUserConfig'] },
      ),
      'open',
    ),
    verify: list('Which addresses Cognito lets people prove.', word('An address.', ADDRESSES), {
      single: true,
      aws: of('AutoVerifiedAttributes'),
      page: `${PAGE}/signing-up-users-in-your-app.html`,
      also: ['AutoVerifiedAttributes', 'autoVerify'],
      usually: 'what they sign in with',
    }),
    recovery: list(
      'How somebody comes back who forgot the password; the first is tried first.',
      word('A way.', { ...ADDRESSES, admin: 'An administrator alone.' }),
      {
        single: true,
        min: 1,
        max: 2,
        aws: of('AccountRecoverySetting'),
        also: ['AccountRecoverySetting', 'accountRecovery'],
        usually: 'email; phone where they sign in with that alone',
      },
    ),
    attributes,
    password,
    mfa: or(
      word(
        'A second factor. For everybody with `strict: true`, unless this is said.',
        { off: 'None.', optional: 'For whoever sets it up.', required: 'For everybody.' },
        { aws: of('MfaConfiguration'), page: `${PAGE}/user-pool-settings-mfa.html`, also: ['MfaConfiguration'] },
      ),
      'optional',
    ),
    factors: or(
      list(
        'Which second factors.',
        word('A factor.', {
          app: 'A code from an authenticator app.',
          sms: 'A code by text message; it costs.',
          email: 'A code by e-mail; needs `email`, and not the lite plan.',
        }),
        { single: true, min: 1, aws: of('EnabledMfas'), also: ['EnabledMfas', 'mfaSecondFactor'] },
      ),
      ['app'],
    ),
    firstFactors: list(
      'What people may sign in with by the flow `choice`. Not in the lite plan.',
      word('A factor.', {
        password: 'The password; always one of them.',
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
      'About passkeys.',
      {
        domain: text('The domain they are for.', {
          aws: of('WebAuthnRelyingPartyID'),
          also: ['WebAuthnRelyingPartyID', 'passkeyRelyingPartyId'],
        }),
        userVerification: word(
          'Whether the device must see that it is the person.',
          { preferred: 'Where it can.', required: 'Always.' },
          { aws: of('WebAuthnUserVerification'), also: ['WebAuthnUserVerification', 'passkeyUserVerification'] },
        ),
      },
      { empty: true, aws: of('WebAuthnRelyingPartyID') },
    ),
    devices: word(
      'Whether devices are remembered.',
      { always: 'All of them.', asked: 'Where the person agrees.' },
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
        'Cognito’s feature plan. Plus with `strict: true`, unless this is said.',
        { lite: 'The cheapest.', essentials: 'The usual one.', plus: 'With threat protection; costs more per person.' },
        { aws: of('UserPoolTier'), page: `${PAGE}/cognito-sign-in-feature-plans.html`, also: ['UserPoolTier', 'featurePlan'] },
      ),
      'essentials',
    ),
    threatProtection: word(
      'With `plus`: what is done about stolen passwords and odd sign-ins.',
      { audit: 'They are noted.', enforced: 'They are stopped.' },
      { aws: of('UserPoolAddOns.AdvancedSecurityMode'), also: ['AdvancedSecurityMode', 'UserPoolAddOns'], usually: 'enforced, with plus' },
    ),
    domain: object(
      'Where the hosted pages stand: the first word of `WORD.auth.REGION.amazoncognito.com`, or a domain of your own.',
      {
        name: required(
          text('The word, or the domain.', {
            pattern: '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$',
            means: 'small letters, digits and hyphens, or a domain',
            aws: 'AWS::Cognito::UserPoolDomain Domain',
            also: ['Domain', 'domainPrefix'],
          }),
        ),
        certificate: interpolatedText('Of a domain of your own: the ARN of its certificate, in us-east-1.', {
          pattern: '^(arn:|.*\\$\\().+',
          means: 'the ARN of a certificate',
          aws: 'AWS::Cognito::UserPoolDomain CustomDomainConfig.CertificateArn',
          page: `${PAGE}/cognito-user-pools-add-custom-domain.html`,
          also: ['CertificateArn', 'CustomDomainConfig', 'customDomain'],
        }),
        login: or(
          word(
            'Which pages.',
            { classic: 'The first ones.', managed: 'The newer ones, in Cognito’s own style. Not in the lite plan.' },
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
      'The applications that sign people in. One named `app` is made unless some are given.',
      text('A client', { pattern: `^${FREE_NAME}$`, means: 'the name of a client' }),
      client,
      { fixed: true, also: ['UserPoolClient', 'appClients', 'addClient'] },
    ),
    providers,
    groups,
    resourceServers,
    tags,
    ...sharing,
    physicalName: text('What the console calls the pool. A name is made up without it.', {
      pattern: '^[\\w\\s+=,.@-]{1,128}$',
      means: 'up to 128 characters',
      aws: of('UserPoolName'),
      also: ['UserPoolName', 'userPoolName'],
    }),
    existing: interpolatedText('The ARN of a user pool that exists, instead of making one.', {
      pattern: '^(arn:|.*\\$\\().+',
      means: 'the ARN of a user pool',
      also: ['arn', 'userPoolArn', 'UserPoolArn', 'import'],
    }),
    adopt: adopt('The id or the ARN of a user pool', {
      pattern: '^(arn:[^:]+:cognito-idp:[^:]*:[^:]*:userpool/.+|[^:/]+_[A-Za-z0-9]+)$',
      means: 'the id or the ARN of a user pool',
      examples: ['eu-central-1_AbCdEf123'],
    }),
    deletion,
    deletionProtection,
  },
  { id: 'userPool', empty: true, aws: 'AWS::Cognito::UserPool', page: `${PAGE}/cognito-user-pools.html` },
);
