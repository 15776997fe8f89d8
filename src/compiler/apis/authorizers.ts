import { address, type Address } from '../cloud/address.ts';
import { attribute, type Value, type Intrinsic } from '../cloud/value.ts';
import { problems } from '../diagnostics/problem.ts';
import { add, choosing, leavingOutIfMeant } from '../edit/fixes.ts';
import { fnOf, invokedArn } from '../resources/function-address.ts';
import type { Context, Meaning } from '../resources/meaning.ts';
import { undocumented } from '../resources/trust.ts';
import type { Authorizer } from './authorization.ts';
import { lockOf } from './authorization.ts';
import { lambdaUri } from './integration.ts';
import { routesOf } from './routes.ts';

const PAGE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html';

export const authorizerProblems = problems({
  'token-needs-header': {
    severity: 'error',
    message: () => 'An authorizer of `type: token` needs `identitySource`, such as `header.Authorization`.',
    why: 'API Gateway passes the value of one header to a token authorizer, and rejects requests without it.',
    fix: (_: unknown, place) => choosing(add(place, 'identitySource', 'header.Authorization')),
    page: PAGE,
  },
  'cache-needs-identity': {
    severity: 'error',
    message: () => '`cache` needs an `identitySource`.',
    why: 'The identity source is the cache key. Without one, every caller would get the first caller’s result.',
    fix: leavingOutIfMeant,
    page: PAGE,
  },
  'validate-needs-token': {
    severity: 'error',
    message: () => '`validate` only applies to authorizers of `type: token`.',
    why: 'API Gateway matches the token against the expression before it calls the function; a request authorizer has no single token.',
    fix: leavingOutIfMeant,
    page: PAGE,
  },
  'unused-authorizer': {
    severity: 'hint',
    message: ({ name }: { name: string }) => `No route uses the authorizer \`${name}\`.`,
    why: 'An authorizer is created only in the APIs whose routes use it.',
    fix: leavingOutIfMeant,
  },
});

export const authorizers: Meaning<'authorizers'> = {
  attributes: {},
  verify(authorizer, { model }, report) {
    const { settings, written, place, name } = authorizer;
    const used = model
      .all('apis')
      .some((api) => !api.written.broken && routesOf(api).some((route) => isLockedBy(lockOf(route, model), authorizer)));
    if (!used) report(authorizerProblems['unused-authorizer'], place, { name });
    if (settings.kind === 'userPool' || settings.kind === 'jwt') return;
    const sources = settings.identitySource ?? [];
    if (settings.type === 'token' && (sources.length !== 1 || !sources[0]?.startsWith('header.')))
      report(authorizerProblems['token-needs-header'], written.parts.get('type')?.place ?? place, {});
    if (settings.cache !== undefined && settings.cache !== 'none' && sources.length === 0)
      report(authorizerProblems['cache-needs-identity'], written.parts.get('cache')?.key ?? place, {});
    if (settings.validate !== undefined && settings.type !== 'token')
      report(authorizerProblems['validate-needs-token'], written.parts.get('validate')?.key ?? place, {});
  },
  expand(authorizer, context) {
    const { settings, path, place: because } = authorizer;
    const asked = context.model
      .all('apis')
      .some((api) => api.settings.type === 'rest' && routesOf(api).some((route) => isLockedBy(lockOf(route, context.model), authorizer)));
    if (settings.kind === 'userPool' || settings.kind === 'jwt' || !asked) return [];
    const role = callerRole(authorizer);
    return [
      { part: 'role', address: role, service: 'apigateway.amazonaws.com', trust: undocumented(context), because, path },
      {
        part: 'grant',
        to: role,
        actions: ['lambda:InvokeFunction'],
        on: [functionOfAuthorizer(authorizer, context)],
        by: 'service',
        reason: 'API Gateway invokes the authorizer',
        because,
        path,
      },
    ];
  },
};

function isLockedBy(lock: ReturnType<typeof lockOf>, authorizer: Authorizer): boolean {
  return typeof lock === 'object' && 'by' in lock && lock.by === authorizer;
}

/** In the body of an API an authorizer has no id a permission could be pinned to, so it is called through a role. */
const callerRole = ({ name }: Authorizer): Address<'AWS::IAM::Role'> =>
  address('AWS::IAM::Role', { name, word: 'Authorizer' }, 'CallerRole');

/** The ARN API Gateway calls to ask an authorizer. */
export function functionOfAuthorizer(authorizer: Authorizer, { model }: Context): Intrinsic {
  const { settings, name } = authorizer;
  const fn = settings.kind === 'function' ? fnOf(settings.function, model) : model.functions.find(({ owner }) => owner === authorizer);
  return fn ? invokedArn(fn) : attribute(address('AWS::Lambda::Function', { name, word: 'Authorizer' }, 'Function'), 'Arn');
}

/** How an API names the check: its OpenAPI security scheme. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html */
export function securityScheme(authorizer: Authorizer, context: Context): Value {
  const { settings } = authorizer;
  const scheme = (name: string, type: string, extension: Value): Value => ({
    type: 'apiKey',
    name,
    in: 'header',
    'x-amazon-apigateway-authtype': type,
    'x-amazon-apigateway-authorizer': extension,
  });
  if (settings.kind === 'userPool') {
    return scheme('Authorization', 'cognito_user_pools', {
      type: 'cognito_user_pools',
      providerARNs: [context.arn(settings.userPool)],
      authorizerResultTtlInSeconds: settings.cache === 'none' ? 0 : (settings.cache ?? 300),
    });
  }
  // An HTTP API alone judges tokens of any issuer; a REST API that names one was reported.
  if (settings.kind === 'jwt') return {};
  const sources = settings.identitySource ?? [];
  const token = settings.type === 'token';
  const kept = settings.cache === 'none' ? 0 : (settings.cache ?? (sources.length > 0 ? 300 : 0));
  const [first = 'header.Authorization'] = sources;
  return scheme(token ? first.slice('header.'.length) : 'Unused', 'custom', {
    type: token ? 'token' : 'request',
    authorizerUri: lambdaUri(functionOfAuthorizer(authorizer, context)),
    authorizerCredentials: attribute(callerRole(authorizer), 'Arn'),
    authorizerResultTtlInSeconds: kept,
    ...(!token && sources.length > 0 && { identitySource: sources.map(sourceExpression).join(', ') }),
    ...(settings.validate !== undefined && { identityValidationExpression: settings.validate }),
  });
}

/** `header.x-key` → `method.request.header.x-key`, `stage.X` → `stageVariables.X` */
function sourceExpression(source: string): string {
  const [kind = '', name = ''] = [source.slice(0, source.indexOf('.')), source.slice(source.indexOf('.') + 1)];
  if (kind === 'context') return `context.${name}`;
  if (kind === 'stage') return `stageVariables.${name}`;
  return `method.request.${kind === 'query' ? 'querystring' : 'header'}.${name}`;
}
