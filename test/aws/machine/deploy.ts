import type { Scope } from '../template/resolve.ts';
import type { ResourceDefinition } from '../template/template.ts';
import type { Tree } from '../tree.ts';
import type { ChangeSet } from './change-set.ts';
import { changed } from './changed.ts';
import type { Cloud } from './cloud.ts';
import { Operation } from './operation.ts';
import { outputsOf } from './outputs.ts';
import { removeAll, whenDeleted, whenReplaced } from './removal.ts';
import { rollBack } from './rollback.ts';
import { importsOf, scopeOf, wanted } from './scope.ts';
import { hasGone, type Stack, type StackResource } from './stack.ts';
import { denied } from './stack-policy.ts';
import { adopt, blank, create, waitsFor } from './tasks.ts';
import { replaced } from './undo.ts';
import { walk, type Step } from './walk.ts';

export interface Execution {
  readonly token: string | undefined;
  readonly disableRollback: boolean;
  readonly retainExceptOnCreate: boolean;
  /** Of a stack within a stack: the parent decides what happens after a failure. */
  readonly ended?: (reason?: string) => void;
}

const WORDS = { CREATE: 'CREATE', UPDATE: 'UPDATE', IMPORT: 'IMPORT' } as const;

/** Executes a change set: the stack becomes what its template says, or goes back. */
export function deploy(cloud: Cloud, changeSet: ChangeSet, execution: Execution): Operation {
  const { stack, type, made } = changeSet;
  const op = new Operation(cloud, stack, type === 'CREATE' ? 'CREATE_STACK' : 'UPDATE_STACK', execution.token);
  stack.operation = op;
  op.changeSet = changeSet;
  const paused = stack.status.endsWith('_FAILED') ? stack.undo : undefined;
  stack.undo = paused ?? { made: stack.made, settings: { ...stack.settings }, done: [], discarded: [] };
  stack.made = made;
  stack.settings = { ...changeSet.settings };
  stack.changeSetId = changeSet.id;
  stack.disableRollback = execution.disableRollback;
  stack.retainExceptOnCreate = execution.retainExceptOnCreate;
  if (type !== 'CREATE') stack.updated = cloud.clock.date();
  changeSet.executionStatus = 'EXECUTE_IN_PROGRESS';
  op.become(`${WORDS[type]}_IN_PROGRESS`, 'User Initiated');
  op.after(200, () => provision(op, changeSet, execution));
  return op;
}

function provision(op: Operation, changeSet: ChangeSet, execution: Execution): void {
  const { stack, cloud } = op;
  const scope = scopeOf(cloud, stack, changeSet.made, true);
  const resources = wanted(changeSet.made, scope);
  stack.imports = importsOf(changeSet.made, scope);
  const steps = resources.map(([logicalId, definition]) => stepFor(op, changeSet, scope, logicalId, definition));
  const forbidden = forbiddenRemovals(op, changeSet, resources);
  if (forbidden.length > 0) return failedWith(op, changeSet, execution, reasonFor(stack, forbidden));
  op.walk = walk(steps, 'cancel', (failed) => {
    if (failed.length > 0) op.interrupt();
    op.after(300, () =>
      failed.length > 0 ? failedWith(op, changeSet, execution, reasonFor(stack, failed)) : finish(op, changeSet, execution, scope),
    );
  });
}

function stepFor(op: Operation, changeSet: ChangeSet, scope: Scope, logicalId: string, definition: ResourceDefinition): Step {
  const { stack } = op;
  const needs = waitsFor(scope, definition);
  return {
    id: logicalId,
    needs,
    begin: (ended) => {
      const before = stack.resource(logicalId);
      const isThere = before && before.physicalId !== '' && !hasGone(before) && before.status !== 'CREATE_FAILED';
      if (isThere) return changed(op, before, { definition, needs, scope, reverts: changeSet.deploymentMode === 'REVERT_DRIFT' }, ended);
      if (before && before.physicalId !== '' && !hasGone(before)) stack.undo?.discarded.push(before);
      const resource = blank(op, logicalId, definition, needs);
      stack.resources.set(logicalId, resource);
      const identifier = identifierFor(changeSet, logicalId);
      if (!stack.undo?.done.some((one) => one.logicalId === logicalId))
        stack.undo?.done.push({ logicalId, did: identifier === undefined ? 'create' : 'adopt', before: undefined });
      if (identifier !== undefined) return adopt(op, resource, identifier, scope, ended);
      return create(op, resource, scope, ended);
    },
    cancel: () => {
      const resource = stack.resource(logicalId);
      if (resource) cancelled(op, resource);
    },
  };
}

function cancelled(op: Operation, resource: StackResource): void {
  const isNew = resource.status.startsWith('CREATE');
  op.tell(resource, isNew ? 'CREATE_FAILED' : 'UPDATE_FAILED', isNew ? 'Resource creation cancelled' : 'Resource update cancelled');
}

