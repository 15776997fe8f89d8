import { digestOf } from '../cloud/digest.ts';
import type { Override } from '../cloud/part.ts';
import type { Value } from '../cloud/value.ts';
import type { TemplateResource } from './emit.ts';
import { render, type Json } from './render.ts';

type Resources = Readonly<Record<string, TemplateResource>>;
type Properties = { readonly [key: string]: Json };

/**
 * A deployment is a copy of its API, and is named by the content: what the content alone does not tell must change that name too, or
 * the stage would go on showing the API as it was. That is a patch of the API, and whatever makes CloudFormation put another
 * resource in the place of one the API calls. https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-deploy-api.html
 */
export function deployedAnew(resources: Resources, changed: ReadonlyMap<string, Override>): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const [id, { Type, Properties }] of Object.entries(resources)) {
    if (Type !== 'AWS::ApiGateway::Deployment') continue;
    const [api] = referredTo(Properties?.['RestApiId']);
    if (api === undefined) continue;
    const patch = changed.get(api)?.patch;
    const identities = [...new Set(referredTo(resources[api]?.Properties?.['Body']))].sort().flatMap((one) => identityOf(one, resources));
    if (patch !== undefined || identities.length > 0)
      names.set(id, id.replace(/[0-9a-f]{16}$/, digestOf([id, patch === undefined ? null : render(patch), ...identities] as Value)));
  }
  return names;
}

/** What CloudFormation cannot change without another resource in its place, and so another ARN. */
const FIXED = [
  'FunctionName',
  'TenancyConfig',
  'Path',
  'RoleName',
  'Name',
  'QueueName',
  'TopicName',
  'StateMachineName',
  'StateMachineType',
];

function identityOf(id: string, resources: Resources): readonly Json[] {
  const properties = resources[id]?.Properties ?? {};
  return FIXED.flatMap((name) => (properties[name] === undefined ? [] : [[id, name, properties[name]]]));
}

/** The logical ids that a value refers to. */
function referredTo(value: Json | undefined): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(referredTo);
  return Object.entries(value).flatMap(([key, item]) => {
    if (key === 'Ref' && typeof item === 'string') return [item];
    if (key === 'Fn::GetAtt' && Array.isArray(item) && typeof item[0] === 'string') return [item[0]];
    if (key === 'Fn::Sub' && typeof item === 'string')
      return [...item.matchAll(/\$\{([A-Za-z0-9]+)(?:\.[^}]*)?\}/g)].map(([, id = '']) => id);
    return referredTo(item);
  });
}

/** The resources under their new names, and what refers to them. */
export function renamed(resources: Resources, names: ReadonlyMap<string, string>): Resources {
  if (names.size === 0) return resources;
  const refer = (value: Json): Json => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(refer);
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        key === 'Ref' && typeof item === 'string' ? (names.get(item) ?? item) : refer(item),
      ]),
    );
  };
  return Object.fromEntries(
    Object.entries(resources).map(([id, one]) => [
      names.get(id) ?? id,
      one.Properties ? { ...one, Properties: refer(described(id, one.Properties, names)) as Properties } : one,
    ]),
  );
}

/** A deployment tells its content by the digits of its name. */
function described(id: string, properties: Properties, names: ReadonlyMap<string, string>): Properties {
  const name = names.get(id);
  const { Description } = properties;
  if (name === undefined || typeof Description !== 'string') return properties;
  return { ...properties, Description: Description.replace(id.slice(-16), name.slice(-16)) };
}
