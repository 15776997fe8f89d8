import type { Value } from '../cloud/value.ts';
import { problems, type Fix, type Report } from '../diagnostics/problem.ts';
import { into, without } from '../edit/edits.ts';
import { choosing, fixing, leaveOut, leavingOutIfMeant } from '../edit/fixes.ts';
import type { Model } from '../resolve/model.ts';
import type { Place } from '../text/source-text.ts';
import type { Context } from '../resources/meaning.ts';
import { lockOf } from './authorization.ts';
import { parametersOf, routesOf, type Api, type Route } from './routes.ts';

const PAGE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html';

export const cacheProblems = problems({
  'route-without-cache': {
    severity: 'error',
    message: ({ name }: { name: string }) => `This route has \`cache\`, but the API \`${name}\` has no cache.`,
    why: 'A cache belongs to the whole API and is billed by the hour, so it is never created implicitly.',
    fix: ({ name, api }: { name: string; api: Place }, place) =>
      choosing(
        leaveOut(place),
        fixing(`Add \`cache: { size: 0.5GB }\` to \`${name}\`, which is billed by the hour`, into(api, 'cache', '{ size: 0.5GB }')),
      ),
    page: PAGE,
  },
  'cache-without-route': {
    severity: 'warning',
    message: ({ name }: { name: string }) => `The cache of \`${name}\` is billed by the hour, but no route uses it.`,
    why: 'Responses are cached only for routes with `cache`: one cached by accident could reach the wrong caller.',
    fix: leavingOutIfMeant,
    page: PAGE,
  },
  'cached-writing': {
    severity: 'error',
    message: ({ method }: { method: string }) => `Only GET routes can be cached, and this one is ${method}.`,
    why: 'The body is not part of the cache key: a second request would get the first one’s response and never reach the backend.',
    fix: ({ idle }: { idle: Place | undefined }, place) => withoutCaching(place, idle),
    page: PAGE,
  },
  'cache-for-whom': {
    severity: 'error',
    message: ({ lock }: { lock: string }) =>
      `This route cannot be cached: what \`${lock}\` checks cannot be part of the cache key, so one caller would get another’s response.`,
    why: 'A cached response goes to every request with the same key, so the key must contain what tells callers apart: a header or a query parameter.',
    fix: ({ idle }: { idle: Place | undefined }, place) => withoutCaching(place, idle),
    page: PAGE,
  },
});

/** Where no other route has a use for it, the cache of the API goes too: it would stay empty, and cost. */
export function withoutCaching(place: Place, idle: Place | undefined): Fix {
  if (!idle) return leaveOut(place);
  return choosing(fixing('Remove `cache`, and the API’s, which nothing else uses', [...without(place), ...without(idle)]));
}

/** The cache of the API, where one route alone uses it. */
export const idleWithout = (route: Route): Place | undefined =>
  routesOf(route.api).some((other) => other.key !== route.key && caches(other)) ? undefined : route.api.written.at('cache').key;

export const caches = ({ settings }: Route): boolean => settings.cache !== undefined && settings.cache !== false;

const saidOf = ({ settings: { cache } }: Route) => (typeof cache === 'object' ? cache : {});

/** What of a request tells callers apart, or the name of the lock whose callers nothing tells apart. */
function callersOf(route: Route, model: Model): readonly string[] | string {
  const lock = lockOf(route, model);
  if (lock === 'iam') return 'iam';
  if (typeof lock !== 'object' || !('by' in lock) || lock.by.written.broken) return [];
  const { settings, name } = lock.by;
  if (settings.kind === 'userPool') return ['header.Authorization'];
  // Refused for a REST API.
  if (settings.kind === 'jwt') return [];
  const source = settings.identitySource ?? (settings.type === 'token' ? ['header.Authorization'] : []);
  return source.length > 0 && source.every((part) => /^(header|query)\./.test(part)) ? source : name;
}

/** The parts of a request that make another answer, besides its path. */
export function keyOf(route: Route, model: Model): readonly string[] {
  if (!caches(route)) return [];
  const callers = callersOf(route, model);
  return [
    ...new Set([...(typeof callers === 'string' ? [] : callers), ...(route.settings.requires ?? []), ...(saidOf(route).key ?? [])]),
  ].sort();
}

const asParameter = (part: string): string => `method.request.${part.replace(/^query\./, 'querystring.')}`;

/** Without these, `/orders/1` and `/orders/2` have the same answer. https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html */
export function cacheKeyParameters(route: Route, model: Model): { readonly cacheKeyParameters?: Value } {
  const all = [...parametersOf(route.path).map((name) => `path.${name}`), ...keyOf(route, model)].map(asParameter);
  return caches(route) && all.length > 0 ? { cacheKeyParameters: all } : {};
}

/** The cache of a stage. */
export function cacheCluster({ settings: { cache } }: Api): { readonly [name: string]: Value } {
  return cache ? { CacheClusterEnabled: true, CacheClusterSize: cache.size.replace('GB', '') } : {};
}

/** How one route uses the cache; without a route, that nothing is kept unasked. */
export function cacheSettings({ settings: { cache } }: Api, route?: Route): { readonly [name: string]: Value } {
  if (!cache) return {};
  if (!route || !caches(route)) return { CachingEnabled: false };
  return { CachingEnabled: true, CacheTtlInSeconds: saidOf(route).ttl ?? cache.ttl, CacheDataEncrypted: cache.encrypted };
}

export function verifyCache(api: Api, { model }: Context, report: Report): void {
  const routes = routesOf(api);
  if (api.settings.cache && !routes.some(caches))
    report(cacheProblems['cache-without-route'], api.written.at('cache').key ?? api.place, { name: api.name });
  for (const route of routes.filter(caches)) {
    const place = route.written.parts.get('cache')?.key ?? route.place;
    const callers = callersOf(route, model);
    if (!api.settings.cache) report(cacheProblems['route-without-cache'], place, { name: api.name, api: api.place });
    else if (route.method !== 'GET') report(cacheProblems['cached-writing'], place, { method: route.method, idle: idleWithout(route) });
    else if (typeof callers === 'string') report(cacheProblems['cache-for-whom'], place, { lock: callers, idle: idleWithout(route) });
  }
}