const identifierFor = (changeSet: ChangeSet, logicalId: string): string | undefined =>
  changeSet.changes.find((change) => change.logicalId === logicalId && change.action === 'Import')?.physicalId;

/** What the stack policy does not let go. */
function forbiddenRemovals(op: Operation, { made }: ChangeSet, kept: readonly (readonly [string, unknown])[]): readonly string[] {
  const names = new Set(kept.map(([logicalId]) => logicalId));
  if (op.stack.policy === undefined || !made) return [];
  return [...op.stack.resources.values()].flatMap((resource) => {
    const reason = names.has(resource.logicalId) || hasGone(resource) ? undefined : denied(op.stack, 'Update:Delete', resource.logicalId);
    if (reason !== undefined) op.tell(resource, 'UPDATE_FAILED', reason);
    return reason === undefined ? [] : [resource.logicalId];
  });
}

/** `The following resource(s) failed to create: [A, B]. ` */
export function reasonFor(stack: Stack, failed: readonly string[]): string {
  const of = (prefix: string): readonly string[] => failed.filter((id) => stack.resource(id)?.status === `${prefix}_FAILED`);
  const sentence = (word: string, ids: readonly string[]): string =>
    ids.length > 0 ? `The following resource(s) failed to ${word}: [${ids.join(', ')}]. ` : '';
  return (
    sentence('create', of('CREATE')) +
    sentence('update', of('UPDATE')) +
    sentence('import', of('IMPORT')) +
    sentence('delete', of('DELETE'))
  );
}

function failedWith(op: Operation, changeSet: ChangeSet, execution: Execution, reason: string): void {
  changeSet.executionStatus = 'EXECUTE_FAILED';
  if (changeSet.onStackFailure === 'DO_NOTHING' || execution.disableRollback) {
    op.become(changeSet.type === 'CREATE' ? 'CREATE_FAILED' : 'UPDATE_FAILED', reason);
    op.end();
    return execution.ended?.(reason);
  }
  if (execution.ended) {
    op.become(changeSet.type === 'CREATE' ? 'CREATE_FAILED' : 'UPDATE_FAILED', reason);
    op.end();
    return execution.ended(reason);
  }
  rollBack(
    op,
    changeSet.type,
    changeSet.type === 'CREATE' ? `${reason}Rollback requested by user.` : reason,
    changeSet.onStackFailure === 'DELETE' ? 'delete' : 'keep',
  );
}

function finish(op: Operation, changeSet: ChangeSet, execution: Execution, scope: Scope): void {
  const { stack, cloud } = op;
  const result = outputsOf(cloud, stack, scope);
  const doom = 'reason' in result ? result.reason : (stack.doom ?? alarmed(op));
  stack.doom = undefined;
  if (doom !== undefined || 'reason' in result) return failedWith(op, changeSet, execution, doom ?? '');
  stack.outputs = result.outputs;
  stack.driftStatus = stack.driftStatus === 'NOT_CHECKED' ? 'NOT_CHECKED' : stack.driftStatus;
  if (changeSet.type === 'UPDATE') return cleanUp(op, changeSet, execution);
  op.become(`${WORDS[changeSet.type]}_COMPLETE`);
  succeed(op, changeSet, execution);
}

function succeed(op: Operation, changeSet: ChangeSet, execution: Execution): void {
  changeSet.executionStatus = 'EXECUTE_COMPLETE';
  op.stack.undo = undefined;
  op.end();
  execution.ended?.();
}

/** What was replaced and what left the template goes when everything else is done; a failure here fails nothing. */
function cleanUp(op: Operation, changeSet: ChangeSet, execution: Execution): void {
  const { stack, cloud } = op;
  op.become('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
  changeSet.executionStatus = 'EXECUTE_COMPLETE';
  const old = new Set(replaced(stack));
  const kept = new Set(wanted(changeSet.made, scopeOf(cloud, stack, changeSet.made, true)).map(([logicalId]) => logicalId));
  const left = [...stack.resources.values()].filter((resource) => !kept.has(resource.logicalId) && !hasGone(resource));
  op.after(200, () =>
    removeAll(
      op,
      [...old, ...left, ...(stack.undo?.discarded ?? [])],
      (resource) => (old.has(resource) ? whenReplaced(resource) : whenDeleted(resource)),
      () => {
        for (const { logicalId } of left) stack.resources.delete(logicalId);
        op.become('UPDATE_COMPLETE');
        succeed(op, changeSet, execution);
      },
    ),
  );
}

function alarmed(op: Operation): string | undefined {
  const triggers = op.stack.settings.rollbackConfiguration?.['RollbackTriggers'];
  const arns = Array.isArray(triggers) ? triggers.map((one) => String((one as Tree)['Arn'])) : [];
  const ringing = arns.filter((arn) => op.cloud.script.ringing.has(arn));
  return ringing.length > 0 ? `Alarm ${ringing.join(', ')} went into ALARM state` : undefined;
}
