import { resource, type Part } from '../../cloud/part.ts';
import { attribute, If, noValue, ref, type Value } from '../../cloud/value.ts';
import { logGroupAddress, stageNameOf } from '../../resources/api-addresses.ts';
import { retention } from '../../resources/function-parts.ts';
import type { Context } from '../../resources/meaning.ts';
import { systemKeyId } from '../../resources/system-key.ts';
import { tagList, tagMap } from '../../resources/tags.ts';
import { httpApiAddress, httpStageAddress, routeAddress } from '../http/addresses.ts';
import { routesOf, type Api } from '../routes.ts';
import { limits, LOGS_ON, logsOf } from '../stage.ts';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-logging.html */
const FIELDS = {
  requestId: '$context.requestId',
  requestTime: '$context.requestTime',
  ip: '$context.identity.sourceIp',
  principal: '$context.authorizer.principalId',
  route: '$context.routeKey',
  event: '$context.eventType',
  connection: '$context.connectionId',
  connectedAt: '$context.connectedAt',
  message: '$context.messageId',
  status: '$context.status',
  integrationMilliseconds: '$context.integrationLatency',
  integrationStatus: '$context.integrationStatus',
  integrationError: '$context.integrationErrorMessage',
  error: '$context.error.message',
  errorType: '$context.error.responseType',
} as const;

/** The stage, which shows every change at once, and its log, which is written with the account’s role. */
export function websocketStageParts(api: Api, context: Context): readonly Part[] {
  const { settings, path, place: because } = api;
  const from = { because, path };
  const logs = logsOf(api);
  const logged: Value | undefined = logs && {
    DestinationArn: attribute(logGroupAddress(api), 'Arn'),
    Format: JSON.stringify({ ...FIELDS, ...('fields' in logs ? logs.fields : {}) }),
  };
  const common = {
    ...(logs && logs.level !== 'off' && { LoggingLevel: new If(LOGS_ON, logs.level.toUpperCase(), 'OFF') }),
    // Messages never stand in a log.
    DataTraceEnabled: false,
    DetailedMetricsEnabled: settings.metrics,
  };
  const limited = routesOf(api).filter((route) => route.settings.throttle);
  const keep = context.model.protected ? 'Retain' : 'Delete';
  return [
    resource(
      httpStageAddress(api),
      {
        ApiId: ref(httpApiAddress(api)),
        StageName: stageNameOf(api),
        AutoDeploy: true,
        ...(logged !== undefined && { AccessLogSettings: new If(LOGS_ON, logged, noValue) }),
        DefaultRouteSettings: { ...common, ...limits(settings.throttle) },
        ...(limited.length > 0 && {
          RouteSettings: Object.fromEntries(
            limited.map(({ key, settings: own }) => [key, { ...common, ...limits(own.throttle ?? settings.throttle) }]),
          ),
        }),
        Tags: tagMap(settings.tags, context),
      } as never,
      {
        ...from,
        // Settings of a route are refused before there is the route.
        dependsOn: limited.map(routeAddress),
        accepted: [
          {
            rule: 'AwsSolutions-APIG1',
            reason: logs
              ? 'Access logs are on where the account has the role for them: parameter ApiGatewayLogs.'
              : 'The file turns logs off.',
          },
        ],
      },
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
            { ...from, condition: LOGS_ON, deletion: keep, replaced: keep },
          ),
        ]
      : []),
  ];
}
