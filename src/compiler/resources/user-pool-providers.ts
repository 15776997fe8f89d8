import { address, type Address } from '../cloud/address.ts';
import { resource, type Part } from '../cloud/part.ts';
import { text } from '../cloud/value.ts';
import { problems, type Report } from '../diagnostics/problem.ts';
import { nearest } from '../text/suggest.ts';
import { choosing, leaveOut, rename, replacing } from '../edit/fixes.ts';
import type { Thing } from '../resolve/model.ts';
import type { Context, Piece } from './meaning.ts';

const PAGE = 'https://docs.aws.amazon.com/cognito/latest/developerguide';

export const providerProblems = problems({
  'name-of-provider': {
    severity: 'error',
    message: ({ name, type, meant }: { name: string; type: string; meant: string }) =>
      `\`${name}\` is of type ${type}, so its name must be \`${meant}\`.`,
    why: 'A pool has one of each social provider, under the name AWS gives it.',
    fix: ({ meant }: { name: string; type: string; meant: string }, place) => rename(place, meant),
    page: `${PAGE}/cognito-user-pools-social-idp.html`,
  },
  'provider-needs': {
    severity: 'error',
    message: ({ name, type, setting }: { name: string; type: string; setting: string }) =>
      `\`${name}\` is of type ${type} and needs \`${setting}\`.`,
    why: 'Cognito rejects a provider that it could not contact.',
    page: `${PAGE}/cognito-user-pools-identity-provider.html`,
  },
  'no-such-provider': {
    severity: 'error',
    message: ({ name, known }: { name: string; known: readonly string[] }) =>
      `The pool has no provider \`${name}\`; it has ${known.map((one) => `\`${one}\``).join(', ')}.`,
    why: 'A client names the identity providers of its pool: `COGNITO`, the pool itself, and those in `providers`.',
    fix: ({ name, known }: { name: string; known: readonly string[] }, place) =>
      replacing(nearest(name, known))(place) ?? choosing(leaveOut(place)),
    page: `${PAGE}/user-pool-settings-client-apps.html`,
  },
});

type UserPool = Thing<'userPools'>;
type Provider = NonNullable<UserPool['settings']['providers']>[string];

const TYPES = {
  google: 'Google',
  facebook: 'Facebook',
  apple: 'SignInWithApple',
  amazon: 'LoginWithAmazon',
  oidc: 'OIDC',
  saml: 'SAML',
} as const;

const SCOPES: Readonly<Record<Provider['type'], readonly string[]>> = {
  google: ['openid', 'email'],
  facebook: ['public_profile', 'email'],
  apple: ['email', 'name'],
  amazon: ['profile'],
  oidc: ['openid', 'email'],
  saml: [],
};

const NEEDS: Readonly<Record<Provider['type'], readonly (keyof Provider)[]>> = {
  google: ['client', 'secret'],
  facebook: ['client', 'secret'],
  apple: ['client', 'secret', 'details'],
  amazon: ['client', 'secret'],
  oidc: ['client', 'secret', 'issuer'],
  saml: ['metadata'],
};

export const providerAddress = ({ name }: UserPool, provider: string): Address<'AWS::Cognito::UserPoolIdentityProvider'> =>
  address(
    'AWS::Cognito::UserPoolIdentityProvider',
    [
      { name, word: 'Pool' },
      { name: provider, word: 'Part' },
    ],
    'Provider',
  );

/** The identity providers of a pool. https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-identity-provider.html */
export function providerParts(pool: UserPool, UserPoolId: Piece, context: Context): readonly Part[] {
  return Object.entries(pool.settings.providers ?? {}).map(([name, said]) =>
    resource(
      providerAddress(pool, name),
      {
        UserPoolId,
        ProviderName: name,
        ProviderType: TYPES[said.type],
        ProviderDetails: details(said, context),
        ...(said.attributes && { AttributeMapping: said.attributes }),
        ...(said.identifiers && { IdpIdentifiers: said.identifiers }),
      },
      { because: pool.written.at('providers').parts.get(name)?.key ?? pool.place, path: `${pool.path}.providers.${name}` },
    ),
  );
}

function details({ type, client, secret, scopes, issuer, metadata, details: rest = {} }: Provider, context: Context) {
  // CloudFormation reads the secret when it deploys; it stands in no template and no log.
  const read = secret && text('{{resolve:secretsmanager:', context.text(secret), ':SecretString}}');
  const asked = scopes ?? SCOPES[type];
  return {
    ...(client && { client_id: context.text(client) }),
    ...(read !== undefined && { [type === 'apple' ? 'private_key' : 'client_secret']: read }),
    ...(asked.length > 0 && { authorize_scopes: asked.join(type === 'facebook' ? ',' : ' ') }),
    ...(type === 'oidc' && { attributes_request_method: 'GET' }),
    ...(issuer && { oidc_issuer: context.text(issuer) }),
    ...(metadata && { MetadataURL: context.text(metadata) }),
    ...Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, context.text(value)])),
  };
}

/** Reports providers that Cognito would refuse, and clients that name none of them. */
export function verifyProviders({ settings, written, place }: UserPool, report: Report): void {
  const known = ['COGNITO', ...Object.keys(settings.providers ?? {})];
  for (const [name, said] of Object.entries(settings.providers ?? {})) {
    const at = written.at('providers').parts.get(name)?.key ?? place;
    const meant = TYPES[said.type];
    if (said.type !== 'oidc' && said.type !== 'saml' && name !== meant)
      report(providerProblems['name-of-provider'], at, { name, type: said.type, meant });
    for (const setting of NEEDS[said.type])
      if (said[setting] === undefined) report(providerProblems['provider-needs'], at, { name, type: said.type, setting });
  }
  for (const [client, { providers }] of settings.existing ? [] : Object.entries(settings.clients ?? {})) {
    const at = written.at('clients').parts.get(client)?.parts.get('providers');
    (providers ?? []).forEach((name, index) => {
      if (!known.includes(name))
        report(providerProblems['no-such-provider'], at?.parts.get(String(index))?.place ?? at?.place ?? place, { name, known });
    });
  }
}
