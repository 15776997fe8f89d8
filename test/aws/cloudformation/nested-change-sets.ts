import type { ChangeSet } from '../machine/change-set.ts';
import { compare, type Change } from '../machine/compare.ts';
import { madeFrom } from '../machine/nested.ts';
import { isNested } from '../template/types.ts';
import type { Service } from './action.ts';

const NOTHING = "The submitted information didn't contain changes. Submit different information to create a change set.";

/** A change of a nested stack has a change set of its own, when they are asked for; also one that failed for lack of changes. */
export function withNested(service: Service, parent: ChangeSet, change: Change): Change {
  const { cloud } = service;
  const resource = parent.stack.resource(change.logicalId);
  const child = resource?.nested;
  if (!parent.includeNestedStacks || !isNested(change.type) || change.action !== 'Modify' || !child || !resource) return change;
  const made = madeFrom(cloud, child, { ...resource, properties: change.after ?? resource.properties });
  const changes = compare(cloud, child, made, child.settings.tags);
  const id = cloud.arn(child.region, child.account, `changeSet/${parent.name}-${change.logicalId}`);
  const isEmpty = changes.length === 0;
  child.changeSets.push({
    ...parent,
    id,
    name: `${parent.name}-${change.logicalId}`,
    stack: child,
    made,
    parent,
    changes,
    clientToken: undefined,
    status: isEmpty ? 'FAILED' : 'CREATE_COMPLETE',
    statusReason: isEmpty ? NOTHING : undefined,
    executionStatus: isEmpty ? 'UNAVAILABLE' : 'AVAILABLE',
  });
  return { ...change, nestedChangeSetId: id };
}
