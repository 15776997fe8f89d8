import type { Operation } from './operation.ts';
import type { StackResource } from './stack.ts';
import { remove } from './tasks.ts';
import { walk } from './walk.ts';

export type Fate = 'delete' | 'retain' | 'snapshot';

const DATABASES = ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance', 'AWS::DocDB::DBCluster', 'AWS::Neptune::DBCluster'];

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html */
function policyOf({ definition, type }: StackResource): string {
  if (definition.DeletionPolicy !== undefined) return definition.DeletionPolicy;
  const inCluster = definition.Properties?.['DBClusterIdentifier'] !== undefined;
  return DATABASES.includes(type) && !inCluster ? 'Snapshot' : 'Delete';
}

const fated = (policy: string): Fate => (policy === 'Snapshot' ? 'snapshot' : policy.startsWith('Retain') ? 'retain' : 'delete');

/** When the stack goes, or the resource leaves its template. */
export const whenDeleted = (resource: StackResource): Fate => fated(policyOf(resource));

/** When the operation that made it is rolled back. */
export const whenUndone =
  (retainExceptOnCreate: boolean) =>
  (resource: StackResource): Fate => {
    const policy = policyOf(resource);
    return policy === 'RetainExceptOnCreate' || (policy === 'Retain' && retainExceptOnCreate) ? 'delete' : fated(policy);
  };

/** When another took its place. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-updatereplacepolicy.html */
export const whenReplaced = ({ definition }: StackResource): Fate => fated(definition.UpdateReplacePolicy ?? 'Delete');

const idOf = ({ logicalId, physicalId }: StackResource): string => `${logicalId} ${physicalId}`;

/** Takes resources away, first those that need others. */
export function removeAll(
  op: Operation,
  resources: readonly StackResource[],
  fate: (resource: StackResource) => Fate,
  ended: (failed: readonly StackResource[]) => void,
): void {
  const steps = resources.map((resource) => ({
    id: idOf(resource),
    needs: resources.filter((other) => other !== resource && other.needs.includes(resource.logicalId)).map(idOf),
    begin: (done: (failed?: boolean) => void) => one(op, resource, fate(resource), done),
  }));
  op.walk = walk(steps, 'continue', (failed) =>
    ended(resources.filter((resource) => resource.status === 'DELETE_FAILED' || failed.includes(idOf(resource)))),
  );
}

function one(op: Operation, resource: StackResource, fate: Fate, ended: (failed?: boolean) => void): void {
  if (fate !== 'retain') return remove(op, resource, fate === 'snapshot', ended);
  const thing = op.cloud.world.named(op.stack.region, resource.type, resource.physicalId);
  if (thing) thing.stackId = undefined;
  op.tell(resource, 'DELETE_SKIPPED');
  ended();
}
