import { address, type Address } from '../cloud/address.ts';
import { resource, type Part } from '../cloud/part.ts';
import { ref } from '../cloud/value.ts';
import type { Thing } from '../resolve/model.ts';
import type { Context, Piece } from './meaning.ts';
import { providerAddress } from './user-pool-providers.ts';

type UserPool = Thing<'userPools'>;
type Client = NonNullable<UserPool['settings']['clients']>[string];

export const clientAddress = ({ name }: UserPool, client: string): Address<'AWS::Cognito::UserPoolClient'> =>
  address('AWS::Cognito::UserPoolClient', [
    { name, word: 'Pool' },
    { name: client, word: 'Client' },
  ]);

const serverAddress = ({ name }: UserPool, server: string): Address<'AWS::Cognito::UserPoolResourceServer'> =>
  address(
    'AWS::Cognito::UserPoolResourceServer',
    [
      { name, word: 'Pool' },
      { name: server, word: 'Part' },
    ],
    'Server',
  );

/** An application that signs people in, or a machine. */
export function clientParts(pool: UserPool, name: string, UserPoolId: Piece, context: Context): readonly Part[] {
  const { settings, path, place } = pool;
  const said = settings.clients?.[name];
  const because = pool.written.at('clients').parts.get(name)?.key ?? place;
  const from = { because, path: settings.clients ? `${path}.clients.${name}` : path };
  const needed: readonly Address[] = [
    ...Object.keys(settings.resourceServers ?? {})
      .filter((server) => said?.scopes?.some((scope) => scope.startsWith(`${server}/`)))
      .sort()
      .map((server) => serverAddress(pool, server)),
    ...Object.keys(settings.providers ?? {})
      .filter((provider) => said?.providers?.includes(provider))
      .sort()
      .map((provider) => providerAddress(pool, provider)),
  ];
  const client = clientAddress(pool, name);
  return [
    resource(
      client,
      {
        UserPoolId,
        GenerateSecret: said?.secret ?? false,
        ExplicitAuthFlows: flows(pool, said, context),
        PreventUserExistenceErrors: 'ENABLED',
        EnableTokenRevocation: true,
        SupportedIdentityProviders: said?.providers ?? ['COGNITO'],
        ...hosted(said),
        ...tokens(said),
        ...(said?.session !== undefined && { AuthSessionValidity: Math.ceil(said.session / 60) }),
        ...(said?.reads && { ReadAttributes: said.reads }),
        ...(said?.writes && { WriteAttributes: said.writes }),
        ...(said?.context && { EnablePropagateAdditionalUserContextData: true }),
      },
      { ...from, ...(needed.length > 0 && { dependsOn: needed }) },
    ),
    ...(settings.domain?.login === 'managed' && said?.callbacks
      ? [
          resource(
            address('AWS::Cognito::ManagedLoginBranding', client.names, 'Branding'),
            { UserPoolId: UserPoolId, ClientId: ref(client), UseCognitoProvidedValues: true },
            from,
          ),
        ]
      : []),
  ];
}

const FLOWS = {
  srp: 'ALLOW_USER_SRP_AUTH',
  password: 'ALLOW_USER_PASSWORD_AUTH',
  custom: 'ALLOW_CUSTOM_AUTH',
  admin: 'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  choice: 'ALLOW_USER_AUTH',
} as const;

/** How people sign in by the API. Without a word the password is proved and never travels, besides what the pool’s triggers need. */
function flows(pool: UserPool, said: Client | undefined, context: Context): readonly string[] {
  const triggers = context.demandsOn(pool).map(({ need }) => need.trigger);
  const usual: readonly (keyof typeof FLOWS)[] = said?.grants?.includes('client-credentials')
    ? []
    : [
        'srp',
        ...(triggers.includes('define-auth-challenge') ? (['custom'] as const) : []),
        ...(triggers.includes('user-migration') ? (['password'] as const) : []),
        ...(pool.settings.firstFactors ? (['choice'] as const) : []),
      ];
  const chosen = (said?.flows ?? usual).map((flow) => FLOWS[flow]);
  // A token that is changed at each use comes by GetTokensFromRefreshToken alone.
  // https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-refresh-token.html
  return [...(said?.rotate === undefined ? ['ALLOW_REFRESH_TOKEN_AUTH'] : []), ...chosen].sort();
}

