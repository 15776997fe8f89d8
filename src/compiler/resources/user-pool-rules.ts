import { STANDARD_ATTRIBUTES } from '../../schema/user-pools.ts';
import { problems, type Report } from '../diagnostics/problem.ts';
import { nearest } from '../text/suggest.ts';
import {
  add,
  addInto,
  choosing,
  fixing,
  leaveOut,
  leaveOutKey,
  leavingOutIfMeant,
  oneOf,
  replacing,
  rewritten,
  write,
} from '../edit/fixes.ts';
import { withItem, withoutIn, withoutItem } from '../edit/edits.ts';
import type { Thing } from '../resolve/model.ts';
import type { Place } from '../text/source-text.ts';
import { verifyExistingSettings } from './existing-settings.ts';
import type { Context } from './meaning.ts';
import { verifyProviders } from './user-pool-providers.ts';

const PAGE = 'https://docs.aws.amazon.com/cognito/latest/developerguide';

type UserPool = Thing<'userPools'>;

export const userPoolProblems = problems({
  'required-custom-attribute': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` is a custom attribute, which cannot be required.`,
    why: 'At sign-up, Cognito can only require standard OpenID Connect attributes.',
    fix: leavingOutIfMeant,
    page: `${PAGE}/user-pool-settings-attributes.html`,
  },
  'sign-in-mixed': {
    severity: 'error',
    message: () => '`signIn` cannot combine `username` with `email` or `phone`.',
    why: 'Cognito uses either the address itself as the user name, or a name that users choose. This cannot be changed later.',
    fix: ({ others }: { others: readonly string[] }, place) => choosing(write(place, 'username'), write(place, `[${others.join(', ')}]`)),
    page: `${PAGE}/user-pool-settings-attributes.html`,
  },
  'client-without-domain': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` has \`callbacks\`, but the pool has no \`domain\` for its sign-in pages.`,
    why: 'Callback URLs are for Cognito’s hosted pages, which are served at the pool’s domain.',
    fix: leavingOutIfMeant,
  },
  'no-such-client': {
    severity: 'error',
    message: ({ name, known }: { name: string; known: readonly string[] }) =>
      `The user pool has no client \`${name}\`; it has ${known.map((one) => `\`${one}\``).join(', ')}.`,
    why: '`$(POOL.clients.NAME.id)` refers to a client by its name in `clients`; without any, one named `app` is created.',
    fix: ({ written }: { written: readonly string[] }, place) => oneOf(written.map((one) => rewritten(place, one))),
  },
  'aliases-need-username': {
    severity: 'error',
    message: () => '`aliases` needs user names, but here users sign in with the address itself.',
    why: 'Cognito uses the address as the user name, or a chosen name with addresses as aliases. This cannot be changed later.',
    fix: (_: unknown, place) => choosing(add(place, 'signIn', 'username'), leaveOut(place)),
    page: `${PAGE}/user-pool-settings-attributes.html`,
  },
  'not-in-lite': {
    severity: 'error',
    message: ({ setting }: { setting: string }) => `\`${setting}\` is not available on the Lite plan.`,
    why: 'Cognito’s plans differ in features, and it rejects what the plan lacks.',
    fix: ({ pool }: { pool: Place }) => choosing(addInto(pool, 'tier', 'essentials')),
    page: `${PAGE}/cognito-sign-in-feature-plans.html`,
  },
  'only-in-plus': {
    severity: 'error',
    message: ({ setting, tier }: { setting: string; tier: string }) =>
      `\`${setting}\` needs \`tier: plus\`, and this pool has \`${tier}\`.`,
    why: 'Threat protection is part of the Plus plan, which costs more per user.',
    fix: (_: unknown, place) => choosing(add(place, 'tier', 'plus'), leaveOut(place)),
    page: `${PAGE}/cognito-sign-in-feature-plans.html`,
  },
  'client-needs-secret': {
    severity: 'error',
    message: ({ setting }: { setting: string }) => `\`${setting}\` needs a client with a \`secret\`.`,
    why: 'Only a client that can keep a secret can prove its identity: a server, never a browser or an app.',
    fix: (_: unknown, place) => choosing(add(place, 'secret', 'true'), leaveOut(place)),
    page: `${PAGE}/user-pool-settings-client-apps.html`,
  },
  'machine-stands-alone': {
    severity: 'error',
    message: ({ wrong }: { wrong: string }) => `A client with \`client-credentials\` is for a machine: ${wrong}.`,
    why: 'A machine gets tokens for scopes of a resource server, on its own behalf. Users sign in through another client.',
    fix: ({ callbacks, alone }: { callbacks: boolean; alone: boolean }, place) =>
      !alone ? choosing(write(place, 'client-credentials')) : callbacks ? choosing(leaveOutKey(place, 'callbacks')) : undefined,
    page: `${PAGE}/cognito-user-pools-define-resource-servers.html`,
  },
  'no-such-scope': {
    severity: 'error',
    message: ({ scope, known }: { scope: string; known: readonly string[] }) =>
      `The pool has no scope \`${scope}\`${known.length > 0 ? `; it has ${known.map((one) => `\`${one}\``).join(', ')}` : ''}.`,
    why: 'A custom scope is `SERVER/SCOPE`, with a server from `resourceServers`. Cognito rejects any other.',
    fix: ({ scope, known }: { scope: string; known: readonly string[] }, place) => replacing(nearest(scope, known))(place),
    page: `${PAGE}/cognito-user-pools-define-resource-servers.html`,
  },
  'pool-domain-certificate': {
    severity: 'error',
    message: ({ wrong }: { wrong: string }) => `${wrong}.`,
    why: 'A custom domain is served by CloudFront, whose certificates are in us-east-1. A Cognito domain has its own.',
    fix: ({ needless }: { needless: boolean }, place) => (needless ? leaveOut(place) : undefined),
    page: `${PAGE}/cognito-user-pools-add-custom-domain.html`,
  },
  'link-needs-domain': {
    severity: 'error',
    message: () => 'To verify an address with a link, the pool needs a `domain`.',
    why: 'The link leads to Cognito’s own page, which is served at the pool’s domain.',
    fix: (_: unknown, place) => choosing(write(place, 'code')),
    page: `${PAGE}/cognito-user-pool-settings-message-customizations.html`,
  },
  'email-factor-needs-sender': {
    severity: 'error',
    message: () => 'MFA by e-mail needs `email`, a sender of your own.',
    why: 'Cognito sends these codes only through SES, not from its own address.',
    fix: (_: unknown, place) => choosing(fixing('Remove `email`', withoutItem(place, 'email')), { title: 'Add `email`' }),
    page: `${PAGE}/user-pool-settings-mfa-sms-email-message.html`,
  },
  'password-stays-a-factor': {
    severity: 'error',
    message: () => '`firstFactors` must include `password`.',
    why: 'Cognito lets users sign in without a password, but always keeps it as one of the ways: it rejects a list without it.',
    fix: (_: unknown, place) => choosing(fixing('Add `password`', withItem(place, 'password'))),
    page: `${PAGE}/authentication-flows-selection-sdk.html`,
  },
  'admin-recovers-alone': {
    severity: 'error',
    message: () => '`recovery` cannot combine `admin` with anything else.',
    why: 'Either only an administrator recovers accounts, or users do it themselves.',
    fix: ({ others }: { others: readonly string[] }, place) => choosing(write(place, 'admin'), write(place, `[${others.join(', ')}]`)),
    page: `${PAGE}/managing-users-passwords.html`,
  },
  'limits-of-attribute': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` is neither text nor a number, so it cannot have \`min\` and \`max\`.`,
    why: 'Cognito limits the length of text and the value of numbers.',
    fix: (_: unknown, place) => fixing('Remove `min` and `max`', [...withoutIn(place, 'min'), ...withoutIn(place, 'max')]),
    page: `${PAGE}/user-pool-settings-attributes.html`,
  },
});

