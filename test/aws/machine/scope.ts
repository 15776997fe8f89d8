import { described, isCustom } from '../template/types.ts';
import type { Scope } from '../template/resolve.ts';
import { holds, resolve } from '../template/resolve.ts';
import type { ResourceDefinition } from '../template/template.ts';
import { isTree, type Value } from '../tree.ts';
import { partitionOf, type Cloud } from './cloud.ts';
import type { Made, Stack } from './stack.ts';

const suffixOf = (region: string): string => (region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com');

/** What the names of a template stand for in a stack. `live`: also its resources, as they are. */
export function scopeOf(cloud: Cloud, stack: Stack, made: Made, live: boolean): Scope {
  return {
    template: made.template,
    parameter: (name) => pseudo(stack, name) ?? parameterOf(cloud, made, name),
    resource: (id) => (live ? stack.resource(id)?.physicalId || undefined : undefined),
    attribute: (id, name) => (live ? attributeOf(cloud, stack, id, name) : undefined),
    imported: (name) => exported(cloud, stack)(name),
  };
}

function parameterOf(cloud: Cloud, made: Made, name: string): Value | undefined {
  const definition = made.template.Parameters[name];
  const value = made.parameters[name];
  if (!definition || value === undefined) return undefined;
  if (definition.Type.startsWith('AWS::SSM::Parameter::Value<')) return cloud.script.parameters.get(value);
  return /^(CommaDelimitedList|List<)/.test(definition.Type) ? value.split(',').map((one) => one.trim()) : value;
}

function pseudo(stack: Stack, name: string): Value | undefined {
  switch (name) {
    case 'AWS::Region':
      return stack.region;
    case 'AWS::AccountId':
      return stack.account;
    case 'AWS::StackName':
      return stack.name;
    case 'AWS::StackId':
      return stack.id;
    case 'AWS::Partition':
      return partitionOf(stack.region);
    case 'AWS::URLSuffix':
      return suffixOf(stack.region);
    case 'AWS::NotificationARNs':
      return stack.settings.notificationArns;
    default:
      return undefined;
  }
}

/** An attribute the service gives, else the property of that name. */
function attributeOf(cloud: Cloud, stack: Stack, id: string, name: string): Value | undefined {
  const resource = stack.resource(id);
  if (!resource?.physicalId) return undefined;
  if (resource.nested) return resource.nested.outputs.find(({ key }) => `Outputs.${key}` === name)?.value;
  const thing = cloud.world.named(stack.region, resource.type, resource.physicalId);
  const given = thing?.attributes[name];
  if (given !== undefined) return given;
  const property = name
    .split('.')
    .reduce<Value | undefined>((value, part) => (isTree(value) ? value[part] : undefined), resource.properties);
  if (property !== undefined) return property;
  return isCustom(resource.type) || described(resource.type).attributes.length === 0 ? `${resource.physicalId}.${name}` : undefined;
}

const exported =
  (cloud: Cloud, { region, account }: Stack) =>
  (name: string): string | undefined =>
    cloud.stacks
      .filter((stack) => stack.region === region && stack.account === account && !stack.gone)
      .flatMap(({ outputs }) => outputs)
      .find(({ exportName }) => exportName === name)?.value;

/** The resources whose conditions hold. */
export const wanted = (made: Made, scope: Scope): readonly (readonly [string, ResourceDefinition])[] =>
  Object.entries(made.template.Resources).filter(([, { Condition }]) => Condition === undefined || holds(Condition, scope));

/** The exports of other stacks that a template uses. */
export function importsOf(made: Made, scope: Scope): readonly string[] {
  const names: string[] = [];
  const look = (value: Value | undefined): void => {
    if (Array.isArray(value)) return value.forEach(look);
    if (!isTree(value)) return;
    const name = value['Fn::ImportValue'];
    if (name !== undefined) names.push(String(resolve(name, scope)));
    Object.values(value).forEach(look);
  };
  for (const [, { Properties }] of wanted(made, scope)) look(Properties);
  for (const { Value } of Object.values(made.template.Outputs)) look(Value);
  return [...new Set(names)];
}
