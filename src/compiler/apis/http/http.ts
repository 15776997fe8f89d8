import { resource, type Part } from '../../cloud/part.ts';
import type { Context } from '../../resources/meaning.ts';
import { tagMap } from '../../resources/tags.ts';
import { corsRules } from '../cors.ts';
import { permissionParts } from '../permissions.ts';
import type { Api } from '../routes.ts';
import { straightRoles } from '../straight/straight.ts';
import { httpApiAddress } from './addresses.ts';
import { authorizerParts } from './authorizers.ts';
import { routeParts } from './routes.ts';
import { httpStageParts } from './stage.ts';

/** An HTTP API. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api.html */
export function httpApiParts(api: Api, context: Context): readonly Part[] {
  const { settings, path, place: because } = api;
  const hidden = settings.domain !== undefined && !settings.domain.defaultEndpoint;
  return [
    resource(
      httpApiAddress(api),
      {
        Name: `${context.model.stack}-${api.name}`,
        ProtocolType: 'HTTP',
        ...(settings.description && { Description: context.text(settings.description) }),
        ...cors(api),
        ...(hidden && { DisableExecuteApiEndpoint: true }),
        Tags: tagMap(settings.tags, context),
      } as never,
      { because, path },
    ),
    ...authorizerParts(api, context),
    ...routeParts(api, context),
    ...httpStageParts(api, context),
    ...permissionParts(api, context),
    ...straightRoles(api, context),
  ];
}

/** An HTTP API answers preflights and marks every answer by itself. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html */
function cors(api: Api) {
  const rules = corsRules(api);
  if (!rules) return {};
  const methods = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];
  return {
    CorsConfiguration: {
      AllowOrigins: [...rules.origins],
      AllowHeaders: [...rules.headers],
      AllowMethods: methods,
      ...(rules.credentials && { AllowCredentials: true }),
      ...(rules.expose.length > 0 && { ExposeHeaders: [...rules.expose] }),
      ...(rules.maxAge !== undefined && { MaxAge: rules.maxAge }),
    },
  };
}
