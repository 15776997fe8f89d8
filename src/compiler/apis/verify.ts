import { problems, type Fix, type Report } from '../diagnostics/problem.ts';
import { declared, flowTextAt, keyAt, withValue } from '../edit/edits.ts';
import { addInto, choosing, fixing, guessing, leavingOutIfMeant, oneOf, rename, write } from '../edit/fixes.ts';
import { verifyRetention } from '../resources/function-settings.ts';
import type { Context } from '../resources/meaning.ts';
import type { Place } from '../text/source-text.ts';
import { nearest } from '../text/suggest.ts';
import { lockOf, needsKey } from './authorization.ts';
import { verifyCache } from './cache.ts';
import { verifyCors } from './cors.ts';
import { verifyDomain } from './domain.ts';
import { verifyExtras } from './extras.ts';
import { typesOfKey, verifyKind } from './kinds.ts';
import { LONGEST, patience } from './integration.ts';
import { verifyLinked } from './links.ts';
import { verifyModels } from './models.ts';
import { verifyPermissions } from './permissions.ts';
import { functionOf, routesOf, type Api, type Route } from './routes.ts';
import { verifyStraight } from './straight/rules.ts';
import { isStraight } from './straight/straight.ts';
import { verifyV2 } from './v2-rules.ts';

const PAGE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide';

export const apiProblems = problems({
  'unprotected-route': {
    severity: 'error',
    message: ({ key }: { key: string }) => `\`${key}\` has no authorizer.`,
    why: 'A route without an authorizer is open to everyone on the internet. If that is intended, write `authorizer: none`; otherwise name an authorizer on the route or the API.',
    // Which of them is meant is for the author to say: none of them is written unasked.
    fix: ({ locks }: { locks: readonly string[] }, place) =>
      oneOf([...locks, 'iam', 'none'].map((lock) => addInto(place, 'authorizer', lock, 'handler'))),
    page: `${PAGE}/apigateway-control-access-to-api.html`,
  },
  'unknown-authorizer': {
    severity: 'error',
    message: ({ name, known }: { name: string; known: readonly string[]; meant: string | undefined }) =>
      `There is no authorizer \`${name}\`; known are ${known.map((one) => `\`${one}\``).join(', ')}.`,
    why: 'An authorizer is declared in `authorizers`; `iam` and `none` need no declaration.',
    fix: ({ meant }: { meant: string | undefined }, place) => guessing(meant)(place),
  },
  'scopes-without-user-pool': {
    severity: 'error',
    message: () => '`scopes` needs an authorizer that is a user pool or a JWT issuer.',
    why: 'API Gateway only checks the scopes of access tokens.',
    fix: leavingOutIfMeant,
    page: `${PAGE}/apigateway-integrate-with-cognito.html`,
  },
  'gives-up-before-the-function': {
    severity: 'warning',
    message: ({ title, timeout, patience: waits }: { title: string; timeout: number; patience: number }) =>
      `\`${title}\` may run for ${timeout} seconds, but API Gateway gives up after ${waits}.`,
    why: 'The caller gets an error while the function keeps running and is billed.',
    fix: ({ patience: waits, timeout }: { title: string; timeout: number; patience: number }, place) =>
      keyAt(place) === 'timeout' && timeout > waits ? choosing(write(place, `${waits} seconds`)) : undefined,
    page: `${PAGE}/limits.html`,
  },
  'sibling-parameters': {
    severity: 'error',
    message: ({ one, other }: { one: string; other: string }) =>
      `\`{${one}}\` and \`{${other}}\` name the same path segment, and API Gateway allows only one name.`,
    why: 'A path segment is one resource with one name, whatever follows it.',
    fix: ({ one, other, key }: { one: string; other: string; key: string }, place) =>
      choosing(rename(place, key.replace(`{${other}}`, `{${one}}`))),
    page: `${PAGE}/api-gateway-method-settings-method-request.html`,
  },
  'binary-json': {
    severity: 'error',
    message: ({ type, key }: { type: string; key: string }) => `\`binary: ${type}\` also covers JSON, and \`${key}\` reads a JSON body.`,
    why: 'A binary body is passed on as it is: neither validated nor mapped. List only media types that are not JSON.',
    fix: leavingOutIfMeant,
    page: `${PAGE}/api-gateway-payload-encodings-workflow.html`,
  },
  'same-handler-twice': {
    severity: 'hint',
    message: ({ file }: { file: string }) => `\`${file}\` is the handler of several routes, and each gets a function of its own.`,
    why: 'A handler on a route becomes a function for that route. To share one, declare it in `functions` and name it in the routes: it stays warm longer, and has one role.',
    fix: ({ name, file, routes, functions }: { name: string; file: string; routes: readonly Place[]; functions: Place }) =>
      oneFunction(name, file, routes, functions),
  },
  'key-without-plan': {
    severity: 'error',
    message: ({ name }: { name: string }) => `This route needs an API key, but no plan covers \`${name}\`: nobody could call it.`,
    why: 'A key only works through a plan that covers the API.',
    fix: ({ name, plans }: { name: string; plans: Place }) =>
      choosing(fixing(`Add \`plans: { ${name}: { apis: ${name} } }\``, declared(plans, 'plans', name, `{ apis: ${name} }`))),
    page: `${PAGE}/api-gateway-api-usage-plans.html`,
  },
});

