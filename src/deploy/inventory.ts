import type { Template } from '../compiler/emit/emit.ts';
import { AwsFailure } from './aws/failure.ts';
import type { StackResourceSummary } from './aws/stacks.ts';
import { Store } from './aws/store.ts';
import type { Run } from './run.ts';

/** What becomes of each resource. */
export interface Inventory {
  readonly stack: string;
  readonly deleted: readonly Item[];
  readonly retained: readonly Item[];
  readonly snapshots: readonly Item[];
  /** Buckets with objects in them. */
  readonly full: readonly Item[];
}

export interface Item {
  readonly id: string;
  readonly type: string;
  readonly physical: string;
}

export const itemOf = ({
  LogicalResourceId: id = '',
  ResourceType: type = '',
  PhysicalResourceId: physical = '',
}: StackResourceSummary) => ({
  id,
  type,
  physical,
});

/** What will become of the resources of a stack, and which buckets are in the way. */
export async function inventoryOf(
  run: Run,
  stack: string,
  resources: readonly StackResourceSummary[],
  template: Template | undefined,
): Promise<Inventory> {
  const { retained, snapshots } = keptIn(resources.map(itemOf), template);
  // What an earlier try left behind is no longer the stack’s.
  const left = resources.filter(({ ResourceStatus: status }) => status === 'DELETE_SKIPPED').map(itemOf);
  const stays = new Set([...retained, ...snapshots, ...left].map(({ id }) => id));
  const deleted = resources.map(itemOf).filter(({ id }) => !stays.has(id));
  const full: Item[] = [];
  for (const one of deleted)
    if (one.type === 'AWS::S3::Bucket' && one.physical !== '' && (await holdsSomething(run, one.physical))) full.push(one);
  return { stack, deleted, retained: [...retained, ...left.filter(({ id }) => !retained.some((one) => one.id === id))], snapshots, full };
}

/** What stays of these by its deletion policy, and what leaves a snapshot. */
export function keptIn(items: readonly Item[], template: Template | undefined): Pick<Inventory, 'retained' | 'snapshots'> {
  const policy = ({ id }: Item) => template?.Resources[id]?.DeletionPolicy ?? '';
  const retained = items.filter((one) => policy(one).startsWith('Retain'));
  const ids = new Set(retained.map(({ id }) => id));
  return {
    // A version goes with its function, whatever its own policy says.
    retained: retained.filter(({ id, type }) => type !== 'AWS::Lambda::Version' || ids.has(functionOf(template, id))),
    snapshots: items.filter((one) => policy(one) === 'Snapshot'),
  };
}

function functionOf(template: Template | undefined, version: string): string {
  const name = template?.Resources[version]?.Properties?.['FunctionName'];
  return typeof name === 'object' && name !== null && 'Ref' in name ? String(name['Ref']) : '';
}

/** After its creation, “retain except on create” retains. */
export function keeps(policy: string): boolean {
  return policy.startsWith('Retain') || policy === 'Snapshot';
}

async function holdsSomething(run: Run, bucket: string): Promise<boolean> {
  try {
    return (await new Store(run.aws, bucket, run.identity.account).versions()).length > 0;
  } catch (error) {
    if (error instanceof AwsFailure) return false;
    throw error;
  }
}
