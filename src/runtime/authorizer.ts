/**
 * The answers of a Lambda authorizer. API Gateway keeps an answer for as long as the authorizer’s `cache` says and uses
 * it for every route of the stage that comes with the same identity. A policy that names only the route that was asked
 * for would refuse the next one, so these policies name the whole stage, or the routes they are told.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html
 */

/** What handlers of the caller’s routes read in `requestContext.authorizer`. API Gateway refuses lists and objects. */
export type AuthorizerContext = Readonly<Record<string, string | number | boolean>>;

/** A method and a path: `GET /orders/{id}`. `ANY` stands for every method, `{…}` and `*` for anything, slashes too. */
export type Route = `${'ANY' | 'DELETE' | 'GET' | 'HEAD' | 'OPTIONS' | 'PATCH' | 'POST' | 'PUT'} /${string}`;

/** What a REST API gives an authorizer of `type: token`. */
export interface TokenAuthorizerEvent {
  readonly type: 'TOKEN';
  readonly methodArn: string;
  readonly authorizationToken: string;
}

/** What a REST API gives an authorizer of `type: request`. The case of a header’s name is the caller’s. */
export interface RequestAuthorizerEvent {
  readonly type: 'REQUEST';
  readonly methodArn: string;
  readonly resource: string;
  readonly path: string;
  readonly httpMethod: string;
  readonly headers: Readonly<Record<string, string | undefined>> | null;
  readonly queryStringParameters: Readonly<Record<string, string | undefined>> | null;
  readonly pathParameters: Readonly<Record<string, string | undefined>> | null;
  readonly stageVariables: Readonly<Record<string, string | undefined>> | null;
  readonly requestContext: Readonly<Record<string, unknown>>;
}

/** What an HTTP API gives an authorizer, in format 2.0. The names of its headers are in small letters. */
export interface HttpRequestAuthorizerEvent {
  readonly version: '2.0';
  readonly type: 'REQUEST';
  readonly routeArn: string;
  readonly identitySource: readonly string[] | null;
  readonly routeKey: string;
  readonly rawPath: string;
  readonly headers?: Readonly<Record<string, string | undefined>> | undefined;
  readonly queryStringParameters?: Readonly<Record<string, string | undefined>>;
  readonly requestContext: Readonly<Record<string, unknown>>;
}

export interface Policy {
  readonly principalId: string;
  readonly policyDocument: {
    readonly Version: '2012-10-17';
    readonly Statement: readonly {
      readonly Effect: 'Allow' | 'Deny';
      readonly Action: 'execute-api:Invoke';
      readonly Resource: readonly string[];
    }[];
  };
  readonly context?: AuthorizerContext;
  readonly usageIdentifierKey?: string;
}

export interface PolicyOptions {
  /** What the handlers behind the authorizer are told of the caller. */
  readonly context?: AuthorizerContext;
  /** The caller’s API key in a usage plan, where the API takes keys from the authorizer. */
  readonly usageIdentifierKey?: string;
  /** The only routes the caller may use. The whole stage without it. Say all of them, not the one asked for. */
  readonly routes?: readonly Route[];
}

/** The event of an authorizer, or as much of it as says which API and stage are asked for. */
type Asked = { readonly methodArn: string } | { readonly routeArn: string };

/** Lets the caller in: everywhere in the stage, or on the given routes. */
export function allow(principal: string, event: Asked, { routes, ...rest }: PolicyOptions = {}): Policy {
  return policy('Allow', principal, event, routes, rest);
}

/** Refuses the caller everywhere in the stage with 403. Kept by the cache like any answer. */
export function deny(principal: string, event: Asked): Policy {
  return policy('Deny', principal, event, undefined, {});
}

export interface SimpleAnswer {
  readonly isAuthorized: boolean;
  readonly context?: AuthorizerContext;
}

/** Yes or no, for an HTTP API with simple answers. It names no route, so it holds for all of them. */
export function simple(isAuthorized: boolean, context?: AuthorizerContext): SimpleAnswer {
  return { isAuthorized, ...(context && { context }) };
}

/**
 * Ends an authorizer with 401: the caller shall authenticate. API Gateway knows it by exactly this message.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html
 */
export function unauthorized(): never {
  throw new Error('Unauthorized');
}

function policy(
  effect: 'Allow' | 'Deny',
  principalId: string,
  event: Asked,
  routes: readonly Route[] = ['ANY /*'],
  rest: Omit<PolicyOptions, 'routes'>,
): Policy {
  const stage = stageOf('methodArn' in event ? event.methodArn : event.routeArn);
  const Resource = routes.map((route) => stage + pathOf(route));
  return {
    principalId,
    policyDocument: { Version: '2012-10-17', Statement: [{ Effect: effect, Action: 'execute-api:Invoke', Resource }] },
    ...rest,
  };
}

/** `arn:aws:execute-api:REGION:ACCOUNT:API/STAGE` of an ARN that goes on with method and path. */
function stageOf(arn: string): string {
  const [stage] = /^arn:[^:]+:execute-api:[^:]*:[^:]*:[^/]+\/[^/]+/.exec(arn) ?? [];
  if (stage === undefined) throw new Error(`'${arn}' is not the ARN of a route.`);
  return stage;
}

/** `GET /orders/{id}` as it stands in an ARN: `/GET/orders/*`. The whole stage is `/*`. */
function pathOf(route: Route): string {
  const [method = '', path = ''] = route.split(' ');
  const pattern = path.replace(/\{[^}]*\}/g, '*');
  if (method !== 'ANY') return `/${method}${pattern}`;
  return pattern === '/*' ? pattern : `/*${pattern}`;
}
