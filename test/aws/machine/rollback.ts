import type { Operation } from './operation.ts';
import { removeAll, whenUndone } from './removal.ts';
import { hasGone, type Done, type Stack, type StackResource, type Undo } from './stack.ts';
import { update } from './tasks.ts';
import { replaced } from './undo.ts';
import { walk } from './walk.ts';

/** The way back after a failure: of a creation everything goes, of an update everything becomes what it was. */
export function rollBack(op: Operation, type: 'CREATE' | 'UPDATE' | 'IMPORT', reason: string, then: 'keep' | 'delete' = 'keep'): void {
  if (type === 'IMPORT') return undoImport(op, reason);
  if (type === 'CREATE' || op.stack.undo?.made === undefined) return undoCreation(op, reason, then);
  op.become('UPDATE_ROLLBACK_IN_PROGRESS', reason);
  op.after(200, () => undoUpdate(op, []));
}

function undoCreation(op: Operation, reason: string, then: 'keep' | 'delete'): void {
  const { stack } = op;
  const [during, done, failed] =
    then === 'delete'
      ? ['DELETE_IN_PROGRESS', 'DELETE_COMPLETE', 'DELETE_FAILED']
      : ['ROLLBACK_IN_PROGRESS', 'ROLLBACK_COMPLETE', 'ROLLBACK_FAILED'];
  op.become(during, reason);
  const made = [...stack.resources.values(), ...(stack.undo?.discarded ?? []), ...replaced(stack)].filter(
    (one) => one.physicalId !== '' && !hasGone(one),
  );
  for (const resource of stack.resources.values()) if (resource.physicalId === '') op.tell(resource, 'DELETE_COMPLETE');
  op.after(200, () =>
    removeAll(op, made, whenUndone(stack.retainExceptOnCreate), (left) => {
      if (left.length > 0)
        op.become(failed, `The following resource(s) failed to delete: [${left.map(({ logicalId }) => logicalId).join(', ')}]. `);
      else op.become(done);
      if (stack.gone) stack.deleted = op.cloud.clock.date();
      stack.outputs = [];
      stack.imports = [];
      op.end();
    }),
  );
}

/** Goes on where it stands: also after UPDATE_ROLLBACK_FAILED, without what is to be skipped. */
export function undoUpdate(op: Operation, skip: readonly string[]): void {
  const { stack } = op;
  const done = stack.undo?.done ?? [];
  const leftovers: StackResource[] = [...(stack.undo?.discarded ?? [])];
  for (const one of done) if (one.did === 'create') leftovers.push(...created(op, one));
  const changed = done.filter(({ did }) => did === 'update' || did === 'replace');
  const steps = changed.map((one) => ({
    id: one.logicalId,
    needs: (one.before?.needs ?? []).filter((id) => changed.some(({ logicalId }) => logicalId === id)),
    begin: (ended: (failed?: boolean) => void) => undo(op, one, skip.includes(one.logicalId), leftovers, ended),
  }));
  op.walk = walk(steps, 'continue', (failed) => {
    const stuck = changed.filter(({ logicalId }) => failed.includes(logicalId));
    if (stuck.length > 0) {
      if (stack.undo) stack.undo = remaining(stack.undo, failed, leftovers, stack);
      op.become('UPDATE_ROLLBACK_FAILED', `The following resource(s) failed to update: [${failed.join(', ')}]. `);
      return op.end();
    }
    cleanUp(op, leftovers);
  });
}

/** What ContinueUpdateRollback has still to do. */
function remaining({ done, ...undo }: Undo, failed: readonly string[], leftovers: readonly StackResource[], { resources }: Stack): Undo {
  return {
    ...undo,
    done: done.filter(({ logicalId, did }) => did === 'create' || failed.includes(logicalId)),
    discarded: leftovers.filter((one) => resources.get(one.logicalId) !== one),
  };
}

function created(op: Operation, { logicalId }: Done): readonly StackResource[] {
  const resource = op.stack.resource(logicalId);
  if (!resource) return [];
  if (resource.physicalId !== '') return [resource];
  op.stack.resources.delete(logicalId);
  return [];
}

function undo(
  op: Operation,
  { logicalId, before, did }: Done,
  skipped: boolean,
  leftovers: StackResource[],
  ended: (failed?: boolean) => void,
): void {
  const resource = op.stack.resource(logicalId);
  if (!resource || !before) return ended();
  if (did === 'replace' && resource.physicalId !== before.physicalId) leftovers.push({ ...resource });
  const old = before.properties;
  resource.physicalId = before.physicalId;
  resource.definition = before.definition;
  resource.needs = before.needs;
  if (skipped) {
    op.tell(resource, 'UPDATE_COMPLETE', 'Resource skipped during ContinueUpdateRollback');
    return ended();
  }
  if (did === 'update') return update(op, resource, old, 'ROLLBACK', ended);
  resource.properties = old;
  op.tell(resource, 'UPDATE_COMPLETE');
  ended();
}

function cleanUp(op: Operation, leftovers: readonly StackResource[]): void {
  const { stack } = op;
  op.become('UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
  if (stack.undo) {
    stack.made = stack.undo.made;
    stack.settings = stack.undo.settings;
  }
  op.after(200, () =>
    removeAll(op, leftovers, whenUndone(stack.retainExceptOnCreate), () => {
      for (const one of leftovers) if (stack.resource(one.logicalId) === one) stack.resources.delete(one.logicalId);
      stack.undo = undefined;
      op.become('UPDATE_ROLLBACK_COMPLETE');
      op.end();
    }),
  );
}

function undoImport(op: Operation, reason: string): void {
  const { stack } = op;
  op.become('IMPORT_ROLLBACK_IN_PROGRESS', reason);
  op.after(200, () => {
    const stuck = (stack.undo?.done ?? []).filter(({ logicalId }) => op.cloud.script.of(stack.name, logicalId).failure('ROLLBACK', 'end'));
    if (stuck.length > 0) {
      op.become(
        'IMPORT_ROLLBACK_FAILED',
        `The following resource(s) failed to import: [${stuck.map(({ logicalId }) => logicalId).join(', ')}]. `,
      );
      return op.end();
    }
    for (const { logicalId } of stack.undo?.done ?? []) {
      const resource = stack.resource(logicalId);
      const thing = resource && op.cloud.world.named(stack.region, resource.type, resource.physicalId);
      if (thing) thing.stackId = undefined;
      if (resource) op.tell(resource, 'IMPORT_ROLLBACK_COMPLETE');
      stack.resources.delete(logicalId);
    }
    if (stack.undo) stack.made = stack.undo.made;
    stack.undo = undefined;
    op.become('IMPORT_ROLLBACK_COMPLETE');
    op.end();
  });
}
