import { arn, ref, text, type Value } from '../cloud/value.ts';
import type { Context, EndpointDemand } from '../resources/meaning.ts';
import { apiAddress } from '../resources/api-addresses.ts';
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
  const { ipAddressType } = api.settings;
  const ip = ipAddressType === undefined ? {} : { IpAddressType: ipAddressType };
  if (!own) return { Types: [api.settings.endpoint === 'edge' ? 'EDGE' : 'REGIONAL'], ...ip };
  return { Types: ['PRIVATE'], ...ip, ...('endpoint' in own && own.endpoint !== undefined && { VpcEndpointIds: [own.endpoint] }) };
}

/**
 * Nobody from elsewhere. The policy names the VPC, not its endpoint: the endpoint’s own policy names this API, and the
 * two would wait for each other. https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
 */
export function resourcePolicy(api: Api, context: Context): { readonly Policy?: Value } {
  const own = settingsOf(api);
  const { policy } = api.settings;
  if (!own) return policy ? { Policy: policyOf(api, {}) } : {};
  const from: { readonly [key: string]: Value } =
    'endpoint' in own && own.endpoint !== undefined ? { 'aws:SourceVpce': own.endpoint } : { 'aws:SourceVpc': context.network.id };
  return { Policy: policyOf(api, from) };
}

/**
 * Everybody from there and nobody from elsewhere. A condition that is negated holds where its key is absent, and all of one
 * statement must hold: whoever comes from one of several networks is let through.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
function policyOf(api: Api, own: { readonly [key: string]: Value }): Value {
  const { allow, deny } = api.settings.policy ?? {};
  const ip = isPrivate(api) ? 'aws:VpcSourceIp' : 'aws:SourceIp';
  const [vpcs, endpoints] = [allow?.vpcs ?? [], allow?.endpoints ?? []];
  const from = joined(joined(own, 'aws:SourceVpc', vpcs), 'aws:SourceVpce', endpoints);
  const all = { Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' } as const;
  const denied = (Condition: Value): Value => ({ Effect: 'Deny', ...all, Condition });
  const { Resource: _, ...anything } = all;
  const signed = (Condition: Value): Value =>
    api.settings.cors ? { Effect: 'Deny', ...anything, NotResource: 'execute-api:/*/OPTIONS/*', Condition } : denied(Condition);
  return {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', ...all },
      ...(Object.keys(from).length > 0 ? [denied({ StringNotEquals: from })] : []),
      ...(allow?.ranges ? [denied({ NotIpAddress: { [ip]: allow.ranges } })] : []),
      // A preflight is not signed, and asks for nothing.
      ...(allow?.accounts ? [signed({ StringNotEquals: { 'aws:PrincipalAccount': allow.accounts } })] : []),
      ...(deny?.accounts ? [denied({ StringEquals: { 'aws:PrincipalAccount': deny.accounts } })] : []),
      ...(deny?.ranges ? [denied({ IpAddress: { [ip]: deny.ranges } })] : []),
      ...(deny?.vpcs ? [denied({ StringEquals: { 'aws:SourceVpc': deny.vpcs } })] : []),
      ...(deny?.endpoints ? [denied({ StringEquals: { 'aws:SourceVpce': deny.endpoints } })] : []),
    ],
  };
}

function joined(to: { readonly [key: string]: Value }, key: string, more: readonly string[]): { readonly [key: string]: Value } {
  const own = to[key];
  if (more.length === 0) return to;
  return { ...to, [key]: own === undefined ? more : [own, ...more] };
}
