import type { Written } from '../check/written.ts';
import { ref, text } from '../cloud/value.ts';
import { problems, type Report } from '../diagnostics/problem.ts';
import { withoutIn } from '../edit/edits.ts';
import { choosing, fixing } from '../edit/fixes.ts';
import type { Context } from '../resources/meaning.ts';
import { clientAddress } from '../resources/user-pool-clients.ts';
import type { Place } from '../text/source-text.ts';
import type { Source } from './source.ts';

const PAGE = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html';

export const authenticationProblems = problems({
  'one-way-to-sign-in': {
    severity: 'error',
    message: () => '`authenticate` takes either `cognito` or `oidc`.',
    why: 'A listener rule authenticates once, before it forwards the request.',
    fix: ({ both }: { both: boolean }, place) =>
      both
        ? choosing(fixing('Remove `oidc`', withoutIn(place, 'oidc')), fixing('Remove `cognito`', withoutIn(place, 'cognito')))
        : undefined,
    page: PAGE,
  },
  'pool-cannot-sign-in-here': {
    severity: 'error',
    message: ({ wrong }: { wrong: string }) => `${wrong}.`,
    why: 'A load balancer signs users in through the pool’s hosted pages, as a client that has a secret and may use the code grant.',
    page: PAGE,
  },
});

type Settings = Source<'loadBalancer'>['settings']['loadBalancer'];
type Authenticate = Settings['authenticate'];
type SignedIn = Pick<NonNullable<NonNullable<Authenticate>['cognito']>, 'scope' | 'session' | 'cookie' | 'otherwise'>;

/** The action that signs people in. */
export function authenticated(said: Authenticate, context: Context) {
  if (said?.cognito) {
    const { userPool: pool, client, domain } = said.cognito;
    return {
      Type: 'authenticate-cognito',
      AuthenticateCognitoConfig: {
        UserPoolArn: context.arn(pool),
        UserPoolClientId: ref(clientAddress(pool, client)),
        UserPoolDomain: domain ?? pool.settings.domain?.name ?? '',
        ...common(said.cognito),
      },
    };
  }
  if (!said?.oidc) return undefined;
  const { issuer, authorization, token, userInfo, client, secret } = said.oidc;
  return {
    Type: 'authenticate-oidc',
    AuthenticateOidcConfig: {
      Issuer: context.text(issuer),
      AuthorizationEndpoint: context.text(authorization),
      TokenEndpoint: context.text(token),
      UserInfoEndpoint: context.text(userInfo),
      ClientId: context.text(client),
      // CloudFormation reads the secret when it deploys; it stands in no template and no log.
      ClientSecret: text('{{resolve:secretsmanager:', context.text(secret), ':SecretString}}'),
      ...common(said.oidc),
    },
  };
}

function common({ scope, session, cookie, otherwise }: SignedIn) {
  return {
    OnUnauthenticatedRequest: otherwise,
    ...(scope !== undefined && { Scope: scope }),
    ...(session !== undefined && { SessionTimeout: session }),
    ...(cookie !== undefined && { SessionCookieName: cookie }),
  };
}

/** Reports a sign-in that the load balancer would refuse. */
export function verifyAuthenticated(said: Authenticate, written: Written | undefined, place: Place, report: Report): void {
  if (!said) return;
  const at = written?.key ?? place;
  if (Boolean(said.cognito) === Boolean(said.oidc))
    report(authenticationProblems['one-way-to-sign-in'], at, { both: said.cognito !== undefined });
  if (!said.cognito) return;
  const { userPool: pool, client, domain } = said.cognito;
  const { name, settings } = pool;
  const of = settings.clients?.[client];
  const wrong =
    domain === undefined && !settings.domain
      ? `\`${name}\` has no \`domain\` for users to sign in at`
      : !of
        ? `\`${name}\` has no client \`${client}\``
        : !of.secret
          ? `The client \`${client}\` of \`${name}\` has no \`secret\``
          : !of.callbacks
            ? `The client \`${client}\` of \`${name}\` has no \`callbacks\`; it needs \`https://HOST/oauth2/idpresponse\``
            : undefined;
  if (wrong !== undefined)
    report(authenticationProblems['pool-cannot-sign-in-here'], written?.parts.get('cognito')?.place ?? at, { wrong });
}
