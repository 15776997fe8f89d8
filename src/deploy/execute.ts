import { AwsFailure } from './aws/failure.ts';
import { authorOf } from './base.ts';
import { follows } from './changes.ts';
import { faults } from './faults.ts';
import { stop } from './fault.ts';
import { follow, type End } from './follow.ts';
import type { Proposed } from './propose.ts';
import type { Review } from './review.ts';
import { tokenOf, type Run } from './run.ts';
import { watching } from './progress.ts';
import type { Target } from './target.ts';

export interface ExecuteOptions {
  readonly rollback: boolean;
  readonly ephemeral: boolean;
  readonly waitCleanup: boolean;
  readonly adopting?: unknown;
  /** Told when the order is given, or may be: from then on it may be carried out. */
  readonly onOrder?: () => void;
}

/** Executes what was approved, exactly once, and watches it to its end. */
export async function execute(run: Run, target: Target, { set, stack }: Proposed, review: Review, options: ExecuteOptions): Promise<End> {
  const { world, journal, stacks, changes } = run;
  const token = tokenOf(world.run, 'execute');
  const arn = set.ChangeSetId;
  await available(run, target.stack, arn);
  journal.write({ run: world.run, stack: target.stack, phase: 'executing', changeSet: arn, stackId: stack, token });
  const failure = options.adopting ? 'let-go' : options.rollback ? 'taken-back' : 'left-standing';
  // From here on something may run in AWS, whoever breaks off what.
  run.aws.call.holdFast();
  const heard = world.interruption.count;
  const order = () => changes.execute(arn, stack, token, failure);
  try {
    await order();
  } catch (error) {
    if (!(error instanceof AwsFailure)) throw error;
    if (error.ambiguous) options.onOrder?.();
    if (error.ambiguous) throw stop(faults['order-unknown'], { stack: target.stack, detail: error.message }, { failure: error });
    if (error.kind === 'missing') throw stop(faults['plan-gone'], { stack: target.stack }, { failure: error });
    if (error.kind !== 'status' && !(error.kind === 'invalid' && /_IN_PROGRESS/.test(error.message))) throw error;
    // It may be our own order that is under way already.
    const now = await stacks.changeSet(arn, false).catch(() => undefined);
    if (now?.ExecutionStatus !== 'EXECUTE_IN_PROGRESS' && now?.ExecutionStatus !== 'EXECUTE_COMPLETE')
      throw stop(faults['changed-meanwhile'], { stack: target.stack, by: await lastAuthor(run, stack) }, { failure: error });
  }
  options.onOrder?.();
  const expected = new Set(review.changes.filter((one) => !follows(one)).map(({ id }) => id));
  const end = await follow(run, {
    ...watching(run, target, { stack, doing: 'deployed', expected }),
    token,
    heard,
    changeSet: arn,
    ...(set.CreationTime && { since: set.CreationTime }),
    leaveCleaning: !options.waitCleanup,
    again: order,
  });
  if (!end) throw stop(faults['out-of-sight'], { stack: target.stack, doing: 'deployed', detail: 'it timed out' });
  return end;
}

/** Only what was approved, and is still what CloudFormation would do. */
async function available(run: Run, stack: string, arn: string): Promise<void> {
  try {
    const { Status: status, ExecutionStatus: execution, StackId: id = stack } = await run.stacks.changeSet(arn, false);
    if (status === 'CREATE_COMPLETE' && execution === 'AVAILABLE') return;
    throw stop(faults['changed-meanwhile'], { stack, by: await lastAuthor(run, id) });
  } catch (error) {
    if (error instanceof AwsFailure && error.kind === 'missing') throw stop(faults['plan-gone'], { stack }, { failure: error });
    throw error;
  }
}

/** Who changed the stack last, as far as it can be told. */
async function lastAuthor({ stacks }: Run, stack: string): Promise<string> {
  try {
    for await (const page of stacks.events(stack)) {
      const last = page.find(({ ClientRequestToken: one }) => one !== undefined);
      // Plans that wait, or were ended by the execution, are not its author’s.
      const executed = (await stacks.changeSets(stack)).filter(({ ExecutionStatus: status }) => status?.startsWith('EXECUTE_'));
      const author = executed.map(authorOf).find((one) => one !== undefined);
      const who = [author, last?.ClientRequestToken].filter((part) => part !== undefined).join(', ') || 'someone else';
      return last ? `${who} at ${last.Timestamp.toISOString()}` : who;
    }
  } catch (error) {
    if (!(error instanceof AwsFailure)) throw error;
  }
  return 'someone else';
}
