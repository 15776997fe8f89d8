import { createHash } from 'node:crypto';
import type { Adoption, Origins, Template } from '../compiler/emit/emit.ts';
import type { SystemStack } from '../compiler/emit/stacks/split.ts';
import { faults } from './faults.ts';
import { stop } from './fault.ts';
import type { StackState } from './aws/stacks.ts';

/** What a stack is to become. */
export interface Target {
  readonly stack: string;
  readonly template: Template;
  /** The lines that asked for each resource. */
  readonly origins: Origins;
  readonly stage: string;
  readonly protected: boolean;
  /** Values for the template’s parameters, as far as they were given. */
  readonly given: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly role: string | undefined;
  /** What exists already and is taken into the stack. */
  readonly adopts?: readonly Adoption[];
  /** By the parameter: the stack deployed before, and the output of it that is its value. */
  readonly handed?: SystemStack['handed'];
  /** Handed over with the call: there is no bucket yet. */
  readonly inline?: true;
}

export interface Parameter {
  readonly name: string;
  /** Nothing where the stack’s own value stays. */
  readonly value: string | undefined;
}

/** The text that is handed to CloudFormation: the same template is the same text. */
export function textOf({ template }: Pick<Target, 'template'>): string {
  return JSON.stringify(template);
}

export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/**
 * What CloudFormation asks to be acknowledged: nothing, roles, or roles with names. The compiler writes no macro, so that the
 * third capability is never given. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html
 */
export function capabilitiesOf({ template }: Pick<Target, 'template'>): readonly ('CAPABILITY_IAM' | 'CAPABILITY_NAMED_IAM')[] {
  const named = ['RoleName', 'UserName', 'GroupName', 'ManagedPolicyName', 'InstanceProfileName'];
  const own = Object.values(template.Resources).filter(({ Type: type }) => IAM.has(type));
  if (own.length === 0) return [];
  return own.some(({ Properties: properties = {} }) => named.some((name) => name in properties))
    ? ['CAPABILITY_NAMED_IAM']
    : ['CAPABILITY_IAM'];
}

const IAM = new Set(
  ['AccessKey', 'Group', 'InstanceProfile', 'ManagedPolicy', 'Policy', 'Role', 'RolePolicy', 'User', 'UserToGroupAddition'].map(
    (name) => `AWS::IAM::${name}`,
  ),
);

/** A value for every parameter of the template: given, the default, or the one the stack has. */
export function parametersOf({ template, given, stack }: Target, before: StackState | undefined): readonly Parameter[] {
  const had = new Set((before?.Parameters ?? []).map(({ ParameterKey: name }) => name));
  const missing: string[] = [];
  const all = Object.entries(template.Parameters ?? {}).map(([name, body]): Parameter => {
    const own = Object.hasOwn(given, name) ? given[name] : undefined;
    if (own !== undefined) return { name, value: own };
    if (typeof body === 'object' && body !== null && 'Default' in body)
      return { name, value: String((body as { readonly Default: unknown }).Default) };
    if (!had.has(name)) missing.push(name);
    return { name, value: undefined };
  });
  if (missing.length > 0) throw stop(faults['parameter-missing'], { names: missing, stack });
  return all;
}

/**
 * Whether the stack is what it is to become, so that there is nothing to ask CloudFormation. A parameter that is read from
 * Parameter Store at each deployment may have changed there.
 */
export function isAsWanted(target: Target, parameters: readonly Parameter[], stack: StackState, template: string | undefined): boolean {
  if (template === undefined || !['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'IMPORT_COMPLETE'].includes(stack.StackStatus)) return false;
  const types = Object.values(target.template.Parameters ?? {}) as readonly { readonly Type?: string }[];
  if (types.some(({ Type: type }) => type?.startsWith('AWS::SSM::'))) return false;
  const has = new Map((stack.Parameters ?? []).map(({ ParameterKey: name, ParameterValue: value }) => [name, value] as const));
  return (
    sameJson(template, textOf(target)) &&
    has.size === parameters.length &&
    parameters.every(({ name, value }) => value === undefined || has.get(name) === value) &&
    sameRecord(Object.fromEntries((stack.Tags ?? []).map(({ Key: key = '', Value: value = '' }) => [key, value])), target.tags) &&
    (target.role === undefined || target.role === stack.RoleARN) &&
    (!target.protected || stack.EnableTerminationProtection === true)
  );
}

function sameJson(one: string, other: string): boolean {
  if (one === other) return true;
  try {
    return JSON.stringify(JSON.parse(one)) === other;
  } catch {
    return false;
  }
}

function sameRecord(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key]);
}

/** Tags of the stack, which CloudFormation puts on what it makes. */
export function tagsOf({ tags }: Pick<Target, 'tags'>): { Key: string; Value: string }[] {
  return Object.entries(tags)
    .map(([Key, Value]) => ({ Key, Value }))
    .sort((a, b) => (a.Key < b.Key ? -1 : 1));
}
