import { address } from '../cloud/address.ts';
import { resource, type Acceptance, type Part } from '../cloud/part.ts';
import { attribute, If, noValue, ref, type Value } from '../cloud/value.ts';
import { retention } from '../resources/function-parts.ts';
import type { Context } from '../resources/meaning.ts';
import { systemKeyId } from '../resources/system-key.ts';
import { tagList } from '../resources/tags.ts';
import { apiAddress, logGroupAddress, stageAddress } from '../resources/api-addresses.ts';
import { wallOf } from './wall.ts';
import { cacheCluster, caches, cacheSettings } from './cache.ts';
import { digestOf } from '../cloud/digest.ts';
import { routesOf, type Api, type Route } from './routes.ts';

/** The condition under which an API writes logs: the account must have a role for it. */
export const LOGS_ON = 'ApiGatewayLogsOn';

/** What a line of the access log holds. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html */
const FIELDS = {
  requestId: '$context.requestId',
  requestTime: '$context.requestTime',
  ip: '$context.identity.sourceIp',
  principal: '$context.authorizer.principalId',
  subject: '$context.authorizer.claims.sub',
  method: '$context.httpMethod',
  route: '$context.resourcePath',
  path: '$context.path',
  protocol: '$context.protocol',
  status: '$context.status',
  bytes: '$context.responseLength',
  milliseconds: '$context.responseLatency',
  integrationMilliseconds: '$context.integrationLatency',
  integrationStatus: '$context.integration.status',
  integrationError: '$context.integrationErrorMessage',
  authorizerError: '$context.authorizer.error',
  error: '$context.error.message',
  errorType: '$context.error.responseType',
  traceId: '$context.xrayTraceId',
} as const;

export const logsOf = ({ settings: { logs } }: Api) =>
  logs === false ? undefined : typeof logs === 'object' ? logs : { level: 'error' as const };

/** The deployment of a content, and the stage that shows it. */
export function stageParts(api: Api, content: Value, context: Context): readonly Part[] {
  const { settings, path, place: because, name } = api;
  const from = { because, path };
  const deployment = address('AWS::ApiGateway::Deployment', { name, word: 'Api' }, `Deployment${digestOf(content)}`);
  const logs = logsOf(api);
  const logged: Value | undefined = logs && {
    DestinationArn: attribute(logGroupAddress(api), 'Arn'),
    Format: JSON.stringify({ ...FIELDS, ...('fields' in logs ? logs.fields : {}) }),
  };
  return [
    resource(
      deployment,
      { RestApiId: ref(apiAddress(api)), Description: `The content ${deployment.role.slice('Deployment'.length)} of ${name}` },
      from,
    ),
    resource(
      stageAddress(api),
      {
        RestApiId: ref(apiAddress(api)),
        DeploymentId: ref(deployment),
        StageName: settings.stage,
        ...(logged !== undefined && { AccessLogSetting: new If(LOGS_ON, logged, noValue) }),
        MethodSettings: methodSettings(api, logs?.level ?? 'off'),
        ...cacheCluster(api),
        ...((settings.tracing ?? context.model.strict) && { TracingEnabled: true }),
        ...tagList(settings.tags, context),
      } as never,
      { ...from, accepted: acceptances(logs !== undefined, wallOf(api, context) !== 'none') },
    ),
    ...(logs
      ? [
          resource(
            logGroupAddress(api),
            {
              ...retention('retention' in logs ? logs.retention : undefined, context),
              ...systemKeyId(undefined, context),
              ...tagList(settings.tags, context),
            },
            {
              ...from,
              condition: LOGS_ON,
              deletion: context.model.protected ? 'Retain' : 'Delete',
              replaced: context.model.protected ? 'Retain' : 'Delete',
            },
          ),
        ]
      : []),
  ];
}

function acceptances(logs: boolean, waf: boolean): readonly Acceptance[] {
  const off = 'The file turns logs off.';
  return [
    ...(waf
      ? []
      : [{ rule: 'AwsSolutions-APIG3', reason: 'A web application firewall costs by the month, so `waf` is asked for and not made.' }]),
    ...(logs
      ? [
          { rule: 'AwsSolutions-APIG1', reason: 'Access logs are on where the account has the role for them: parameter ApiGatewayLogs.' },
          {
            rule: 'AwsSolutions-APIG6',
            reason: 'Execution logs are on where the account has the role for them: parameter ApiGatewayLogs.',
          },
        ]
      : [
          { rule: 'AwsSolutions-APIG1', reason: off },
          { rule: 'AwsSolutions-APIG6', reason: off },
        ]),
  ];
}

/** Throttling for every method, and for single routes; logs and metrics. */
function methodSettings(api: Api, level: string): readonly Value[] {
  const { throttle, metrics } = api.settings;
  const common = {
    ...(level !== 'off' && { LoggingLevel: new If(LOGS_ON, level.toUpperCase(), 'OFF') }),
    // Bodies never stand in a log.
    DataTraceEnabled: false,
    MetricsEnabled: metrics,
  };
  return [
    { ResourcePath: '/*', HttpMethod: '*', ...common, ...cacheSettings(api), ...limits(throttle) },
    ...routesOf(api).flatMap((route) =>
      route.settings.throttle || caches(route)
        ? methodsOf(route).map((HttpMethod): Value => ({
            ResourcePath: escaped(route.path),
            HttpMethod,
            ...common,
            ...cacheSettings(api, route),
            ...limits(route.settings.throttle ?? throttle),
          }))
        : [],
    ),
  ];
}

export function limits({ rate, burst }: Api['settings']['throttle']): { readonly [name: string]: Value } {
  return { ThrottlingRateLimit: rate.amount, ThrottlingBurstLimit: burst };
}

/** Settings are for methods one by one, and `ANY` is refused: a route for any method has the settings of each. */
const methodsOf = ({ method }: Route): readonly string[] =>
  method === 'ANY' ? ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'] : [method];

/**
 * `/orders/{id}` is written `/~1orders~1{id}`.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-apigateway-stage-methodsetting.html
 */
const escaped = (path: string): string => (path === '/' ? '/' : `/${path.replaceAll('/', '~1')}`);
