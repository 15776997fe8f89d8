import type { ResourceToImport } from '@aws-sdk/client-cloudformation';
import type { Adoption, Template, TemplateResource } from '../compiler/emit/emit.ts';
import { suffixOf } from './bucket.ts';
import type { Run } from './run.ts';
import type { Target } from './target.ts';

type Json = Adoption['identifier'][string];

/** What the file adopts and the stack does not have yet. */
export function toAdopt({ adopts = [] }: Target, stands: Template | undefined): readonly Adoption[] {
  return adopts.filter(({ id }) => !Object.hasOwn(stands?.Resources ?? {}, id));
}

/**
 * The stack as it stands, with what is adopted and nothing else: a change set that imports may hold no other change, no new
 * output either. So what refers to something that is still to be made is left to the change set after it.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-manually.html
 */
export function importing(target: Target, stands: Template | undefined, adopting: readonly Adoption[]): Target {
  const base = stands ?? { AWSTemplateFormatVersion: '2010-09-09' as const, Resources: {} };
  const known = new Set([...Object.keys(base.Resources), ...Object.keys(base.Parameters ?? {}), ...adopting.map(({ id }) => id)]);
  const taken = adopting.flatMap(({ id }) => {
    const resource = target.template.Resources[id];
    return resource ? [[id, bare(resource, known)] as const] : [];
  });
  return { ...target, given: {}, template: { ...base, Resources: { ...base.Resources, ...Object.fromEntries(taken) } } };
}

/** Without what waits for others: AWS does not look at the properties of what it imports, besides that the required ones are there. */
function bare(
  { Type, Metadata, DeletionPolicy, UpdateReplacePolicy, Properties = {} }: TemplateResource,
  known: ReadonlySet<string>,
): TemplateResource {
  return {
    Type,
    ...(Metadata && { Metadata }),
    DeletionPolicy: DeletionPolicy ?? 'Retain',
    UpdateReplacePolicy: UpdateReplacePolicy ?? 'Retain',
    Properties: Object.fromEntries(Object.entries(Properties).filter(([, value]) => isKnown(value, known))),
  };
}

/** Whether everything a value refers to is there. What depends on a condition of the template is not. */
function isKnown(value: Json, known: ReadonlySet<string>): boolean {
  if (Array.isArray(value)) return value.every((one: Json) => isKnown(one, known));
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, part]) => {
    if (key === 'Ref') return isKnownName(String(part), known);
    if (key === 'Fn::GetAtt') return isKnownName(String(Array.isArray(part) ? part[0] : part).split('.')[0] ?? '', known);
    if (key === 'Fn::Sub')
      return typeof part === 'string' && [...part.matchAll(/\$\{([^!}.]+)[^}]*\}/g)].every(([, name = '']) => isKnownName(name, known));
    return key !== 'Fn::If' && isKnown(part as Json, known);
  });
}

const isKnownName = (name: string, known: ReadonlySet<string>): boolean => name.startsWith('AWS::') || known.has(name);

/** What CloudFormation is told: which resource, and how it finds it. */
export function resourcesToImport(adopting: readonly Adoption[], run: Run): ResourceToImport[] {
  return adopting.map(({ id, type, identifier }) => ({
    LogicalResourceId: id,
    ResourceType: type,
    ResourceIdentifier: Object.fromEntries(Object.entries(identifier).map(([property, value]) => [property, spelt(value, run)])),
  }));
}

/** A text of the template, with what is known of where it is deployed. */
function spelt(value: Json, run: Run): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return String(value);
  const [[fn, of] = []] = Object.entries(value);
  if (fn === 'Ref') return pseudo(String(of), run);
  if (fn === 'Fn::Sub' && typeof of === 'string') return of.replace(/\$\{([^}]+)\}/g, (_, name: string) => pseudo(name, run));
  throw new Error(`The identifier of an adopted resource cannot be resolved: ${JSON.stringify(value)}`);
}

function pseudo(name: string, { aws, identity }: Run): string {
  const known: Readonly<Record<string, string>> = {
    'AWS::Region': aws.region,
    'AWS::AccountId': identity.account,
    'AWS::Partition': identity.partition,
    'AWS::URLSuffix': suffixOf(identity.partition),
  };
  const value = known[name];
  if (value === undefined) throw new Error(`The identifier of an adopted resource refers to ${name}.`);
  return value;
}
