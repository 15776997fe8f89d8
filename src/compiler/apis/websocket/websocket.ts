import { address } from '../../cloud/address.ts';
import { resource, type Part } from '../../cloud/part.ts';
import { ref, text, type Value } from '../../cloud/value.ts';
import type { Context } from '../../resources/meaning.ts';
import { tagMap } from '../../resources/tags.ts';
import { lockOf } from '../authorization.ts';
import { httpApiAddress, integrationAddress, routeAddress } from '../http/addresses.ts';
import { authorizationOf, authorizerParts } from '../http/authorizers.ts';
import { httpDomainParts } from '../http/stage.ts';
import { lambdaUri, patience } from '../integration.ts';
import { permissionParts } from '../permissions.ts';
import { functionOf, routesOf, type Api, type Route } from '../routes.ts';
import { websocketStageParts } from './stage.ts';

/** A WebSocket API. https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api.html */
export function websocketParts(api: Api, context: Context): readonly Part[] {
  const { settings, path, place: because } = api;
  const hidden = settings.domain !== undefined && !settings.domain.defaultEndpoint;
  return [
    resource(
      httpApiAddress(api),
      {
        Name: `${context.model.stack}-${api.name}`,
        ProtocolType: 'WEBSOCKET',
        RouteSelectionExpression: settings.selection,
        ...(settings.description && { Description: context.text(settings.description) }),
        ...(hidden && { DisableExecuteApiEndpoint: true }),
        Tags: tagMap(settings.tags, context),
      } as never,
      { because, path },
    ),
    ...authorizerParts(api, context),
    ...routesOf(api).flatMap((route) => routeParts(route, context)),
    ...websocketStageParts(api, context),
    ...httpDomainParts(api, context),
    ...permissionParts(api, context),
  ];
}

/** A route, what it leads to, and its way back. https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integrations.html */
function routeParts(route: Route, context: Context): readonly Part[] {
  const { api, key, settings, place: because } = route;
  const from = { because, path: `${api.path}.routes.${key}` };
  const ApiId = ref(httpApiAddress(api));
  const fn = functionOf(route, context.model);
  const reply = settings.reply === true;
  const integration: { readonly [name: string]: Value } = {
    ApiId,
    IntegrationType: 'AWS_PROXY',
    IntegrationMethod: 'POST',
    ...(fn && { IntegrationUri: lambdaUri(fn.arn) }),
    TimeoutInMillis: patience(route, context) * 1000,
  };
  return [
    resource(integrationAddress(route), integration as never, from),
    resource(
      routeAddress(route),
      {
        ApiId,
        RouteKey: key,
        Target: text('integrations/', ref(integrationAddress(route))),
        // Who may connect is asked once, when a connection begins.
        ...(key === '$connect' && authorizationOf(route, context)),
        ...(reply && { RouteResponseSelectionExpression: '$default' }),
      } as never,
      { ...from, accepted: unlocked(route, context) },
    ),
    ...(reply
      ? [
          resource(
            address('AWS::ApiGatewayV2::RouteResponse', routeAddress(route).names, 'Response'),
            { ApiId, RouteId: ref(routeAddress(route)), RouteResponseKey: '$default' },
            from,
          ),
        ]
      : []),
  ];
}

function unlocked(route: Route, { model }: Context) {
  const rule = 'AwsSolutions-APIG4';
  if (lockOf(route, model) === 'none') return [{ rule, reason: 'The line says that everybody may call it.' }];
  return route.key === '$connect' ? [] : [{ rule, reason: 'Who may connect was asked by $connect, the only route AWS asks on.' }];
}
