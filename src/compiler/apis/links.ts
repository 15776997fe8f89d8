import { text, type Value } from '../cloud/value.ts';
import { problems, type Report } from '../diagnostics/problem.ts';
import { add, choosing, leaveOut } from '../edit/fixes.ts';
import { isMade, linkedAddress, type LinkedAddress } from '../network/linked.ts';
import { linkId } from '../network/links.ts';
import type { Text } from '../resolve/model.ts';
import type { Context } from '../resources/meaning.ts';
import { parametersOf, routesOf, type Api, type Route, type RouteSettings } from './routes.ts';

const PAGE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide';

type Http = Extract<RouteSettings, { readonly kind: 'http' }>;

export const linkProblems = problems({
  'link-without-target': {
    severity: 'error',
    message: () => 'This route uses a VPC link but names no `target`.',
    why: 'A VPC link only leads into the VPC; the route names the load balancer or service behind it. Only the older links of REST APIs are tied to one load balancer.',
    page: `${PAGE}/set-up-private-integration.html`,
  },
  'target-without-link': {
    severity: 'error',
    message: () => '`target` has no effect without `link`.',
    why: 'Without a link, the backend is called over the internet at its URL.',
    fix: (_: unknown, place) => choosing(add(place, 'link', 'vpc'), leaveOut(place)),
    page: `${PAGE}/set-up-private-integration.html`,
  },
  'target-of-another-api': {
    severity: 'error',
    message: ({ what, needs }: { what: string; needs: string }) => `The target is ${what}; this API needs ${needs}.`,
    why: 'Through a VPC link, an HTTP API reaches load balancer listeners and Cloud Map services; a REST API reaches load balancers and their listeners.',
    page: `${PAGE}/http-api-develop-integrations-private.html`,
  },
  'link-address': {
    severity: 'error',
    message: ({ reason }: { reason: string }) => `The URL ${reason}, so it cannot be called through this link.`,
    why: 'API Gateway’s settings are taken from the URL: the protocol and port, and for an HTTP API the server name and path.',
    page: `${PAGE}/http-api-develop-integrations-private.html`,
  },
});

/** Reports links that lead nowhere, and what does not go with one. */
export function verifyLinked(api: Api, report: Report): void {
  for (const route of routesOf(api)) if (route.settings.kind === 'http') verifyRoute(route, route.settings, report);
}

function verifyRoute({ api, written, place }: Route, { link, target, http }: Http, report: Report): void {
  const at = (key: string) => written.parts.get(key);
  const { type } = api.settings;
  // That a WebSocket API has no such routes was said.
  if (type === 'websocket') return;
  if (!link) {
    if (target) report(linkProblems['target-without-link'], at('target')?.key ?? place, {});
    return;
  }
  if (!target) {
    if (type === 'http' || isMade(link)) report(linkProblems['link-without-target'], at('link')?.key ?? place, {});
  } else {
    const misfit = misfitOf(target, type);
    if (misfit) report(linkProblems['target-of-another-api'], at('target')?.place ?? place, misfit);
  }
  const reason = type === 'http' || isMade(link) ? unfitFor(http, type) : undefined;
  if (reason !== undefined) report(linkProblems['link-address'], at('http')?.place ?? place, { reason });
}

function misfitOf({ segments }: Text, type: 'rest' | 'http'): { readonly what: string; readonly needs: string } | undefined {
  const written = segments.map((one) => (typeof one === 'string' ? one : '')).join('');
  if (type === 'http' && written.includes(':loadbalancer/')) return { what: 'a load balancer', needs: 'a listener or a Cloud Map service' };
  if (type === 'rest' && written.includes(':servicediscovery:'))
    return { what: 'a Cloud Map service', needs: 'a load balancer or one of its listeners' };
  return undefined;
}

function unfitFor(http: Text, type: 'rest' | 'http'): string | undefined {
  const parts = linkedAddress(http);
  if (!parts) return 'does not begin with `http://` or `https://`';
  if (parts.port < 1 || parts.port > 65_535) return 'has an invalid port';
  return type === 'http' && parts.path.some((one) => typeof one === 'string' && one.includes('?')) ? 'has a query string' : undefined;
}

/** A private integration as the document of a REST API says it. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html */
export function linkedInDocument({ link, target }: Http, context: Context): { readonly [name: string]: Value } {
  if (!link) return {};
  return {
    connectionType: 'VPC_LINK',
    connectionId: linkId(link, context),
    ...(target && { integrationTarget: context.text(target) }),
  };
}

/**
 * A private integration of an HTTP API: what is asked is the target. It would be asked for the path of the request with the
 * stage before it, so that of the address is said.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
 */
export function linkedIntegration(route: Route, { link, target, http }: Http, context: Context): { readonly [name: string]: Value } {
  const parts = linkedAddress(http);
  if (!link || !target || !parts) return {};
  return {
    ConnectionType: 'VPC_LINK',
    ConnectionId: linkId(link, context),
    IntegrationUri: context.text(target),
    RequestParameters: { 'overwrite:path': pathOf(parts, route, context) },
    ...(parts.secure && { TlsConfig: { ServerNameToVerify: pieces(parts.host, http, context) } }),
  };
}

const pieces = (segments: LinkedAddress['host'], { place }: Text, context: Context): Value => context.text({ segments, place });

/** `/orders/{id}` → `/orders/${request.path.id}`. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html */
function pathOf({ path }: LinkedAddress, route: Route, context: Context): Value {
  const known = parametersOf(route.path);
  const mapped = path.map((one) =>
    typeof one === 'string'
      ? one.replace(/\{([^{}+]+)\+?\}/g, (all, name: string) => (known.includes(name) ? `\${request.path.${name}}` : all))
      : one,
  );
  return mapped.length === 0
    ? '/'
    : text(...mapped.map((one) => (typeof one === 'string' ? one : context.text({ segments: [one], place: route.place }))));
}
