import { address } from '../../cloud/address.ts';
import { resource, type Part } from '../../cloud/part.ts';
import { arn, ref, text, type Value } from '../../cloud/value.ts';
import type { Context } from '../../resources/meaning.ts';
import { lockOf, scopesOf, type Authorizer } from '../authorization.ts';
import { functionOfAuthorizer } from '../authorizers.ts';
import { lambdaUri } from '../integration.ts';
import { routesOf, type Api, type Route } from '../routes.ts';
import { authorizerAddress, httpApiAddress } from './addresses.ts';

/** Who may call a route, as the route says it. */
export function authorizationOf(route: Route, context: Context): { readonly [name: string]: Value } {
  const lock = lockOf(route, context.model);
  if (lock === 'iam') return { AuthorizationType: 'AWS_IAM' };
  if (typeof lock !== 'object' || !('by' in lock)) return { AuthorizationType: 'NONE' };
  const scopes = scopesOf(route, lock.by);
  return {
    AuthorizationType: isLambda(lock.by) ? 'CUSTOM' : 'JWT',
    AuthorizerId: ref(authorizerAddress(route.api, lock.by)),
    ...(scopes.length > 0 && { AuthorizationScopes: [...scopes] }),
  };
}

const isLambda = ({ settings: { kind } }: Authorizer): boolean => kind === 'handler' || kind === 'function';

/** The authorizers that routes of an API name, each with the leave to be asked. */
export function authorizerParts(api: Api, context: Context): readonly Part[] {
  const used = new Map<Authorizer, Route>();
  for (const route of routesOf(api)) {
    const lock = lockOf(route, context.model);
    // A WebSocket API asks when a connection begins, and never again.
    const asks = api.settings.type === 'http' || route.key === '$connect';
    if (asks && typeof lock === 'object' && 'by' in lock && !used.has(lock.by)) used.set(lock.by, route);
  }
  return [...used.keys()].sort((a, b) => (a.name < b.name ? -1 : 1)).flatMap((authorizer) => authorizerOf(api, authorizer, context));
}

function authorizerOf(api: Api, authorizer: Authorizer, context: Context): readonly Part[] {
  const { place: because, path, name } = authorizer;
  const own = authorizerAddress(api, authorizer);
  const common = { ApiId: ref(httpApiAddress(api)), Name: name };
  if (!isLambda(authorizer)) return [resource(own, { ...common, ...tokens(authorizer, context) } as never, { because, path })];
  const fn = functionOfAuthorizer(authorizer, context);
  return [
    resource(own, { ...common, ...asked(api, authorizer, lambdaUri(fn)) } as never, { because, path }),
    // Unlike in a REST API’s document the authorizer has an id, so that the function’s own policy can be pinned to it.
    resource(
      address('AWS::Lambda::Permission', own.names, 'Permission'),
      {
        Action: 'lambda:InvokeFunction',
        FunctionName: fn,
        Principal: 'apigateway.amazonaws.com',
        SourceArn: arn('execute-api', text(ref(httpApiAddress(api)), '/authorizers/', ref(own))),
      },
      { because, path },
    ),
  ];
}

/** Tokens that API Gateway judges by itself. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html */
function tokens({ settings }: Authorizer, context: Context): { readonly [name: string]: Value } {
  const jwt = (Issuer: Value, Audience: readonly Value[], source: string) => ({
    AuthorizerType: 'JWT',
    IdentitySource: [sourceOf(source)],
    JwtConfiguration: { Issuer, Audience },
  });
  if (settings.kind === 'jwt') {
    const { issuer, audience } = settings.jwt;
    return jwt(
      context.text(issuer),
      audience.map((one) => context.text(one)),
      settings.identitySource ?? 'header.Authorization',
    );
  }
  if (settings.kind !== 'userPool') return {};
  const pool = settings.userPool;
  const clients = Object.keys(pool.settings.clients ?? { app: true }).sort();
  return jwt(
    context.attribute(pool, 'issuer'),
    clients.map((client) => context.attribute(pool, 'clients.*.id', client)),
    'header.Authorization',
  );
}

/** A function that is asked. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html */
function asked(api: Api, { settings }: Authorizer, uri: Value): { readonly [name: string]: Value } {
  if (settings.kind !== 'handler' && settings.kind !== 'function') return {};
  const sources = settings.identitySource ?? [];
  const kept = settings.cache === 'none' ? 0 : (settings.cache ?? (sources.length > 0 ? 300 : 0));
  return {
    AuthorizerType: 'REQUEST',
    AuthorizerUri: uri,
    ...(sources.length > 0 && { IdentitySource: sources.map(api.settings.type === 'http' ? sourceOf : websocketSource) }),
    // A WebSocket API knows one format, and asks once for each connection.
    ...(api.settings.type === 'http' && {
      AuthorizerPayloadFormatVersion: '2.0',
      EnableSimpleResponses: settings.answers === 'simple',
      AuthorizerResultTtlInSeconds: kept,
    }),
  };
}

/** `header.x-key` → `$request.header.x-key` */
function sourceOf(source: string): string {
  const [kind = '', name = ''] = [source.slice(0, source.indexOf('.')), source.slice(source.indexOf('.') + 1)];
  if (kind === 'context') return `$context.${name}`;
  if (kind === 'stage') return `$stageVariables.${name}`;
  return `$request.${kind === 'query' ? 'querystring' : 'header'}.${name}`;
}

/** `header.x-key` → `route.request.header.x-key`. https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html */
function websocketSource(source: string): string {
  const inner = sourceOf(source).slice(1);
  return inner.startsWith('request.') ? `route.${inner}` : inner;
}
