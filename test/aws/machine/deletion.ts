import type { Cloud } from './cloud.ts';
import { Operation } from './operation.ts';
import { removeAll, whenDeleted } from './removal.ts';
import { replaced } from './undo.ts';
import { hasGone, type Stack, type StackResource } from './stack.ts';

export interface Deletion {
  readonly token?: string | undefined;
  readonly retain?: readonly string[];
  /** What cannot be deleted stays, and the stack goes. */
  readonly force?: boolean;
  readonly ended?: (reason?: string) => void;
}

/** Whatever is under way is given up. */
export function abandon(stack: Stack): void {
  const { operation } = stack;
  operation?.interrupt();
  operation?.end();
}

/** Deletes a stack: its resources in the reverse of their order, as their policies say. */
export function deleteStack(cloud: Cloud, stack: Stack, { token, retain = [], force = false, ended }: Deletion): Operation {
  abandon(stack);
  const op = new Operation(cloud, stack, 'DELETE_STACK', token);
  stack.operation = op;
  for (const changeSet of stack.changeSets)
    if (changeSet.executionStatus === 'EXECUTE_IN_PROGRESS') changeSet.executionStatus = 'EXECUTE_FAILED';
  const wasReviewed = stack.status === 'REVIEW_IN_PROGRESS';
  stack.deleted = cloud.clock.date();
  op.become('DELETE_IN_PROGRESS', 'User Initiated');
  if (wasReviewed) {
    gone(op);
    ended?.();
    return op;
  }
  const live = [...stack.resources.values(), ...(stack.undo?.discarded ?? []), ...replaced(stack)].filter(
    (resource) => resource.physicalId !== '' && !hasGone(resource),
  );
  const fate = (resource: StackResource) => (retain.includes(resource.logicalId) ? 'retain' : whenDeleted(resource));
  op.after(200, () =>
    removeAll(op, live, fate, (left) => {
      if (left.length > 0 && !force) {
        const reason = `The following resource(s) failed to delete: [${left.map(({ logicalId }) => logicalId).join(', ')}]. `;
        op.become('DELETE_FAILED', reason);
        op.end();
        return ended?.(reason);
      }
      for (const resource of left) release(op, resource);
      gone(op);
      ended?.();
    }),
  );
  return op;
}

function release(op: Operation, resource: StackResource): void {
  const thing = op.cloud.world.named(op.stack.region, resource.type, resource.physicalId);
  if (thing) thing.stackId = undefined;
  op.tell(resource, 'DELETE_SKIPPED');
}

function gone(op: Operation): void {
  const { stack } = op;
  op.become('DELETE_COMPLETE');
  stack.imports = [];
  stack.changeSets.length = 0;
  op.end();
}
