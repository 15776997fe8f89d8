import { references } from '../template/references.ts';
import { resolveTree, type Scope } from '../template/resolve.ts';
import type { ResourceDefinition, Template } from '../template/template.ts';
import { described, recreation, type Recreation } from '../template/types.ts';
import { same, type Tree, type Value } from '../tree.ts';
import type { Cloud } from './cloud.ts';
import { whenDeleted, whenReplaced } from './removal.ts';
import { scopeOf, wanted } from './scope.ts';
import { hasGone, type Made, type Stack, type StackResource } from './stack.ts';

export interface Detail {
  readonly attribute: string;
  readonly name?: string;
  readonly recreation: Recreation;
  readonly evaluation: 'Static' | 'Dynamic';
  readonly source: 'DirectModification' | 'ParameterReference' | 'ResourceReference' | 'ResourceAttribute' | 'NoModification';
  readonly entity?: string;
  readonly before?: Value | undefined;
  readonly after?: Value | undefined;
  readonly beforeFrom?: string;
  readonly drift?: Tree;
  readonly kind?: string;
}

/** One line of a change set. */
export interface Change {
  readonly action: 'Add' | 'Modify' | 'Remove' | 'Import' | 'Dynamic' | 'SyncWithActual';
  readonly logicalId: string;
  readonly physicalId?: string;
  readonly type: string;
  readonly replacement?: 'True' | 'False' | 'Conditional';
  readonly policyAction?: string;
  readonly scope: readonly string[];
  readonly details: readonly Detail[];
  readonly before?: Tree;
  readonly after?: Tree;
  readonly driftStatus?: string;
  readonly nestedChangeSetId?: string;
}

const OTHERS = ['Metadata', 'CreationPolicy', 'UpdatePolicy', 'DeletionPolicy', 'UpdateReplacePolicy'] as const;

const FATES = { delete: 'Delete', retain: 'Retain', snapshot: 'Snapshot' } as const;

/** What would change, as far as it can be known beforehand. */
export function compare(cloud: Cloud, stack: Stack, made: Made, tags: readonly Tree[]): readonly Change[] {
  const scope = scopeOf(cloud, stack, made, false);
  const old = stack.made && { made: stack.made, scope: scopeOf(cloud, stack, stack.made, false) };
  const resources = inOrder(made.template, new Map(wanted(made, scope)));
  const changes = new Map<string, Change>();
  const tagged = !same(tags, stack.settings.tags);
  for (const [logicalId, definition] of resources) {
    const before = live(stack, logicalId);
    const change = before && old ? modified(before, old, definition, made, scope, changes, tagged) : added(logicalId, definition, scope);
    if (change) changes.set(logicalId, change);
  }
  const kept = new Set(resources.map(([logicalId]) => logicalId));
  const gone = [...stack.resources.values()].filter(({ logicalId }) => live(stack, logicalId) && !kept.has(logicalId));
  return [...[...changes.values()].sort((one, other) => (one.logicalId < other.logicalId ? -1 : 1)), ...gone.map(removed)];
}

/** What is there, and was made to its end: what failed and was left standing is tried again. */
function live(stack: Stack, logicalId: string): StackResource | undefined {
  const resource = stack.resource(logicalId);
  return resource && resource.physicalId !== '' && !hasGone(resource) && resource.status !== 'CREATE_FAILED' ? resource : undefined;
}

const added = (logicalId: string, { Type: type, Properties }: ResourceDefinition, scope: Scope): Change => ({
  action: 'Add',
  logicalId,
  type,
  scope: [],
  details: [],
  after: resolveTree(Properties, scope),
});

const removed = (resource: StackResource): Change => ({
  action: 'Remove',
  logicalId: resource.logicalId,
  physicalId: resource.physicalId,
  type: resource.type,
  policyAction: FATES[whenDeleted(resource)],
  scope: [],
  details: [],
  before: resource.properties,
});

interface Old {
  readonly made: Made;
  readonly scope: Scope;
}

