import { isTree, type Tree, type Value } from '../tree.ts';
import { validationError, type Refusal } from '../wire.ts';
import { needs, references, type Reference } from './references.ts';
import { dependsOn } from './references.ts';
import { parsed, type ResourceDefinition, type Template } from './template.ts';
import { described, isResourceType } from './types.ts';

const format = (message: string): Refusal => validationError(`Template format error: ${message}`);

const SECTIONS = [
  'AWSTemplateFormatVersion',
  'Description',
  'Metadata',
  'Parameters',
  'Rules',
  'Mappings',
  'Conditions',
  'Transform',
  'Resources',
  'Outputs',
  'Hooks',
  'Globals',
];

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
export const LIMITS = {
  inlineBytes: 51_200,
  bytes: 1_000_000,
  resources: 500,
  parameters: 200,
  outputs: 200,
  mappings: 200,
  description: 1024,
  value: 4096,
} as const;

const section = (tree: Tree, name: string): Tree => {
  const value = tree[name];
  if (value === undefined || value === null) return {};
  if (!isTree(value)) throw format(`${name} must be an object.`);
  return value;
};

/** Reads a template and refuses what CloudFormation refuses when it is sent. */
export function checked(text: string): Template {
  if (Buffer.byteLength(text) > LIMITS.bytes) throw validationError('Template may not exceed 1000000 bytes in size.');
  const tree = parsed(text);
  const unknown = Object.keys(tree).filter((name) => !SECTIONS.includes(name));
  if (unknown.length > 0) throw validationError(`Invalid template property or properties [${unknown.join(', ')}]`);
  const template = {
    ...(typeof tree['Description'] === 'string' ? { Description: tree['Description'] } : {}),
    ...(isTree(tree['Metadata']) ? { Metadata: tree['Metadata'] } : {}),
    ...(tree['Transform'] === undefined ? {} : { Transform: tree['Transform'] }),
    Parameters: section(tree, 'Parameters'),
    Mappings: section(tree, 'Mappings'),
    Conditions: section(tree, 'Conditions'),
    Resources: section(tree, 'Resources'),
    Outputs: section(tree, 'Outputs'),
  } as unknown as Template;
  checkSize(tree, template);
  for (const [name, resource] of Object.entries(template.Resources)) checkResource(name, resource);
  checkTypes(template);
  checkReferences(template);
  checkCircles(template);
  return template;
}

function checkSize(tree: Tree, { Resources, Outputs, Parameters, Mappings }: Template): void {
  const version = tree['AWSTemplateFormatVersion'];
  if (version !== undefined && version !== '2010-09-09') throw format(`Unrecognized template version: ${String(version)}`);
  const description = tree['Description'];
  if (typeof description === 'string' && Buffer.byteLength(description) > LIMITS.description)
    throw format("Template 'Description' length is greater than 1024.");
  if (Object.keys(Resources).length === 0) throw format('At least one Resources member must be defined.');
  for (const [what, things, most] of [
    ['resources', Resources, LIMITS.resources],
    ['outputs', Outputs, LIMITS.outputs],
    ['parameters', Parameters, LIMITS.parameters],
    ['mappings', Mappings, LIMITS.mappings],
  ] as const) {
    const count = Object.keys(things).length;
    if (count > most) throw format(`Number of ${what}, ${count}, is greater than maximum allowed, ${most}`);
  }
}

const MEMBERS = [
  'Type',
  'Properties',
  'DependsOn',
  'Condition',
  'DeletionPolicy',
  'UpdateReplacePolicy',
  'Metadata',
  'UpdatePolicy',
  'CreationPolicy',
];
const POLICIES = ['Delete', 'Retain', 'Snapshot', 'RetainExceptOnCreate'];

function checkResource(name: string, resource: unknown): void {
  if (!/^[A-Za-z0-9]{1,255}$/.test(name)) throw format(`Resource name ${name} is non alphanumeric.`);
  if (!isTree(resource)) throw format('Any Resources member must be an object.');
  if (typeof resource['Type'] !== 'string') throw format(`[/Resources/${name}] Every Resources object must contain a Type member.`);
  const unknown = Object.keys(resource).find((member) => !MEMBERS.includes(member));
  if (unknown !== undefined) throw validationError(`Invalid template resource property '${unknown}'`);
  for (const policy of ['DeletionPolicy', 'UpdateReplacePolicy'])
    if (resource[policy] !== undefined && typeof resource[policy] === 'string' && !POLICIES.includes(resource[policy]))
      throw format(`Unrecognized ${policy} ${resource[policy]} for resource ${name}`);
}

