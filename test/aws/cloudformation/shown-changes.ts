import type { Change, Detail } from '../machine/compare.ts';
import { isTree, type Tree, type Value } from '../tree.ts';

/** A change as DescribeChangeSet answers. */
export const changeShown = (change: Change, withValues: boolean): Tree => ({
  Type: 'Resource',
  ResourceChange: {
    PolicyAction: change.policyAction,
    Action: change.action,
    LogicalResourceId: change.logicalId,
    PhysicalResourceId: change.physicalId,
    ResourceType: change.type,
    Replacement: change.replacement,
    Scope: change.scope,
    ResourceDriftStatus: change.driftStatus,
    Details: change.details.map((detail) => detailShown(change, detail, withValues)),
    ChangeSetId: change.nestedChangeSetId,
    BeforeContext: withValues && change.before ? contextOf(change.before) : undefined,
    AfterContext: withValues && change.after ? contextOf(change.after) : undefined,
  },
});

const contextOf = (properties: Tree): string => JSON.stringify({ Properties: later(properties) });

/** What only the execution tells. */
function later(value: Value | undefined): Value {
  if (Array.isArray(value)) return value.map(later);
  if (!isTree(value)) return value ?? null;
  const [name, ...others] = Object.keys(value);
  if (others.length === 0 && (name === 'Ref' || name?.startsWith('Fn::'))) return '{{changeSet:KNOWN_AFTER_APPLY}}';
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, later(inside)]));
}

const written = (value: Value | undefined): string | undefined => {
  if (value === undefined) return undefined;
  const known = later(value);
  return typeof known === 'string' ? known : JSON.stringify(known);
};

function detailShown(change: Change, detail: Detail, withValues: boolean): Tree {
  const before = detail.name === undefined ? detail.before : (change.before?.[detail.name] ?? detail.before);
  const kind = detail.kind ?? (detail.before === undefined ? 'Add' : detail.after === undefined ? 'Remove' : 'Modify');
  return {
    Target: {
      Attribute: detail.attribute,
      Name: detail.name,
      RequiresRecreation: detail.recreation,
      ...(withValues
        ? {
            Path: detail.name === undefined ? `/${detail.attribute}` : `/Properties/${detail.name}`,
            BeforeValue: written(before),
            AfterValue: written(detail.after),
            BeforeValueFrom: detail.beforeFrom,
            Drift: detail.drift,
            AttributeChangeType: kind,
          }
        : {}),
    },
    Evaluation: detail.evaluation,
    ChangeSource: detail.source,
    CausingEntity: detail.entity,
  };
}
