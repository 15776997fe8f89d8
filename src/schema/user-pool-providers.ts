import { interpolatedText, list, map, object, required, text, word } from './kit.ts';

const PAGE = 'https://docs.aws.amazon.com/cognito/latest/developerguide';

const of = (property: string) => `AWS::Cognito::UserPoolIdentityProvider ${property}`;

export const providers = map(
  'Identity providers whose people may sign in. The social ones have AWS’s names: `Google`, `Facebook`, `SignInWithApple`, `LoginWithAmazon`.',
  text('A provider', { pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,31}$', means: 'the name of a provider' }),
  object('An identity provider.', {
    type: required(
      word(
        'What it is.',
        {
          google: 'Google.',
          facebook: 'Facebook.',
          apple: 'Sign in with Apple.',
          amazon: 'Login with Amazon.',
          oidc: 'Any that speaks OpenID Connect.',
          saml: 'Any that speaks SAML 2.0.',
        },
        {
          aws: of('ProviderType'),
          page: `${PAGE}/cognito-user-pools-identity-provider.html`,
          also: ['ProviderType', 'Google', 'OIDC', 'SAML'],
        },
      ),
    ),
    client: interpolatedText('The id of the client there.', { aws: of('ProviderDetails.client_id'), also: ['client_id', 'clientId'] }),
    secret: interpolatedText(
      'The ARN of the secret in Secrets Manager that holds the client’s secret (of Apple: the private key), as its whole text.',
      {
        pattern: '^(arn:|.*\\$\\().+',
        means: 'the ARN of a secret',
        aws: of('ProviderDetails.client_secret'),
        also: ['client_secret', 'clientSecret', 'private_key'],
      },
    ),
    scopes: list('What is asked for there.', text('A scope.'), {
      single: true,
      min: 1,
      aws: of('ProviderDetails.authorize_scopes'),
      also: ['authorize_scopes'],
      usually: 'openid and email; public_profile and email of Facebook, profile of Amazon, email and name of Apple',
    }),
    issuer: interpolatedText('Of OIDC: the issuer.', { aws: of('ProviderDetails.oidc_issuer'), also: ['oidc_issuer', 'issuerUrl'] }),
    metadata: interpolatedText('Of SAML: where its metadata is.', {
      pattern: '^(https://.+|.*\\$\\(.+)$',
      means: 'an https address',
      aws: of('ProviderDetails.MetadataURL'),
      also: ['MetadataURL'],
    }),
    attributes: map(
      'Which of its attributes becomes which of the pool’s: `{ email: email, given_name: first_name }`.',
      text('An attribute of the pool', { pattern: '^(custom:)?[A-Za-z][A-Za-z0-9_]{0,31}$', means: 'the name of an attribute' }),
      text('An attribute of the provider.'),
      {
        aws: of('AttributeMapping'),
        page: `${PAGE}/cognito-user-pools-specifying-attribute-mapping.html`,
        also: ['AttributeMapping', 'attributeMapping'],
      },
    ),
    identifiers: list(
      'By what it is chosen besides its name: domains of e-mail addresses.',
      text('An identifier.', { pattern: '^[\\w\\s+=.@-]{1,40}$', means: 'an identifier' }),
      {
        single: true,
        min: 1,
        max: 50,
        aws: of('IdpIdentifiers'),
        also: ['IdpIdentifiers', 'identifiers'],
      },
    ),
    details: map(
      'Anything else, by AWS’s names: `team_id` and `key_id` of Apple, `api_version` of Facebook, `IDPSignout` of SAML.',
      text('A detail', { pattern: '^[A-Za-z_]{1,131}$', means: 'the name of a detail' }),
      interpolatedText('Its value; no secret.'),
      { aws: of('ProviderDetails'), also: ['ProviderDetails'] },
    ),
  }),
  {
    fixed: true,
    aws: 'AWS::Cognito::UserPoolIdentityProvider',
    page: `${PAGE}/cognito-user-pools-identity-provider.html`,
    also: ['UserPoolIdentityProvider', 'identityProviders'],
  },
);