/** Reports what Cognito would refuse. */
export function verifyUserPool(pool: UserPool, context: Context, report: Report): void {
  verifyExistingSettings(pool, ['clients', 'providers', 'groups', 'resourceServers'], report);
  verifySignIn(pool, report);
  verifyPlan(pool, report);
  verifyAttributes(pool, report);
  verifyDomain(pool, report);
  verifyClients(pool, report);
  verifyProviders(pool, report);
  const known = clientsOf(pool);
  for (const { reference } of context.model.references) {
    if (reference.to !== 'thing' || reference.thing !== pool || reference.part === undefined || known.includes(reference.part)) continue;
    report(userPoolProblems['no-such-client'], reference.place, {
      name: reference.part,
      known,
      written: rewrittenClients(reference, known),
    });
  }
}

/** The reference, with each of the clients there are. */
function rewrittenClients(
  { place, part = '' }: { readonly place: Place; readonly part?: string },
  known: readonly string[],
): readonly string[] {
  const written = place.source.text.slice(place.span.start, place.span.end);
  const near = nearest(part, known);
  const meant = near === undefined ? known : [near];
  return written.startsWith('$(') ? meant.map((client) => written.replace(`.${part}.`, `.${client}.`)) : [];
}

export const clientsOf = ({ settings }: UserPool): readonly string[] => Object.keys(settings.clients ?? { app: {} }).sort();

/** Where a setting stands: each key leads further in. */
function placeOf({ written }: UserPool, ...keys: readonly string[]): Place {
  let at: { readonly place: Place; readonly parts: ReadonlyMap<string, typeof at>; readonly key: Place | undefined } = written;
  for (const key of keys) at = at.parts.get(key) ?? at;
  return at.key ?? at.place;
}

