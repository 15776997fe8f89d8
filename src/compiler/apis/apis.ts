import { resource } from '../cloud/part.ts';
import { arn, ref, region, text, urlSuffix } from '../cloud/value.ts';
import type { Context, Meaning, Piece } from '../resources/meaning.ts';
import { tagList } from '../resources/tags.ts';
import { apiAddress } from './addresses.ts';
import { domainParts } from './domain.ts';
import { openApi } from './openapi.ts';
import { permissionParts } from './permissions.ts';
import { endpointConfiguration, endpointsFor, resourcePolicy } from './private.ts';
import type { Api } from './routes.ts';
import { stageParts } from './stage.ts';
import { streamRoles } from './stream-route.ts';
import { verifyApi } from './verify.ts';

const hostOf = (api: Api, context: Context): Piece =>
  api.settings.domain ? context.text(api.settings.domain.name) : text(ref(apiAddress(api)), '.execute-api.', region, '.', urlSuffix);

function urlOf(api: Api, context: Context): Piece {
  const { domain, stage } = api.settings;
  const path = domain ? domain.path : stage;
  return text('https://', hostOf(api, context), path === undefined ? '' : `/${path}`);
}

/** A REST API: one document, one deployment for each content of it, one stage. https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-rest-api.html */
export const apis: Meaning<'apis'> = {
  service: 'execute-api',
  arn: (api) => arn('execute-api', text(ref(apiAddress(api)), '/', api.settings.stage, '/*')),
  attributes: {
    '': urlOf,
    url: urlOf,
    id: (api) => ref(apiAddress(api)),
    stage: (api) => api.settings.stage,
    domain: hostOf,
  },
  verify: verifyApi,
  endpoints: endpointsFor,
  expand(api, context) {
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
      ...streamRoles(api, context),
      ...domainParts(api, context),
    ];
  },
};
