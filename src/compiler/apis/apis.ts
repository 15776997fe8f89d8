import { resource, type Part } from '../cloud/part.ts';
import { arn, ref, region, text, urlSuffix } from '../cloud/value.ts';
import type { Context, Meaning, Piece } from '../resources/meaning.ts';
import { tagList } from '../resources/tags.ts';
import { apiAddress, stageNameOf } from './addresses.ts';
import { domainParts } from './domain.ts';
import { wafParts } from './extras.ts';
import { httpApiParts } from './http/http.ts';
import { openApi } from './openapi.ts';
import { permissionParts } from './permissions.ts';
import { endpointConfiguration, endpointsFor, resourcePolicy } from './private.ts';
import type { Api } from './routes.ts';
import { stageParts } from './stage.ts';
import { straightRoles } from './straight/straight.ts';
import { verifyApi } from './verify.ts';

/** The logical id is the same for every type of API, which cannot change. */
const idOf = (api: Api): Piece => ref(apiAddress(api));

const hostOf = (api: Api, context: Context): Piece =>
  api.settings.domain ? context.text(api.settings.domain.name) : text(idOf(api), '.execute-api.', region, '.', urlSuffix);

function urlOf(api: Api, context: Context): Piece {
  const { domain } = api.settings;
  const stage = stageNameOf(api);
  const path = domain ? domain.path : stage;
  return text('https://', hostOf(api, context), path === undefined || path === '$default' ? '' : `/${path}`);
}

/** An API over HTTP; a REST API is one document, one deployment for each content of it, one stage. https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-rest-api.html */
export const apis: Meaning<'apis'> = {
  service: 'execute-api',
  arn: (api) => arn('execute-api', text(idOf(api), '/', stageNameOf(api), '/*')),
  attributes: {
    '': urlOf,
    url: urlOf,
    id: idOf,
    stage: stageNameOf,
    domain: hostOf,
  },
  verify: verifyApi,
  endpoints: endpointsFor,
  expand: (api, context) => (api.settings.type === 'http' ? httpApiParts(api, context) : restApiParts(api, context)),
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
