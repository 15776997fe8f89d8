import { problems, type Report } from '../diagnostics/problem.ts';
import type { Context } from '../resources/meaning.ts';
import { lockOf } from './authorization.ts';
import { routesOf, type Api } from './routes.ts';
import { isStraight, straightOf } from './straight/straight.ts';

const PAGE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html';

export const apiKindProblems = problems({
  'not-for-this-api': {
    severity: 'error',
    message: ({ setting, type, of }: { setting: string; type: string; of: string }) =>
      `\`${setting}\` is for APIs of type \`${of}\`, and this one is \`${type}\`.`,
    why: 'API Gateway’s kinds of API differ in what they can do; what one cannot do is not silently left out.',
    fix: ({ of }: { setting: string; type: string; of: string }) => ({ title: `Leave it out, or make the API \`type: ${of}\`` }),
    page: PAGE,
  },
  'authorizer-of-another-api': {
    severity: 'error',
    message: ({ name, type, what }: { name: string; type: string; what: string }) =>
      `\`${name}\` is ${what}, which an API of type \`${type}\` cannot ask.`,
    why: 'REST APIs ask Cognito and functions; HTTP APIs judge tokens of any issuer, and give a function the whole request.',
    page: PAGE,
  },
});

/** What REST APIs alone have: settings of the API, of a route, and of a route into a stream. */
const REST_ONLY = [
  'apiKey',
  'endpoint',
  'private',
  'tracing',
  'binary',
  'compression',
  'models',
  'waf',
  'cache',
  'policy',
  'ipAddressType',
] as const;
const REST_ONLY_ROUTE = ['apiKey', 'body', 'requires', 'respond', 'cache', 'streaming'] as const;

/** Reports what an API of this type does not have. */
export function verifyKind(api: Api, { model }: Context, report: Report): void {
  const { type } = api.settings;
  const not = (part: { readonly key?: unknown } | undefined): part is { readonly key: never } => part?.key !== undefined;
  for (const setting of type === 'http' ? REST_ONLY : []) {
    const part = api.written.parts.get(setting);
    if (not(part)) report(apiKindProblems['not-for-this-api'], part.key, { setting, type, of: 'rest' });
  }
  for (const setting of type === 'http' ? ['tls', 'endpointAccess'] : []) {
    const part = api.settings.domain ? api.written.at('domain').parts.get(setting as never) : undefined;
    if (not(part)) report(apiKindProblems['not-for-this-api'], part.key, { setting, type, of: 'rest' });
  }
  const plan = model.all('plans').find((one) => !one.written.broken && one.settings.apis.includes(api));
  if (type === 'http' && plan) report(apiKindProblems['not-for-this-api'], plan.place, { setting: `plans.${plan.name}`, type, of: 'rest' });
  for (const route of routesOf(api)) {
    for (const setting of type === 'http' ? REST_ONLY_ROUTE : []) {
      const part = route.written.parts.get(setting);
      if (not(part)) report(apiKindProblems['not-for-this-api'], part.key, { setting, type, of: 'rest' });
    }
    if (type === 'rest' && route.key === '$default')
      report(apiKindProblems['not-for-this-api'], route.place, { setting: '$default', type, of: 'http' });
    const { settings: own } = route;
    if (type === 'http' && (own.kind === 'mock' || (isStraight(own) && !straightOf(own).http)))
      report(apiKindProblems['not-for-this-api'], route.written.parts.get(route.settings.kind)?.key ?? route.place, {
        setting: route.settings.kind,
        type,
        of: 'rest',
      });
    const lock = lockOf(route, model);
    if (typeof lock !== 'object' || !('by' in lock) || lock.by.written.broken) continue;
    const { settings, name } = lock.by;
    const place = route.written.parts.get('authorizer')?.place ?? api.written.at('authorizer').place;
    if (type === 'rest' && settings.kind === 'jwt')
      report(apiKindProblems['authorizer-of-another-api'], place, { name, type, what: 'an issuer of tokens' });
    if (type === 'http' && 'type' in settings && settings.type === 'token')
      report(apiKindProblems['authorizer-of-another-api'], place, { name, type, what: 'of type `token`' });
  }
}
