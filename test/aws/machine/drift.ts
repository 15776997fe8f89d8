import { same, type Tree, type Value } from '../tree.ts';
import type { Cloud } from './cloud.ts';
import type { Change, Detail } from './compare.ts';
import { recreation } from '../template/types.ts';
import { hasGone, type Stack, type StackResource } from './stack.ts';

export interface Difference {
  readonly path: string;
  readonly expected: Value | undefined;
  readonly actual: Value | undefined;
}

export interface ResourceDrift {
  readonly status: 'IN_SYNC' | 'MODIFIED' | 'DELETED' | 'UNSUPPORTED' | 'UNKNOWN' | 'NOT_CHECKED';
  readonly at: Date;
  readonly differences: readonly Difference[];
  readonly actual: Tree | undefined;
}

/** How a resource is beside what the stack says of it. */
export function driftOf(cloud: Cloud, stack: Stack, resource: StackResource): ResourceDrift {
  const at = cloud.clock.date();
  const said = cloud.script.of(stack.name, resource.logicalId).driftStatus;
  if (said !== undefined) return { status: said, at, differences: [], actual: undefined };
  const thing = cloud.world.named(stack.region, resource.type, resource.physicalId);
  if (!thing) return { status: 'DELETED', at, differences: [], actual: undefined };
  // Only what the template says is compared. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-drift.html
  const names = Object.keys(resource.properties).sort();
  const differences = names
    .filter((name) => !same(resource.properties[name], thing.properties[name]))
    .map((name) => ({ path: `/${name}`, expected: resource.properties[name], actual: thing.properties[name] }));
  return { status: differences.length > 0 ? 'MODIFIED' : 'IN_SYNC', at, differences, actual: thing.properties };
}

/** Looks at every resource. */
export function detect(cloud: Cloud, stack: Stack): number {
  const live = [...stack.resources.values()].filter((resource) => resource.physicalId !== '' && !hasGone(resource));
  for (const resource of live) resource.drift = driftOf(cloud, stack, resource);
  const drifted = live.filter(({ drift }) => drift?.status === 'MODIFIED' || drift?.status === 'DELETED');
  stack.driftStatus = drifted.length > 0 ? 'DRIFTED' : 'IN_SYNC';
  stack.driftCheckedAt = cloud.clock.date();
  return drifted.length;
}

/**
 * The changes of a change set that takes drift back: from what is, not from what was deployed.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/drift-aware-change-sets.html
 */
export function withDrift(cloud: Cloud, stack: Stack, changes: readonly Change[]): readonly Change[] {
  detect(cloud, stack);
  const known = new Map(changes.map((change) => [change.logicalId, change]));
  const drifted = [...stack.resources.values()].filter(
    ({ logicalId, drift }) => drift && drift.status !== 'IN_SYNC' && known.get(logicalId)?.action !== 'Remove',
  );
  for (const resource of drifted) {
    const change = driftChange(resource, known.get(resource.logicalId));
    if (change) known.set(resource.logicalId, change);
  }
  return [...known.values()];
}

function driftChange(resource: StackResource, change: Change | undefined): Change | undefined {
  const { drift, logicalId, type, physicalId } = resource;
  if (!drift) return change;
  const base = { logicalId, type, physicalId, driftStatus: drift.status };
  if (drift.status === 'DELETED') return { ...base, action: 'Add', scope: [], details: [], after: change?.after ?? resource.properties };
  if (drift.status !== 'MODIFIED') return change && { ...change, driftStatus: drift.status };
  const details = drift.differences.map((one) => detail(type, one));
  const all = [...(change?.details ?? []), ...details.filter(({ name }) => !change?.details.some((other) => other.name === name))];
  return {
    ...base,
    action: 'Modify',
    replacement: change?.replacement ?? (details.some((one) => one.recreation === 'Always') ? 'True' : 'False'),
    scope: ['Properties'],
    details: all,
    before: drift.actual ?? {},
    after: change?.after ?? resource.properties,
  };
}

const detail = (type: string, { path, expected, actual }: Difference): Detail => ({
  attribute: 'Properties',
  name: path.slice(1),
  recreation: recreation(type, path.slice(1)),
  evaluation: 'Static',
  source: 'NoModification',
  before: actual,
  after: expected,
  beforeFrom: 'ACTUAL_STATE',
  kind: 'SyncWithActual',
  drift: { PreviousValue: written(expected), ActualValue: written(actual) },
});

const written = (value: Value | undefined): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null));