/** What it does with the hosted pages. */
function hosted(said: Client | undefined) {
  const grants = said?.grants ?? (said?.callbacks ? (['code'] as const) : undefined);
  return {
    ...(grants && {
      ...(said?.callbacks && { CallbackURLs: said.callbacks }),
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: grants.map((grant) => grant.replace('-', '_')),
      AllowedOAuthScopes: said?.scopes ?? ['openid', 'email', 'profile'],
    }),
    ...(said?.logouts && { LogoutURLs: said.logouts }),
  };
}

function tokens(said: Client | undefined) {
  const seconds = 'seconds';
  return {
    ...((said?.idToken ?? said?.accessToken ?? said?.refreshToken) !== undefined && {
      ...(said?.idToken !== undefined && { IdTokenValidity: said.idToken }),
      ...(said?.accessToken !== undefined && { AccessTokenValidity: said.accessToken }),
      ...(said?.refreshToken !== undefined && { RefreshTokenValidity: said.refreshToken }),
      TokenValidityUnits: {
        ...(said?.idToken !== undefined && { IdToken: seconds }),
        ...(said?.accessToken !== undefined && { AccessToken: seconds }),
        ...(said?.refreshToken !== undefined && { RefreshToken: seconds }),
      },
    }),
    ...(said?.rotate !== undefined && { RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: said.rotate } }),
  };
}

/** Where the hosted pages stand. */
export function domainParts(pool: UserPool, UserPoolId: Piece, context: Context): readonly Part[] {
  const { domain } = pool.settings;
  if (!domain) return [];
  return [
    resource(
      address('AWS::Cognito::UserPoolDomain', { name: pool.name, word: 'Pool' }, 'Domain'),
      {
        Domain: domain.name,
        UserPoolId: UserPoolId,
        ...(domain.certificate && { CustomDomainConfig: { CertificateArn: context.text(domain.certificate) } }),
        ...(domain.login === 'managed' && { ManagedLoginVersion: 2 }),
      },
      { because: pool.place, path: `${pool.path}.domain` },
    ),
  ];
}

/** The groups people are in. */
export function groupParts(pool: UserPool, UserPoolId: Piece, context: Context): readonly Part[] {
  const { groups = {} } = pool.settings;
  return Object.entries(groups).map(([group, { description, precedence, role }]) =>
    resource(
      address(
        'AWS::Cognito::UserPoolGroup',
        [
          { name: pool.name, word: 'Pool' },
          { name: group, word: 'Part' },
        ],
        'Group',
      ),
      {
        GroupName: group,
        UserPoolId: UserPoolId,
        ...(description !== undefined && { Description: description }),
        ...(precedence !== undefined && { Precedence: precedence }),
        ...(role && { RoleArn: context.text(role) }),
      },
      { because: pool.written.at('groups').parts.get(group)?.key ?? pool.place, path: `${pool.path}.groups.${group}` },
    ),
  );
}

/** The APIs with scopes of their own. */
export function serverParts(pool: UserPool, UserPoolId: Piece): readonly Part[] {
  const { resourceServers = {} } = pool.settings;
  return Object.entries(resourceServers).map(([server, { scopes = {}, title }]) =>
    resource(
      serverAddress(pool, server),
      {
        UserPoolId: UserPoolId,
        Identifier: server,
        Name: title ?? server,
        Scopes: Object.keys(scopes)
          .sort()
          .map((scope) => ({ ScopeName: scope, ScopeDescription: scopes[scope] ?? scope })),
      },
      {
        because: pool.written.at('resourceServers').parts.get(server)?.key ?? pool.place,
        path: `${pool.path}.resourceServers.${server}`,
      },
    ),
  );
}