function verifySignIn(pool: UserPool, report: Report): void {
  const { signIn, aliases, recovery, firstFactors, factors, email, messages, domain } = pool.settings;
  if (signIn.includes('username') && signIn.length > 1)
    report(userPoolProblems['sign-in-mixed'], pool.written.at('signIn').place, { others: signIn.filter((one) => one !== 'username') });
  if (aliases && !signIn.includes('username')) report(userPoolProblems['aliases-need-username'], placeOf(pool, 'aliases'), {});
  if (recovery?.includes('admin') && recovery.length > 1)
    report(userPoolProblems['admin-recovers-alone'], placeOf(pool, 'recovery'), { others: recovery.filter((one) => one !== 'admin') });
  if (firstFactors && !firstFactors.includes('password'))
    report(userPoolProblems['password-stays-a-factor'], placeOf(pool, 'firstFactors'), {});
  if (factors.includes('email') && !email) report(userPoolProblems['email-factor-needs-sender'], placeOf(pool, 'factors'), {});
  if (messages?.verification?.by === 'link' && !domain)
    report(userPoolProblems['link-needs-domain'], placeOf(pool, 'messages', 'verification', 'by'), {});
}

function verifyPlan(pool: UserPool, report: Report): void {
  const { tier, firstFactors, factors, password, domain, threatProtection } = pool.settings;
  const lacking: readonly (readonly [unknown, string, ...string[]])[] = [
    [firstFactors, 'firstFactors', 'firstFactors'],
    [factors.includes('email'), 'factors: email', 'factors'],
    [password?.history, 'history', 'password', 'history'],
    [domain?.login === 'managed', 'login: managed', 'domain', 'login'],
  ];
  for (const [there, setting, ...keys] of tier === 'lite' ? lacking : [])
    if (there !== undefined && there !== false)
      report(userPoolProblems['not-in-lite'], placeOf(pool, ...keys), { setting, pool: pool.place });
  if (threatProtection && tier !== 'plus')
    report(userPoolProblems['only-in-plus'], placeOf(pool, 'threatProtection'), { setting: 'threatProtection', tier });
}

function verifyAttributes(pool: UserPool, report: Report): void {
  for (const [name, { required, type, min, max }] of Object.entries(pool.settings.attributes ?? {})) {
    if (required === true && !STANDARD_ATTRIBUTES.includes(name))
      report(
        userPoolProblems['required-custom-attribute'],
        pool.written.at('attributes').parts.get(name)?.parts.get('required')?.place ?? pool.place,
        { name },
      );
    if ((min ?? max) !== undefined && (type === 'boolean' || type === 'time'))
      report(userPoolProblems['limits-of-attribute'], placeOf(pool, 'attributes', name), { name });
  }
}

function verifyDomain(pool: UserPool, report: Report): void {
  const { domain } = pool.settings;
  if (!domain) return;
  const { name, certificate } = domain;
  const own = name.includes('.');
  const [first] = certificate?.segments ?? [];
  const region = typeof first === 'string' ? first.split(':')[3] : undefined;
  const wrong =
    own && !certificate
      ? `\`${name}\` is a custom domain and needs a \`certificate\``
      : !own && certificate
        ? `\`${name}\` is a prefix of Cognito’s own domain, which takes no \`certificate\``
        : region !== undefined && region !== 'us-east-1'
          ? `The certificate is in ${region}; it must be in us-east-1`
          : undefined;
  if (wrong !== undefined)
    report(userPoolProblems['pool-domain-certificate'], placeOf(pool, 'domain', certificate ? 'certificate' : 'name'), {
      wrong,
      needless: !own && certificate !== undefined,
    });
}

function verifyClients(pool: UserPool, report: Report): void {
  const { clients, domain, existing, resourceServers } = pool.settings;
  const own = Object.entries(resourceServers ?? {}).flatMap(([server, { scopes }]) =>
    Object.keys(scopes ?? {}).map((scope) => `${server}/${scope}`),
  );
  for (const [name, { callbacks, grants, scopes, secret, context }] of Object.entries(clients ?? {})) {
    const at = (key: string) => placeOf(pool, 'clients', name, key);
    if (callbacks && !domain && !existing) report(userPoolProblems['client-without-domain'], at('callbacks'), { name });
    if (context && !secret) report(userPoolProblems['client-needs-secret'], at('context'), { setting: 'context' });
    if (grants?.includes('client-credentials')) {
      if (!secret) report(userPoolProblems['client-needs-secret'], at('grants'), { setting: 'grants: client-credentials' });
      const wrong =
        grants.length > 1
          ? 'it can have no other grant'
          : callbacks
            ? 'it can have no `callbacks`'
            : !scopes
              ? 'it needs `scopes`'
              : undefined;
      if (wrong !== undefined)
        report(userPoolProblems['machine-stands-alone'], at('grants'), {
          wrong,
          callbacks: callbacks !== undefined,
          alone: grants.length === 1,
        });
    }
    const written = pool.written.at('clients').parts.get(name)?.parts.get('scopes');
    (existing ? [] : (scopes ?? [])).forEach((scope, index) => {
      if (scope.includes('/') && !own.includes(scope))
        report(userPoolProblems['no-such-scope'], written?.parts.get(String(index))?.place ?? at('scopes'), { scope, known: own });
    });
  }
}
