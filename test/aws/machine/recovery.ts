import type { Cloud } from './cloud.ts';
import { Operation } from './operation.ts';
import { rollBack, undoUpdate } from './rollback.ts';
import type { Stack } from './stack.ts';

/** CancelUpdateStack: what is under way is given up, then everything goes back. */
export function cancelUpdate(stack: Stack): void {
  const { operation: op } = stack;
  if (!op) return;
  op.interrupt();
  if (op.changeSet) op.changeSet.executionStatus = 'EXECUTE_FAILED';
  rollBack(op, 'UPDATE', 'Update cancelled by user');
}

/** ContinueUpdateRollback: the way back once more, without what is to be skipped. */
export function continueRollback(cloud: Cloud, stack: Stack, token: string | undefined, skip: readonly string[]): void {
  const op = new Operation(cloud, stack, 'CONTINUE_ROLLBACK', token);
  stack.operation = op;
  op.become('UPDATE_ROLLBACK_IN_PROGRESS', 'User Initiated');
  op.after(200, () => undoUpdate(op, skip));
}

/** RollbackStack: of a stack that was left as it failed. */
export function rollBackStack(cloud: Cloud, stack: Stack, token: string | undefined, retainExceptOnCreate: boolean): void {
  const op = new Operation(cloud, stack, 'ROLLBACK', token);
  stack.operation = op;
  stack.retainExceptOnCreate = retainExceptOnCreate;
  rollBack(op, stack.status === 'CREATE_FAILED' ? 'CREATE' : 'UPDATE', 'User Initiated');
}
