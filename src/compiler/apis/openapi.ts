import { text, type Value } from '../cloud/value.ts';
import type { Context } from '../resources/meaning.ts';
import { lockOf, needsKey, scopesOf, type Authorizer } from './authorization.ts';
import { securityScheme } from './authorizers.ts';
import { keyOf } from './cache.ts';
import { corsRules, gatewayResponses, preflight } from './cors.ts';
import { integrationOf } from './integration.ts';
import { modelOf, schemasOf } from './models.ts';
import { parametersOf, routesOf, type Api, type Route } from './routes.ts';
import { requiredOf } from './straight/straight.ts';

/** The whole API as one document of OpenAPI. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html */
export function openApi(api: Api, context: Context): Value {
  const { settings, name } = api;
  const routes = routesOf(api);
  const schemas = schemasOf(api, context);
  const schemes = securitySchemes(routes, context);
  const responses = gatewayResponses(api);
  return {
    openapi: '3.0.1',
    info: {
      title: `${context.model.stack}-${name}`,
      version: '1',
      ...(settings.description && { description: text(context.text(settings.description)) }),
    },
    ...(settings.binary && { 'x-amazon-apigateway-binary-media-types': settings.binary }),
    ...(responses !== undefined && { 'x-amazon-apigateway-gateway-responses': responses }),
    'x-amazon-apigateway-request-validators': {
      all: { validateRequestBody: true, validateRequestParameters: true },
    },
    paths: paths(api, routes, context),
    ...((Object.keys(schemas).length > 0 || Object.keys(schemes).length > 0) && {
      components: {
        ...(Object.keys(schemas).length > 0 && { schemas }),
        ...(Object.keys(schemes).length > 0 && { securitySchemes: schemes }),
      },
    }),
  };
}

function paths(api: Api, routes: readonly Route[], context: Context): Value {
  const all = new Map<string, Map<string, Value>>();
  for (const route of routes) {
    const methods = all.get(route.path) ?? new Map<string, Value>();
    methods.set(route.method === 'ANY' ? 'x-amazon-apigateway-any-method' : route.method.toLowerCase(), operation(route, context));
    all.set(route.path, methods);
  }
  if (corsRules(api)) {
    for (const [path, methods] of all) {
      // A preflight of the author’s own is left alone.
      if (!methods.has('options'))
        methods.set('options', {
          ...parameters(path, []),
          ...preflight(
            api,
            routes.filter((one) => one.path === path).map(({ method }) => method),
          ),
        });
    }
  }
  return Object.fromEntries(
    [...all]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, methods]) => [path, Object.fromEntries([...methods].sort(([a], [b]) => (a < b ? -1 : 1)))]),
  );
}

function operation(route: Route, context: Context): Value {
  const { path } = route;
  const { integration, responses } = integrationOf(route, context);
  const model = modelOf(route);
  const required = requiredOf(route);
  return {
    ...parameters(path, required, keyOf(route, context.model)),
    ...((model !== undefined || required.length > 0) && { 'x-amazon-apigateway-request-validator': 'all' }),
    ...(model && { requestBody: bodyOf(`#/components/schemas/${model.name}`) }),
    ...security(route, context),
    responses,
    'x-amazon-apigateway-integration': integration,
  };
}

/**
 * A body that must fit a model, whatever its Content-Type says: without `$default` another type goes around the validation.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
 */
function bodyOf($ref: string): Value {
  const schema = { schema: { $ref } };
  return { required: true, content: { $default: schema, 'application/json': schema } };
}

/** The parameters of a path, those that must be there, and those that make another answer. */
function parameters(path: string, required: readonly string[], others: readonly string[] = []): { readonly parameters?: Value } {
  const all = [
    ...parametersOf(path).map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
    ...[...new Set([...required, ...others])].map((part) => {
      const at = part.indexOf('.');
      return { name: part.slice(at + 1), in: part.slice(0, at), required: required.includes(part), schema: { type: 'string' } };
    }),
  ];
  return all.length > 0 ? { parameters: all } : {};
}

/** Names no authorizer can have. */
const IAM = 'aws_iam';
const API_KEY = 'api_key';

function security(route: Route, context: Context): { readonly [key: string]: Value } {
  const lock = lockOf(route, context.model);
  const needed: Record<string, Value> = {
    ...(lock === 'iam' && { [IAM]: [] }),
    ...(typeof lock === 'object' && 'by' in lock && { [lock.by.name]: scopesOf(route, lock.by) }),
    ...(needsKey(route) && { [API_KEY]: [] }),
  };
  return {
    ...(Object.keys(needed).length > 0 && { security: [needed] }),
  };
}

function securitySchemes(routes: readonly Route[], context: Context): { readonly [name: string]: Value } {
  const locks = routes.map((route) => lockOf(route, context.model));
  const declared = new Map<string, Authorizer>();
  for (const lock of locks) if (typeof lock === 'object' && 'by' in lock) declared.set(lock.by.name, lock.by);
  const all: Record<string, Value> = Object.fromEntries(
    [...declared].map(([name, authorizer]) => [name, securityScheme(authorizer, context)]),
  );
  if (locks.includes('iam')) all[IAM] = { type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' };
  if (routes.some(needsKey)) all[API_KEY] = { type: 'apiKey', name: 'x-api-key', in: 'header' };
  return Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
}
