import { interpolatedText, list, map, object, required, text, word } from './kit.ts';

const PAGE = 'https://docs.aws.amazon.com/cognito/latest/developerguide';

const of = (property: string) => `AWS::Cognito::UserPoolIdentityProvider ${property}`;

export const providers = map(
  'Identity providers whose users may sign in. The social ones have AWS’s names: `Google`, `Facebook`, `SignInWithApple`, `LoginWithAmazon`.',
  text('A provider', { pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,31}$', means: 'the name of a provider' }),
  object('An identity provider.', {
    type: required(
      word(
        'Its type.',
        {
          google: 'Google.',
          facebook: 'Facebook.',
          apple: 'Sign in with Apple.',
          amazon: 'Login with Amazon.',
          oidc: 'Any OpenID Connect provider.',
          saml: 'Any SAML 2.0 provider.',
        },
        {
          aws: of('ProviderType'),
          page: `${PAGE}/cognito-user-pools-identity-provider.html`,
          also: ['ProviderType', 'Google', 'OIDC', 'SAML'],
        },
      ),
    ),
    client: interpolatedText('The client ID at the provider.', { aws: of('ProviderDetails.client_id'), also: ['client_id', 'clientId'] }),
    secret: interpolatedText(
      'The ARN of the secret in Secrets Manager whose whole text is the client secret (for Apple: the private key).',
      {
        pattern: '^(arn:|.*\\$\\().+',
        means: 'the ARN of a secret',
        aws: of('ProviderDetails.client_secret'),
        also: ['client_secret', 'clientSecret', 'private_key'],
      },
    ),
    scopes: list('The requested scopes.', text('A scope.'), {
      single: true,
      min: 1,
      aws: of('ProviderDetails.authorize_scopes'),
      also: ['authorize_scopes'],
      usually: 'openid and email; public_profile and email for Facebook, profile for Amazon, email and name for Apple',
    }),
    issuer: interpolatedText('OIDC: the issuer.', { aws: of('ProviderDetails.oidc_issuer'), also: ['oidc_issuer', 'issuerUrl'] }),
    metadata: interpolatedText('SAML: the URL of its metadata.', {
      pattern: '^(https://.+|.*\\$\\(.+)$',
      means: 'an https address',
      aws: of('ProviderDetails.MetadataURL'),
      also: ['MetadataURL'],
    }),
    attributes: map(
      'Maps the pool’s attributes to the provider’s: `{ email: email, given_name: first_name }`.',
      text('An attribute of the pool', { pattern: '^(custom:)?[A-Za-z][A-Za-z0-9_]{0,31}$', means: 'the name of an attribute' }),
      text('An attribute of the provider.'),
      {
        aws: of('AttributeMapping'),
        page: `${PAGE}/cognito-user-pools-specifying-attribute-mapping.html`,
        also: ['AttributeMapping', 'attributeMapping'],
      },
    ),
    identifiers: list(
      'Other identifiers that select it, such as e-mail domains.',
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
      'Anything else, by AWS’s names: `team_id` and `key_id` for Apple, `api_version` for Facebook, `IDPSignout` for SAML.',
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
