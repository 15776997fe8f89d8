import { AwsFailure } from './aws/failure.ts';
import { conclude } from './conclude.ts';
import { faults } from './faults.ts';
import { stop } from './fault.ts';
import { follow, fromNowOn, type End, type Watch } from './follow.ts';
import type { Entry } from './journal.ts';
import { watching, type Watching } from './progress.ts';
import { tokenOf, type Run } from './run.ts';
import { standingOf } from './stack-status.ts';
import type { StackState } from './aws/stacks.ts';
import type { Target } from './target.ts';

export interface RecoverOptions {
  /** Logical ids that cannot be taken back, and are left as they are. */
  readonly skip: readonly string[];
  /** An operation that runs is broken off, and taken back. */
  readonly cancel: boolean;
  readonly yes: boolean;
}

/** Takes a stack back to its last good state: after a rollback that failed, after a failure that was left standing, or now. */
export async function recover(run: Run, target: Target, { skip, cancel, yes }: RecoverOptions): Promise<string> {
  const { changes, world } = run;
  const stack = await theStack(run, target);
  const { StackId: id, StackStatus: status } = stack;
  const token = tokenOf(world.run, 'recover');
  const since = await fromNowOn(run, id);
  if (cancel && (status === 'UPDATE_IN_PROGRESS' || status === 'CREATE_IN_PROGRESS')) {
    if (status === 'CREATE_IN_PROGRESS' && !yes && !(await agreed(run, `${target.stack} is being created. Delete it? [y/N] `)))
      throw stop(faults['approval-needed'], { what: ['--yes'] });
    if (status === 'UPDATE_IN_PROGRESS') await changes.cancelUpdate(id, token);
    else await changes.remove(id, token, target.role ?? stack.RoleARN);
    return takenBack(run, target, await watch(run, target, stack, 'rolled back', { ...since, until: world.clock.now() + 2 * 3_600_000 }));
  }
  if (status === 'UPDATE_ROLLBACK_FAILED') await changes.continueRollback(id, token, target.role ?? stack.RoleARN, skip);
  else if (standingOf(status) === 'paused') await changes.rollBack(id, token, target.role ?? stack.RoleARN);
  else throw stop(faults['nothing-to-recover'], { stack: target.stack, status });
  return takenBack(run, target, await watch(run, target, stack, 'rolled back', { token, ...since }));
}

/** The status of a stack that was taken back; what else came of it ends here, unless it had been deployed before that was heard. */
async function takenBack(run: Run, target: Target, end: End | undefined): Promise<string> {
  if (!end) throw stop(faults['out-of-sight'], { stack: target.stack, doing: 'rolled back', detail: 'it is taking more than two hours' });
  if (!/^UPDATE_ROLLBACK_COMPLETE|^ROLLBACK_COMPLETE|^DELETE_COMPLETE/.test(end.status))
    await conclude(run, target, end, { ephemeral: false });
  run.journal.clear();
  return end.status;
}

/** Watches what is going on with a stack, and tells how it ended; with what it stands at where nothing is. */
export async function attach(run: Run, target: Target): Promise<string> {
  const stack = await theStack(run, target);
  const standing = standingOf(stack.StackStatus);
  const entry = run.journal.read();
  const own = entry?.phase === 'executing' && entry.stackId === stack.StackId ? entry : undefined;
  if (standing !== 'busy' && standing !== 'cleaning' && !(own && (await wasExecuted(run, own)))) return stack.StackStatus;
  const end = await watch(run, target, stack, doingOf(stack), {
    ...(own?.token !== undefined && { token: own.token }),
    ...(own?.changeSet !== undefined && { changeSet: own.changeSet }),
  });
  if (!end) return stack.StackStatus;
  const wasRemoval = stack.StackStatus === 'DELETE_IN_PROGRESS' && end.status === 'DELETE_COMPLETE';
  if (!wasRemoval) await conclude(run, target, end, { ephemeral: false });
  run.journal.clear();
  return end.status;
}

/** Whether what the journal says was ordered was heard. */
async function wasExecuted({ stacks }: Run, { changeSet }: Entry): Promise<boolean> {
  if (changeSet === undefined) return false;
  try {
    return (await stacks.changeSet(changeSet, false)).ExecutionStatus !== 'AVAILABLE';
  } catch (error) {
    if (error instanceof AwsFailure && error.kind === 'missing') return false;
    throw error;
  }
}

function watch(run: Run, target: Target, stack: StackState, doing: Watching['doing'], more: Partial<Watch>): Promise<End | undefined> {
  run.aws.call.holdFast();
  const began = stack.LastUpdatedTime ?? stack.CreationTime;
  return follow(run, { ...watching(run, target, { stack: stack.StackId, doing }), ...(began && { since: began }), ...more });
}

function doingOf({ StackStatus: status }: StackState): Watching['doing'] {
  return status.startsWith('DELETE_') ? 'removed' : status.includes('ROLLBACK') ? 'rolled back' : 'deployed';
}

async function theStack({ stacks, aws }: Run, target: Target): Promise<StackState> {
  const stack = await stacks.describe(target.stack);
  if (!stack) throw stop(faults['no-stack'], { stack: target.stack, region: aws.region });
  return stack;
}

async function agreed({ world }: Run, question: string): Promise<boolean> {
  return world.operator.present && /^y/i.test((await world.operator.ask(question))?.trim() ?? '');
}