/** Reports what the schema of an API cannot rule out. */
export function verifyApi(api: Api, context: Context, report: Report): void {
  const routes = routesOf(api);
  verifyKind(api, context, report);
  verifyV2(api, context, report);
  verifyStraight(api, report);
  verifyLinked(api, report);
  for (const route of routes) {
    verifyLock(route, context, report);
    verifyPatience(route, context, report);
  }
  if (api.settings.type === 'rest') verifySiblings(routes, report);
  verifyBinary(api, routes, report);
  verifyHandlers(routes, context, report);
  verifyCors(api, report);
  verifyDomain(api, context, report);
  verifyExtras(api, context, report);
  verifyCache(api, context, report);
  // A WebSocket API judges no bodies; that it leads to a function alone was said.
  if (api.settings.type !== 'websocket') verifyModels(api, context, report);
  verifyPermissions(api, context, report);
  const { logs } = api.settings;
  if (typeof logs === 'object') verifyRetention(logs.retention, api.written.at('logs').parts.get('retention')?.place ?? api.place, report);
}

function verifyLock(route: Route, { model }: Context, report: Report): void {
  const lock = lockOf(route, model);
  const { written, place, key, api } = route;
  const at = (setting: 'authorizer' | 'scopes' | 'apiKey') => written.parts.get(setting)?.place;
  // What this API does not have was said.
  if (!typesOfKey(key).includes(api.settings.type)) return;
  // Who may connect was asked before.
  if (api.settings.type === 'websocket' && key !== '$connect') return;
  if (lock === 'unsaid') {
    const locks = model.all('authorizers').map(({ name }) => name);
    report(apiProblems['unprotected-route'], place, { key, locks });
  } else if (typeof lock === 'object' && 'unknown' in lock) {
    const known = [...model.all('authorizers').map(({ name }) => name), 'iam', 'none'];
    report(apiProblems['unknown-authorizer'], at('authorizer') ?? api.written.at('authorizer').place, {
      name: lock.unknown,
      known,
      meant: nearest(lock.unknown, known),
    });
  } else if (
    route.settings.scopes &&
    !(typeof lock === 'object' && (lock.by.written.broken || ['userPool', 'jwt'].includes(lock.by.settings.kind)))
  ) {
    report(apiProblems['scopes-without-user-pool'], written.parts.get('scopes')?.key ?? place, {});
  }
  if (
    api.settings.type === 'rest' &&
    needsKey(route) &&
    !model.all('plans').some((plan) => plan.written.broken || plan.settings.apis.includes(api))
  )
    report(apiProblems['key-without-plan'], written.parts.get('apiKey')?.key ?? api.written.at('apiKey').key ?? place, {
      name: api.name,
      plans: sectionPlace(model, 'plans'),
    });
}

