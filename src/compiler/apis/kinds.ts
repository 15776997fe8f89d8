import { problems, type Fix, type Report } from '../diagnostics/problem.ts';
import { choosing, leaveOut } from '../edit/fixes.ts';
import type { Context } from '../resources/meaning.ts';
import { listed } from '../text/suggest.ts';
import type { Place } from '../text/source-text.ts';
import { lockOf, type Authorizer, type Lock } from './authorization.ts';
import { routesOf, type Api, type Route } from './routes.ts';
import { isStraight, straightOf } from './straight/straight.ts';

const PAGE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html';

const named = (types: readonly string[]): string =>
  listed(
    types.map((type) => `\`${type}\``),
    'or',
  );

/** What limits who may call, or with what: without it an API would be more open than was meant. */
const LIMITS: readonly string[] = ['apiKey', 'private', 'waf', 'policy', 'requires', 'scopes', 'clientCertificates'];

/** A setting can be taken out; a route, or what it leads to, is not taken out unasked, nor is what keeps callers away. */
function removal(setting: string, of: readonly string[], isSetting: boolean, place: Place): Fix {
  const other: Fix = { title: `Make the API ${of.length === 1 ? `\`type: ${of.join()}\`` : `one of type ${named(of)}`}` };
  return isSetting && !LIMITS.includes(setting) ? choosing(leaveOut(place), other) : choosing({ title: `Remove \`${setting}\`` }, other);
}

export const apiKindProblems = problems({
  'not-for-this-api': {
    severity: 'error',
    message: ({ setting, type, of }: { setting: string; type: string; of: readonly string[] }) =>
      `\`${setting}\` is for APIs of type ${named(of)}, and this one is \`${type}\`.`,
    why: 'REST, HTTP and WebSocket APIs differ in what they support; a setting that has no effect is an error rather than ignored.',
    fix: ({ setting, of, inside }: { setting: string; of: readonly string[]; inside: boolean }, place) =>
      removal(setting, of, inside, place),
    page: PAGE,
  },
  'authorizer-of-another-api': {
    severity: 'error',
    message: ({ name, type, what }: { name: string; type: string; what: string }) =>
      `\`${name}\` is ${what}, which an API of type \`${type}\` does not support.`,
    why: 'REST APIs use Cognito and Lambda authorizers; HTTP APIs validate JWTs of any issuer, and pass Lambda authorizers the whole request; WebSocket APIs call a Lambda authorizer once per connection.',
    page: PAGE,
  },
});

export type Type = Api['settings']['type'];

/** Which types have a setting that not all have: of the API, of its domain, of its logs, of a route. */
const REST: readonly Type[] = ['rest'];
const OVER_HTTP: readonly Type[] = ['rest', 'http'];
const WEBSOCKET: readonly Type[] = ['websocket'];
const OF_API = {
  ...only(['apiKey', 'endpoint', 'private', 'tracing', 'binary', 'compression', 'models', 'waf', 'cache', 'policy', 'ipAddressType'], REST),
  ...only(['cors'], OVER_HTTP),
  ...only(['selection'], WEBSOCKET),
};
const OF_DOMAIN = { ...only(['tls', 'endpointAccess'], REST), ...only(['clientCertificates'], OVER_HTTP) };
const OF_LOGS = only(['level'], ['rest', 'websocket']);
const OF_ROUTE = {
  ...only(['apiKey', 'body', 'requires', 'respond', 'cache', 'streaming'], REST),
  ...only(['scopes'], OVER_HTTP),
  ...only(['reply'], WEBSOCKET),
};

type Known = Readonly<Record<string, readonly Type[]>>;

function only(settings: readonly string[], types: readonly Type[]): Known {
  return Object.fromEntries(settings.map((setting) => [setting, types]));
}

/** The types of API that have a setting there, where not all have it. */
export function typesOfSetting(where: 'api' | 'domain' | 'logs' | 'route', setting: string): readonly Type[] | undefined {
  const known: Known = { api: OF_API, domain: OF_DOMAIN, logs: OF_LOGS, route: OF_ROUTE }[where];
  return Object.hasOwn(known, setting) ? known[setting] : undefined;
}

/** The types of API that have a route with this key. */
export function typesOfKey(key: string): readonly Type[] {
  if (key.includes(' ')) return OVER_HTTP;
  return key === '$default' ? ['http', 'websocket'] : WEBSOCKET;
}

/** The types of API that can lead there. */
function typesOfTarget({ settings }: Route): readonly Type[] {
  if (settings.kind === 'http') return OVER_HTTP;
  if (settings.kind === 'mock') return REST;
  if (!isStraight(settings)) return ['rest', 'http', 'websocket'];
  return straightOf(settings).http ? OVER_HTTP : REST;
}

/** Reports what an API of this type does not have. */
export function verifyKind(api: Api, { model }: Context, report: Report): void {
  const { type } = api.settings;
  const tell = (setting: string, of: readonly Type[], place: Place, inside = false) => {
    if (!of.includes(type)) report(apiKindProblems['not-for-this-api'], place, { setting, type, of, inside });
  };
  const tellIn = (parts: ReadonlyMap<string, { readonly key: Place | undefined }> | undefined, known: Known) => {
    // A default has no key: nobody wrote it.
    for (const [setting, part] of parts ?? [])
      if (part.key && Object.hasOwn(known, setting)) tell(setting, known[setting] ?? [], part.key, true);
  };
  tellIn(api.written.parts, OF_API);
  tellIn(api.written.parts.get('domain')?.parts, OF_DOMAIN);
  tellIn(api.written.parts.get('logs')?.parts, OF_LOGS);
  const plan = model.all('plans').find((one) => !one.written.broken && one.settings.apis.includes(api));
  if (plan) tell(`plans.${plan.name}`, REST, plan.place);
  for (const route of routesOf(api)) {
    tellIn(route.written.parts, OF_ROUTE);
    tell(route.key, typesOfKey(route.key), route.place);
    tell(route.settings.kind, typesOfTarget(route), route.written.parts.get(route.settings.kind)?.key ?? route.place);
    verifyAuthorizer(route, lockOf(route, model), report);
  }
}

function verifyAuthorizer(route: Route, lock: Lock, report: Report): void {
  const { api, written, key } = route;
  const { type } = api.settings;
  if (typeof lock !== 'object' || !('by' in lock) || lock.by.written.broken || (type === 'websocket' && key !== '$connect')) return;
  const what = misfit(lock.by, type);
  if (what === undefined) return;
  const place = written.parts.get('authorizer')?.place ?? api.written.at('authorizer').place;
  report(apiKindProblems['authorizer-of-another-api'], place, { name: lock.by.name, type, what });
}

/** What an API of this type cannot ask. */
function misfit({ settings }: Authorizer, type: Type): string | undefined {
  if (settings.kind === 'jwt') return type === 'http' ? undefined : 'a JWT issuer';
  if (settings.kind === 'userPool') return type === 'websocket' ? 'a user pool' : undefined;
  if (settings.type === 'token' && type !== 'rest') return 'of type `token`';
  if (type !== 'websocket') return undefined;
  if (settings.answers === 'simple') return 'a function with simple responses';
  return settings.cache === undefined || settings.cache === 'none' ? undefined : 'cached';
}
