import { resource, type Part } from '../cloud/part.ts';
import { connectable } from '../resources/connectable.ts';
import type { Context, Meaning } from '../resources/meaning.ts';
import { tagList } from '../resources/tags.ts';
import { apiAddress } from '../resources/api-addresses.ts';
import { domainParts } from './domain.ts';
import { wafParts } from './wall.ts';
import { httpApiParts } from './http/http.ts';
import { openApi } from './openapi.ts';
import { permissionParts } from './permissions.ts';
import { endpointConfiguration, endpointsFor, resourcePolicy } from './private.ts';
import type { Api } from './routes.ts';
import { stageParts } from './stage.ts';
import { straightRoles } from './straight/straight.ts';
import { verifyApi } from './verify.ts';
import { websocketParts } from './websocket/websocket.ts';

/** An API over HTTP; a REST API is one document, one deployment for each content of it, one stage. https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-rest-api.html */
export const apis: Meaning<'apis'> = {
  ...connectable,
  verify: verifyApi,
  endpoints: endpointsFor,
  // Routes and their permissions are resources of their own, except those of a REST API.
  // One that was refused has no settings to look at.
  standsAlone: ({ written, settings }) => written.broken || settings.type !== 'rest',
  expand: (api, context) => types[api.settings.type](api, context),
};

const types: { readonly [T in Api['settings']['type']]: (api: Api, context: Context) => readonly Part[] } = {
  rest: restApiParts,
  http: httpApiParts,
  websocket: websocketParts,
};

function restApiParts(api: Api, context: Context): readonly Part[] {
  const { settings, path, place: because } = api;
  const hidden = settings.domain !== undefined && !settings.domain.defaultEndpoint;
  // All of this is in force only from a deployment on, so a change of it makes another one.
  const content = {
    Body: openApi(api, context),
    EndpointConfiguration: endpointConfiguration(api),
    ...(hidden && { DisableExecuteApiEndpoint: true }),
    ...(settings.compression !== undefined && { MinimumCompressionSize: settings.compression * 1024 }),
    ...resourcePolicy(api, context),
  };
  return [
    resource(
      apiAddress(api),
      {
        // A label, the same as the document’s title; it need not be unique.
        Name: `${context.model.stack}-${api.name}`,
        ...content,
        ...tagList(settings.tags, context),
      } as never,
      {
        because,
        path,
        accepted: [
          {
            rule: 'AwsSolutions-APIG2',
            reason: 'Bodies and parameters are validated where a route says what they must be; handlers judge the rest.',
          },
        ],
      },
    ),
    ...stageParts(api, content, context),
    ...permissionParts(api, context),
    ...straightRoles(api, context),
    ...domainParts(api, context),
    ...wafParts(api, context),
  ];
}