function modified(
  resource: StackResource,
  old: Old,
  definition: ResourceDefinition,
  made: Made,
  scope: Scope,
  changes: ReadonlyMap<string, Change>,
  tagged: boolean,
): Change | undefined {
  const { logicalId, type, physicalId } = resource;
  const before = old.made.template.Resources[logicalId] ?? resource.definition;
  const was = resolveTree(before.Properties, old.scope);
  const is = resolveTree(definition.Properties, scope);
  const details: Detail[] = [
    ...Object.keys({ ...was, ...is })
      .sort()
      .flatMap((name) => propertyDetails(type, name, was[name], is[name], before, definition, made, changes)),
    ...OTHERS.filter((name) => !same(before[name], definition[name])).map((name) => other(name, before[name], definition[name])),
    ...(tagged && 'Tags' in described(type).properties ? [other('Tags')] : []),
  ];
  if (details.length === 0) return undefined;
  const replacement = replacementOf(details);
  return {
    action: 'Modify',
    logicalId,
    physicalId,
    type,
    replacement,
    ...(replacement === 'True' ? { policyAction: `ReplaceAnd${FATES[whenReplaced({ ...resource, definition })]}` } : {}),
    scope: [...new Set(details.map(({ attribute }) => attribute))],
    details,
    before: resource.properties,
    after: is,
  };
}

const other = (attribute: string, before?: unknown, after?: unknown): Detail => ({
  attribute,
  recreation: 'Never',
  evaluation: 'Static',
  source: 'DirectModification',
  before: before as Value,
  after: after as Value,
});

function propertyDetails(
  type: string,
  name: string,
  was: Value | undefined,
  is: Value | undefined,
  before: ResourceDefinition,
  definition: ResourceDefinition,
  made: Made,
  changes: ReadonlyMap<string, Change>,
): readonly Detail[] {
  const base = { attribute: 'Properties', name, recreation: recreation(type, name) };
  const written = definition.Properties?.[name];
  const causes = causesOf(written, changes).map((cause): Detail => ({ ...base, evaluation: 'Dynamic', ...cause, before: was, after: is }));
  if (same(was, is)) return causes;
  const parameters = same(before.Properties?.[name], written)
    ? references(written).filter((one) => one.name in made.template.Parameters)
    : [];
  if (parameters.length > 0)
    return [
      ...parameters.map((one): Detail => ({
        ...base,
        evaluation: 'Static',
        source: 'ParameterReference',
        entity: one.name,
        before: was,
        after: is,
      })),
      { ...base, evaluation: 'Dynamic', source: 'DirectModification', before: was, after: is },
      ...causes,
    ];
  return [{ ...base, evaluation: 'Static', source: 'DirectModification', before: was, after: is }, ...causes];
}

/** What a value names of what changes: an id may become another only with a replacement, an attribute with any change. */
function causesOf(value: Value | undefined, changes: ReadonlyMap<string, Change>): readonly Pick<Detail, 'source' | 'entity'>[] {
  return references(value).flatMap(({ name, attribute }): readonly Pick<Detail, 'source' | 'entity'>[] => {
    const change = changes.get(name);
    if (!change || (change.action === 'Modify' && !change.scope.includes('Properties'))) return [];
    if (attribute !== undefined) return [{ source: 'ResourceAttribute', entity: `${name}.${attribute}` }];
    return change.replacement === 'True' || change.replacement === 'Conditional' ? [{ source: 'ResourceReference', entity: name }] : [];
  });
}

function replacementOf(details: readonly Detail[]): 'True' | 'False' | 'Conditional' {
  const sure = details.some((one) => one.recreation === 'Always' && one.evaluation === 'Static');
  const maybe = details.some(({ recreation }) => recreation !== 'Never');
  return sure ? 'True' : maybe ? 'Conditional' : 'False';
}

/** Each after those it names, so that causes are known before their effects. */
function inOrder(
  template: Template,
  resources: ReadonlyMap<string, ResourceDefinition>,
): readonly (readonly [string, ResourceDefinition])[] {
  const order = new Map<string, ResourceDefinition>();
  const visit = (id: string, way: readonly string[]): void => {
    const definition = resources.get(id);
    if (!definition || order.has(id) || way.includes(id)) return;
    for (const { name } of references(definition.Properties)) visit(name, [...way, id]);
    order.set(id, definition);
  };
  for (const id of Object.keys(template.Resources)) visit(id, []);
  return [...order];
}
