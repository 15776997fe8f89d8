import { resource, type Part } from '../../cloud/part.ts';
import { attribute, ref, text, type Value } from '../../cloud/value.ts';
import type { Context } from '../../resources/meaning.ts';
import { lockOf } from '../authorization.ts';
import { patience } from '../integration.ts';
import { linkedIntegration } from '../links.ts';
import { functionOf, routesOf, type Api, type Route } from '../routes.ts';
import { isStraight, straightOf, straightRole } from '../straight/straight.ts';
import { httpApiAddress, integrationAddress, routeAddress } from './addresses.ts';
import { authorizationOf } from './authorizers.ts';

/** Each route, and what it leads to. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html */
export function routeParts(api: Api, context: Context): readonly Part[] {
  return routesOf(api).flatMap((route): readonly Part[] => {
    const from = { because: route.place, path: `${api.path}.routes.${route.key}` };
    const ApiId = ref(httpApiAddress(api));
    return [
      resource(integrationAddress(route), { ApiId, ...integrationOf(route, context) } as never, from),
      resource(
        routeAddress(route),
        {
          ApiId,
          RouteKey: route.key,
          Target: text('integrations/', ref(integrationAddress(route))),
          ...authorizationOf(route, context),
        } as never,
        { ...from, ...(isPublic(route, context) && { accepted: PUBLIC }) },
      ),
    ];
  });
}

const PUBLIC = [{ rule: 'AwsSolutions-APIG4', reason: 'The line says that everybody may call it.' }];

const isPublic = (route: Route, { model }: Context): boolean => lockOf(route, model) === 'none';

function integrationOf(route: Route, context: Context): { readonly [name: string]: Value } {
  const TimeoutInMillis = patience(route, context) * 1000;
  const fn = functionOf(route, context.model);
  if (fn) return { IntegrationType: 'AWS_PROXY', IntegrationUri: fn.arn, PayloadFormatVersion: '2.0', TimeoutInMillis };
  if (route.settings.kind === 'http')
    return {
      IntegrationType: 'HTTP_PROXY',
      IntegrationUri: context.text(route.settings.http),
      IntegrationMethod: route.settings.method ?? (route.key === '$default' ? 'ANY' : route.method),
      PayloadFormatVersion: '1.0',
      TimeoutInMillis,
      ...linkedIntegration(route, route.settings, context),
    };
  return straight(route, TimeoutInMillis, context);
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html */
function straight({ api, settings }: Route, TimeoutInMillis: number, context: Context): { readonly [name: string]: Value } {
  const way = isStraight(settings) ? straightOf(settings).http?.(settings, context) : undefined;
  if (!way || !isStraight(settings)) return {};
  return {
    IntegrationType: 'AWS_PROXY',
    IntegrationSubtype: way.subtype,
    PayloadFormatVersion: '1.0',
    CredentialsArn: attribute(straightRole(api, settings), 'Arn'),
    RequestParameters: way.parameters,
    TimeoutInMillis,
  };
}