function verifyPatience(route: Route, context: Context, report: Report): void {
  const fn = functionOf(route, context.model);
  const timeout = fn?.fn?.settings.timeout ?? 0;
  const waits = patience(route, context);
  if (fn && timeout > waits)
    report(
      apiProblems['gives-up-before-the-function'],
      route.written.parts.get('integrationTimeout')?.place ?? route.written.parts.get('timeout')?.place ?? route.place,
      { title: fn.title, timeout, patience: Math.max(waits, Math.min(waits, LONGEST)) },
    );
}

/** `/a/{x}`, `/a/{y}/b` and `/a/{x+}` are one resource for API Gateway, with one name. */
function verifySiblings(routes: readonly Route[], report: Report): void {
  const names = new Map<string, { readonly name: string; readonly route: Route }>();
  for (const route of routes) {
    const segments = route.path.split('/').slice(1);
    segments.forEach((segment, index) => {
      const name = /^\{(.+)\}$/.exec(segment)?.[1];
      if (name === undefined) return;
      const before = segments
        .slice(0, index)
        .map((one) => (one.startsWith('{') ? '{}' : one))
        .join('/');
      const known = names.get(before);
      if (!known) names.set(before, { name, route });
      else if (known.name !== name)
        report(apiProblems['sibling-parameters'], route.place, { one: known.name, other: name, key: route.key }, [
          { message: 'The other one.', place: known.route.place },
        ]);
    });
  }
}

function verifyBinary(api: Api, routes: readonly Route[], report: Report): void {
  const reading = routes.find(({ settings }) => isStraight(settings));
  const types = api.written.at('binary');
  (api.settings.binary ?? []).forEach((type, index) => {
    if (reading && ['*/*', 'application/*', 'application/json'].includes(type))
      report(apiProblems['binary-json'], types.parts.get(String(index))?.place ?? types.place, { type, key: reading.key });
  });
}

/** A name made of a file’s, which no function has. */
function freeName(file: string, { functions }: Context['model']): string {
  const stem = (file.split('/').at(-1) ?? '')
    .replace(/\..*$/, '')
    .replace(/[^a-zA-Z0-9]+/g, '-')
    .toLowerCase();
  const name = /^[a-z]/.test(stem) ? stem : `handler-${stem}`;
  return functions.some(({ owner }) => owner.name === name) ? `${name}-function` : name;
}

/** Where a section stands, else the system it could stand in. */
function sectionPlace({ root }: Context['model'], section: 'plans' | 'functions'): Place {
  const written = root.at(section);
  return written.key ?? written.place;
}

/** A function of its own for routes that say no more than its handler. */
function oneFunction(name: string, file: string, routes: readonly Place[], functions: Place): Fix {
  const title = `Declare a function \`${name}\` and name it in the routes`;
  const edits = routes.map((route) => (flowTextAt(route) === file ? withValue(route, `{ function: ${name} }`) : []));
  return choosing(
    fixing(title, edits.every((one) => one.length > 0) ? [...edits.flat(), ...declared(functions, 'functions', name, file)] : []),
  );
}

function verifyHandlers(routes: readonly Route[], { model }: Context, report: Report): void {
  const byHandler = new Map<string, Route[]>();
  // As they are read in the file.
  for (const route of routes.toSorted((a, b) => a.place.span.start - b.place.span.start)) {
    if (route.settings.kind !== 'handler') continue;
    const { handler } = route.settings;
    const key = 'file' in handler ? `${handler.file}#${handler.export ?? ''}` : `${handler.zip}#${handler.entry}`;
    byHandler.set(key, [...(byHandler.get(key) ?? []), route]);
  }
  for (const [first, ...others] of byHandler.values()) {
    if (!first || others.length === 0 || first.settings.kind !== 'handler') continue;
    const { handler } = first.settings;
    report(
      apiProblems['same-handler-twice'],
      first.written.parts.get('handler')?.place ?? first.place,
      {
        file: 'file' in handler ? handler.file : handler.zip,
        name: freeName('file' in handler ? handler.file : handler.zip, model),
        routes: [first, ...others].map(({ place }) => place),
        functions: sectionPlace(model, 'functions'),
      },
      others.map(({ place }) => ({ message: 'It is also the handler of this route.', place })),
    );
  }
}
