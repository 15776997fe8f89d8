import { variableOf } from '../../runtime/contract.ts';
import { arn, ref, region, text, urlSuffix } from '../cloud/value.ts';
import type { Thing } from '../resolve/model.ts';
import { apiAddress, stageNameOf } from './api-addresses.ts';
import type { Context, Meaning, Piece } from './meaning.ts';

type Api = Thing<'apis'>;

/** The logical id is the same for every type of API, which cannot change. */
const idOf = (api: Api): Piece => ref(apiAddress(api));

const ownHost = (api: Api): Piece => text(idOf(api), '.execute-api.', region, '.', urlSuffix);

const hostOf = (api: Api, context: Context): Piece => (api.settings.domain ? context.text(api.settings.domain.name) : ownHost(api));

const behind = (path: string | undefined): string => (path === undefined || path === '$default' ? '' : `/${path}`);

function addressBy(scheme: 'https' | 'wss', api: Api, context: Context): Piece {
  const { domain } = api.settings;
  return text(`${scheme}://`, hostOf(api, context), behind(domain ? domain.path : stageNameOf(api)));
}

const urlOf = (api: Api, context: Context): Piece => addressBy(api.settings.type === 'websocket' ? 'wss' : 'https', api, context);

/**
 * Where messages to connections are sent: AWS’s own address, unless it is closed.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html
 */
function endpointOf(api: Api, context: Context): Piece {
  const { domain } = api.settings;
  return domain && !domain.defaultEndpoint ? addressBy('https', api, context) : text('https://', ownHost(api), behind(stageNameOf(api)));
}

/** An API as something others refer to. What it becomes stands in the room of APIs. */
export const connectable: Meaning<'apis'> = {
  service: 'execute-api',
  arn: (api) => arn('execute-api', text(idOf(api), '/', stageNameOf(api), '/*')),
  attributes: {
    '': urlOf,
    url: urlOf,
    endpoint: endpointOf,
    id: idOf,
    stage: stageNameOf,
    domain: hostOf,
  },
  access: {
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-control-access-iam.html
    send: (api, _, context) => ({
      statements: [
        {
          actions: ['execute-api:ManageConnections'],
          on: [arn('execute-api', text(idOf(api), '/', stageNameOf(api), '/POST/@connections/*'))],
          accepted: [{ rule: 'AwsSolutions-IAM5', reason: 'Connections come and go; their ids are known only while they stand.' }],
        },
      ],
      variables: [{ name: variableOf('api', api.called), value: endpointOf(api, context) }],
    }),
  },
  expand: () => [],
};