function checkTypes({ Resources }: Template): void {
  const unknown = [...new Set(Object.values(Resources).map(({ Type }) => Type))].filter((type) => !isResourceType(type));
  if (unknown.length > 0) throw format(`Unrecognized resource types: [${unknown.join(', ')}]`);
}

function checkReferences(template: Template): void {
  const isThere = (name: string): boolean => name in template.Resources || name in template.Parameters || name.startsWith('AWS::');
  const lost = new Set<string>();
  for (const definition of Object.values(template.Resources)) {
    for (const name of dependsOn(definition)) if (!(name in template.Resources)) lost.add(name);
    for (const reference of references(definition.Properties)) {
      checkAttribute(template, reference);
      if (reference.attribute === undefined && !isThere(reference.name)) lost.add(reference.name);
    }
    checkConditions(template, definition.Properties);
    if (definition.Condition !== undefined && !(definition.Condition in template.Conditions))
      throw format(`Template error: Condition ${definition.Condition} is not defined.`);
  }
  if (lost.size > 0) throw format(`Unresolved resource dependencies [${[...lost].join(', ')}] in the Resources block of the template`);
  for (const [name, output] of Object.entries(template.Outputs)) checkOutput(template, name, output, isThere);
}

function checkAttribute(template: Template, { name, attribute }: Reference): void {
  if (attribute === undefined) return;
  const resource = template.Resources[name];
  if (!resource) throw validationError(`Template error: instance of Fn::GetAtt references undefined resource ${name}`);
  if (!supports(resource, attribute))
    throw validationError(`Template error: resource ${name} does not support attribute type ${attribute} in Fn::GetAtt`);
}

/** Attributes a type lists; its properties are not attributes. Types the fake does not know have any. */
function supports({ Type }: ResourceDefinition, attribute: string): boolean {
  const { attributes, properties } = described(Type);
  const isOpen =
    Object.keys(properties).length === 0 ||
    Type === 'AWS::CloudFormation::Stack' ||
    Type.startsWith('Custom::') ||
    Type === 'AWS::CloudFormation::CustomResource';
  return isOpen || attributes.some((one) => one === attribute || one.startsWith(`${attribute}.`) || attribute.startsWith(`${one}.`));
}

function checkConditions(template: Template, value: Value | undefined): void {
  if (Array.isArray(value)) return value.forEach((one) => checkConditions(template, one));
  if (!isTree(value)) return;
  const branch = value['Fn::If'];
  if (Array.isArray(branch) && !(String(branch[0]) in template.Conditions))
    throw validationError(`Template error: unresolved condition dependency ${String(branch[0])} in the Fn::If function`);
  for (const inside of Object.values(value)) checkConditions(template, inside);
}

function checkOutput(template: Template, name: string, output: unknown, isThere: (name: string) => boolean): void {
  if (!isTree(output) || output['Value'] === undefined) throw format(`Every Outputs member must contain a Value object`);
  const unknown = Object.keys(output).filter((member) => !['Value', 'Description', 'Condition', 'Export'].includes(member));
  if (unknown.length > 0) throw format(`Invalid outputs property : [${unknown.join(', ')}]`);
  if (!/^[A-Za-z0-9]+$/.test(name)) throw format(`Output name ${name} is non alphanumeric.`);
  for (const reference of references(output['Value'])) {
    checkAttribute(template, reference);
    if (!isThere(reference.name)) throw format(`Unresolved resource dependencies [${reference.name}] in the Outputs block of the template`);
  }
}

function checkCircles(template: Template): void {
  const done = new Set<string>();
  const circle = (id: string, way: readonly string[]): readonly string[] => {
    if (way.includes(id)) return way.slice(way.indexOf(id));
    if (done.has(id)) return [];
    const definition = template.Resources[id];
    for (const next of definition ? needs(template, definition) : []) {
      const found = circle(next, [...way, id]);
      if (found.length > 0) return found;
    }
    done.add(id);
    return [];
  };
  for (const id of Object.keys(template.Resources)) {
    const found = circle(id, []);
    if (found.length > 0) throw validationError(`Circular dependency between resources: [${[...found].sort().join(', ')}]`);
  }
}
