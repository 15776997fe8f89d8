import { problems, type Report } from '../diagnostics/problem.ts';
import { choosing, leaveOut, leavingOut, leavingOutIfMeant, write } from '../edit/fixes.ts';
import type { Context } from '../resources/meaning.ts';
import { lockOf } from './authorization.ts';
import { corsRules } from './cors.ts';
import { routesOf, type Api, type Route } from './routes.ts';

const PAGE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide';

export const v2Problems = problems({
  'preflight-behind-lock': {
    severity: 'error',
    message: ({ key, path }: { key: string; path: string }) =>
      `\`${key}\` also gets the browser’s preflight requests, which its authorizer rejects: add \`OPTIONS ${path}\` with \`authorizer: none\`, or list the methods one by one.`,
    why: 'A preflight request carries no token. An HTTP API answers it by itself unless a route matches it, as one for any method does, authorizer included.',
    page: `${PAGE}/http-api-cors.html`,
  },
  'waits-too-long': {
    severity: 'error',
    message: ({ title, most }: { title: string; most: number }) => `${title} waits ${most} seconds at most.`,
    why: 'This quota cannot be raised; only that of a REST API can.',
    fix: ({ most }: { title: string; most: number }, place) => write(place, `${most} seconds`),
    page: `${PAGE}/http-api-quotas.html`,
  },
  'lock-on-connect': {
    severity: 'error',
    message: ({ key }: { key: string }) =>
      `An authorizer on \`${key}\` has no effect: a WebSocket API checks callers on \`$connect\` only.`,
    why: 'Callers are authorized once, when they connect. Messages on the open connection are trusted.',
    fix: ({ open }: { open: boolean }, place) => (open ? leaveOut(place) : choosing(leaveOut(place))),
    page: `${PAGE}/apigateway-websocket-api-control-access.html`,
  },
  'open-to-connect': {
    severity: 'error',
    message: () => 'There is no route `$connect`, so nothing checks callers: anyone can connect.',
    why: 'A WebSocket API authorizes callers on `$connect`. Declare the route; if the API is meant to be public, give it `authorizer: none`.',
    page: `${PAGE}/apigateway-websocket-api-control-access.html`,
  },
  'reply-without-message': {
    severity: 'error',
    message: ({ key }: { key: string }) => `\`reply\` has no effect on \`${key}\`: there is no open connection to answer on.`,
    why: 'A reply needs an open connection, and there is none while it opens or after it closes.',
    fix: leavingOut,
    page: `${PAGE}/apigateway-websocket-api-route-response.html`,
  },
  'send-needs-websocket': {
    severity: 'error',
    message: ({ name, type }: { name: string; type: string }) =>
      `\`send\` is for the connections of a WebSocket API; \`${name}\` is of type \`${type}\`.`,
    why: 'Only a WebSocket API has open connections that a function can send messages to.',
    fix: leavingOutIfMeant,
    page: `${PAGE}/apigateway-how-to-call-websocket-api-connections.html`,
  },
});

/** Reports what an HTTP or a WebSocket API alone would refuse, and who takes a REST API for one. */
export function verifyV2(api: Api, context: Context, report: Report): void {
  const { type } = api.settings;
  if (type !== 'websocket') verifySend(api, context, report);
  if (type === 'http') verifyHttp(api, context, report);
  if (type === 'websocket') verifyWebsocket(api, report);
}

function verifySend(api: Api, { model }: Context, report: Report): void {
  const { type } = api.settings;
  for (const { thing, key, written } of model.functions.flatMap(({ settings }) => settings.access ?? [])) {
    if (thing !== api) continue;
    const said: unknown = written.value;
    if (said === 'send' || (Array.isArray(said) && said.includes('send')))
      report(v2Problems['send-needs-websocket'], key, { name: api.name, type });
  }
}

function verifyHttp(api: Api, { model }: Context, report: Report): void {
  const routes = routesOf(api);
  const preflights = routes.filter((route) => route.method === 'OPTIONS' && lockOf(route, model) === 'none').map(({ path }) => path);
  for (const route of routes) {
    verifyWait(route, 'An HTTP API', 30, report);
    const lock = lockOf(route, model);
    const { key } = route;
    const path = key === '$default' ? '/{proxy+}' : route.path;
    const locked = ['ANY', '$default'].includes(route.method) && lock !== 'none' && lock !== 'unsaid';
    // Before `$default` comes any route that takes everything; before `ANY` only one with the same path.
    const answered = preflights.some((one) => one === path || (key === '$default' && /^\/\{[^{}]+\+\}$/.test(one)));
    if (corsRules(api) && locked && !answered) report(v2Problems['preflight-behind-lock'], route.place, { key, path });
  }
}

function verifyWebsocket(api: Api, report: Report): void {
  const routes = routesOf(api);
  for (const route of routes) {
    verifyWait(route, 'A WebSocket API', 29, report);
    const { key, written, settings, place } = route;
    if (settings.authorizer !== undefined && key !== '$connect')
      report(v2Problems['lock-on-connect'], written.parts.get('authorizer')?.key ?? place, { key, open: settings.authorizer === 'none' });
    if (settings.reply === true && (key === '$connect' || key === '$disconnect'))
      report(v2Problems['reply-without-message'], written.parts.get('reply')?.key ?? place, { key });
  }
  if (api.settings.authorizer !== 'none' && !routes.some(({ key }) => key === '$connect'))
    report(v2Problems['open-to-connect'], api.written.at('routes').key ?? api.place, {});
}

function verifyWait(route: Route, title: string, most: number, report: Report): void {
  if ((route.settings.integrationTimeout ?? 0) > most)
    report(v2Problems['waits-too-long'], route.written.parts.get('integrationTimeout')?.place ?? route.place, { title, most });
}
