import { arn, ref, text, type Value } from '../cloud/value.ts';
import type { Context, EndpointDemand } from '../resources/meaning.ts';
import { apiAddress } from './addresses.ts';
import type { Api } from './routes.ts';

const settingsOf = ({ settings }: Api) =>
  settings.private === undefined || settings.private === false ? undefined : settings.private === true ? {} : settings.private;

export const isPrivate = (api: Api): boolean => settingsOf(api) !== undefined;

/** The endpoint a private API is reached through: one that exists, else one in the VPC. */
export function endpointsFor(api: Api): readonly EndpointDemand[] {
  const own = settingsOf(api);
  if (!own || ('endpoint' in own && own.endpoint !== undefined)) return [];
  return [
    {
      service: 'execute-api',
      from: ('from' in own ? own.from : undefined) ?? [],
      allows: [{ actions: ['execute-api:Invoke'], on: [arn('execute-api', text(ref(apiAddress(api)), '/*'))] }],
      because: api.written.at('private').key ?? api.place,
      path: api.path,
    },
  ];
}

export function endpointConfiguration(api: Api): Value {
  const own = settingsOf(api);
  if (!own) return { Types: [api.settings.endpoint === 'edge' ? 'EDGE' : 'REGIONAL'] };
  return { Types: ['PRIVATE'], ...('endpoint' in own && own.endpoint !== undefined && { VpcEndpointIds: [own.endpoint] }) };
}

/**
 * Nobody from elsewhere. The policy names the VPC, not its endpoint: the endpoint’s own policy names this API, and the
 * two would wait for each other. https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
 */
export function resourcePolicy(api: Api, context: Context): { readonly Policy?: Value } {
  const own = settingsOf(api);
  if (!own) return {};
  const from: { readonly [key: string]: Value } =
    'endpoint' in own && own.endpoint !== undefined ? { 'aws:SourceVpce': own.endpoint } : { 'aws:SourceVpc': context.network.id };
  const all = { Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' } as const;
  return {
    Policy: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', ...all },
        { Effect: 'Deny', ...all, Condition: { StringNotEquals: from } },
      ],
    },
  };
}
