import { conclude } from './conclude.ts';
import { faults } from './faults.ts';
import { stop } from './fault.ts';
import { follow, fromNowOn, type End, type Watch } from './follow.ts';
import { watching } from './progress.ts';
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
    return statusOf(await watch(run, target, stack, { ...since, until: world.clock.now() + 2 * 3_600_000 }));
  }
  if (status === 'UPDATE_ROLLBACK_FAILED') await changes.continueRollback(id, token, target.role ?? stack.RoleARN, skip);
  else if (standingOf(status) === 'paused') await changes.rollBack(id, token, target.role ?? stack.RoleARN);
  else throw stop(faults['nothing-to-recover'], { stack: target.stack, status });
  const end = await watch(run, target, stack, { token, ...since });
  const now = statusOf(end);
  if (/^UPDATE_ROLLBACK_COMPLETE|^ROLLBACK_COMPLETE|^DELETE_COMPLETE/.test(now)) return now;
  await conclude(run, target, end as End, { ephemeral: false });
  return now;
}

/** Watches what is going on with a stack, and tells how it ended; with what it stands at where nothing is. */
export async function attach(run: Run, target: Target): Promise<string> {
  const stack = await theStack(run, target);
  const standing = standingOf(stack.StackStatus);
  const entry = run.journal.read();
  const own = entry?.phase === 'executing' && entry.stackId === stack.StackId ? entry : undefined;
  if (standing !== 'busy' && standing !== 'cleaning' && !own) return stack.StackStatus;
  const end = await watch(run, target, stack, {
    ...(own?.token !== undefined && { token: own.token }),
    ...(own?.changeSet !== undefined && { changeSet: own.changeSet }),
  });
  if (!end) return stack.StackStatus;
  await conclude(run, target, end, { ephemeral: false });
  run.journal.clear();
  return end.status;
}

function watch(run: Run, target: Target, stack: StackState, more: Partial<Watch>): Promise<End | undefined> {
  const began = stack.LastUpdatedTime ?? stack.CreationTime;
  return follow(run, { ...watching(run, target, 0), stack: stack.StackId, name: target.stack, ...(began && { since: began }), ...more });
}

function statusOf(end: End | undefined): string {
  return end?.status ?? 'UNKNOWN';
}

async function theStack({ stacks, aws }: Run, target: Target): Promise<StackState> {
  const stack = await stacks.describe(target.stack);
  if (!stack) throw stop(faults['no-stack'], { stack: target.stack, region: aws.region });
  return stack;
}

async function agreed({ world }: Run, question: string): Promise<boolean> {
  return world.operator.present && /^y/i.test((await world.operator.ask(question))?.trim() ?? '');
}
