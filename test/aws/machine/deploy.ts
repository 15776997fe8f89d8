import { resolveTree, type Scope } from '../template/resolve.ts';
import type { ResourceDefinition } from '../template/template.ts';
import { isNested, recreation } from '../template/types.ts';
import { same, type Tree } from '../tree.ts';
import type { ChangeSet } from './change-set.ts';
import { Operation } from './operation.ts';
import { outputsOf } from './outputs.ts';
import { removeAll, whenDeleted, whenReplaced } from './removal.ts';
import { rollBack } from './rollback.ts';
import { importsOf, scopeOf, wanted } from './scope.ts';
import type { Stack, StackResource } from './stack.ts';
import { adopt, blank, create, replace, update, waitsFor } from './tasks.ts';
import { walk, type Step } from './walk.ts';
import type { Cloud } from './cloud.ts';

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
  const continued = stack.status.endsWith('_FAILED') ? stack.undo?.done : undefined;
  stack.undo = { made: stack.made, settings: { ...stack.settings }, done: continued ?? [] };
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
  op.walk = walk(steps, 'cancel', (failed) =>
    op.after(300, () =>
      failed.length > 0 ? failedWith(op, changeSet, execution, reasonFor(stack, failed)) : finish(op, changeSet, execution, scope),
    ),
  );
}

function stepFor(op: Operation, changeSet: ChangeSet, scope: Scope, logicalId: string, definition: ResourceDefinition): Step {
  const { stack } = op;
  const needs = waitsFor(scope, definition);
  return {
    id: logicalId,
    needs,
    begin: (ended) => {
      const before = stack.resource(logicalId);
      const isThere = before && before.physicalId !== '' && !/^(DELETE_(COMPLETE|SKIPPED)|CREATE_FAILED)$/.test(before.status);
      if (isThere) return changed(op, before, definition, needs, scope, ended);
      const resource = blank(op, logicalId, definition, needs);
      stack.resources.set(logicalId, resource);
      const identifier = identifierFor(changeSet, logicalId);
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

/** Nothing, a change in place, or another in its place: as the values now are. */
function changed(
  op: Operation,
  resource: StackResource,
  definition: ResourceDefinition,
  needs: readonly string[],
  scope: Scope,
  ended: (failed?: boolean) => void,
): void {
  const properties = resolveTree(definition.Properties, scope);
  const { logicalId: _, type, ...before } = resource;
  const record = (did: 'update' | 'replace'): void =>
    void op.stack.undo?.done.push({ logicalId: resource.logicalId, did, before: { ...before } });
  resource.definition = definition;
  resource.needs = needs;
  const differing = differences(resource.properties, properties);
  const failedBefore = resource.status === 'UPDATE_FAILED';
  if (differing.length === 0 && !failedBefore && !isNested(type)) return ended();
  if (differing.some((name) => recreation(type, name) === 'Always')) {
    record('replace');
    return replace(op, resource, properties, ended);
  }
  record('update');
  return update(op, resource, properties, 'UPDATE', ended);
}

export const differences = (before: Tree, after: Tree): readonly string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => !same(before[name], after[name])).sort();

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
  const { stack } = op;
  changeSet.executionStatus = 'EXECUTE_FAILED';
  op.walk = undefined;
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
  void stack;
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
  const replaced = (stack.undo?.done ?? [])
    .filter(({ did }) => did === 'replace')
    .flatMap(({ logicalId, before }) => {
      const now = stack.resource(logicalId);
      return before && now && before.physicalId !== now.physicalId ? [{ ...before, logicalId, type: now.type, old: true }] : [];
    });
  const kept = new Set(wanted(changeSet.made, scopeOf(cloud, stack, changeSet.made, true)).map(([logicalId]) => logicalId));
  const left = [...stack.resources.values()].filter(
    ({ logicalId, status }) => !kept.has(logicalId) && !/^DELETE_(COMPLETE|SKIPPED)$/.test(status),
  );
  const isOld = (resource: StackResource): boolean => 'old' in resource;
  op.after(200, () =>
    removeAll(
      op,
      [...replaced, ...left],
      (resource) => (isOld(resource) ? whenReplaced(resource) : whenDeleted(resource)),
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
