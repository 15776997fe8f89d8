import { address } from '../../cloud/address.ts';
import { resource, type Part } from '../../cloud/part.ts';
import { attribute, ref, type Value } from '../../cloud/value.ts';
import { retention } from '../../resources/function-parts.ts';
import type { Context } from '../../resources/meaning.ts';
import { systemKeyId } from '../../resources/system-key.ts';
import { tagList, tagMap } from '../../resources/tags.ts';
import { logGroupAddress, stageNameOf } from '../../resources/api-addresses.ts';
import { mutualTls } from '../extras.ts';
import { certificateParts, recordParts } from '../domain.ts';
import { routesOf, type Api } from '../routes.ts';
import { httpApiAddress, httpDomainAddress, httpStageAddress, routeAddress } from './addresses.ts';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html */
const FIELDS = {
  requestId: '$context.requestId',
  requestTime: '$context.requestTime',
  ip: '$context.identity.sourceIp',
  subject: '$context.authorizer.claims.sub',
  method: '$context.httpMethod',
  route: '$context.routeKey',
  path: '$context.path',
  protocol: '$context.protocol',
  status: '$context.status',
  bytes: '$context.responseLength',
  milliseconds: '$context.responseLatency',
  integrationMilliseconds: '$context.integrationLatency',
  integrationStatus: '$context.integrationStatus',
  integrationError: '$context.integrationErrorMessage',
  authorizerError: '$context.authorizer.error',
  error: '$context.error.message',
  errorType: '$context.error.responseType',
} as const;

/** The stage, which shows every change at once, and its log. */
export function httpStageParts(api: Api, context: Context): readonly Part[] {
  const { settings, path, place: because } = api;
  const from = { because, path };
  const { logs, throttle, metrics } = settings;
  const limits = ({ rate, burst }: typeof throttle) => ({ ThrottlingRateLimit: rate.amount, ThrottlingBurstLimit: burst });
  const limited = routesOf(api).filter((route) => route.settings.throttle);
  const said = typeof logs === 'object' ? logs : undefined;
  return [
    resource(
      httpStageAddress(api),
      {
        ApiId: ref(httpApiAddress(api)),
        StageName: stageNameOf(api),
        AutoDeploy: true,
        DefaultRouteSettings: { ...limits(throttle), DetailedMetricsEnabled: metrics },
        ...(limited.length > 0 && {
          RouteSettings: Object.fromEntries(
            limited.map(({ key, settings: own }): [string, Value] => [key, limits(own.throttle ?? throttle)]),
          ),
        }),
        ...(logs !== false && {
          AccessLogSettings: {
            DestinationArn: attribute(logGroupAddress(api), 'Arn'),
            Format: JSON.stringify({ ...FIELDS, ...said?.fields }),
          },
        }),
        Tags: tagMap(settings.tags, context),
      } as never,
      {
        ...from,
        // Settings of a route are refused before there is the route.
        dependsOn: limited.map(routeAddress),
        ...(logs === false && { accepted: [{ rule: 'AwsSolutions-APIG1', reason: 'The file turns logs off.' }] }),
      },
    ),
    ...(logs === false
      ? []
      : [
          resource(
            logGroupAddress(api),
            { ...retention(said?.retention, context), ...systemKeyId(undefined, context), ...tagList(settings.tags, context) },
            { ...from, deletion: context.model.protected ? 'Retain' : 'Delete', replaced: context.model.protected ? 'Retain' : 'Delete' },
          ),
        ]),
    ...httpDomainParts(api, context),
  ];
}

/** The API’s own address, also of a WebSocket API. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-custom-domain-names.html */
export function httpDomainParts(api: Api, context: Context): readonly Part[] {
  const { domain: said } = api.settings;
  if (!said) return [];
  const own = httpDomainAddress(api);
  const from = { because: api.written.at('domain').key ?? api.place, path: `${api.path}.domain` };
  const { certificate, parts } = certificateParts(api, said, context);
  return [
    ...parts,
    resource(
      own,
      {
        DomainName: context.text(said.name),
        DomainNameConfigurations: [{ CertificateArn: certificate, EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2' }],
        ...mutualTls(said.clientCertificates, context),
        Tags: tagMap(api.settings.tags, context),
      } as never,
      from,
    ),
    resource(
      address('AWS::ApiGatewayV2::ApiMapping', { name: api.name, word: 'Api' }, 'Mapping'),
      {
        ApiId: ref(httpApiAddress(api)),
        DomainName: ref(own),
        Stage: ref(httpStageAddress(api)),
        ...(said.path !== undefined && { ApiMappingKey: said.path }),
      },
      from,
    ),
    ...recordParts(
      api,
      said,
      { DNSName: attribute(own, 'RegionalDomainName'), HostedZoneId: attribute(own, 'RegionalHostedZoneId') },
      context,
    ),
  ];
}
