import type { StackState } from './aws/stacks.ts';
import { AwsFailure } from './aws/failure.ts';
import { authorOf, type Base } from './base.ts';
import { causesOf } from './cause.ts';
import { causeLines } from './conclude.ts';
import type { Seen } from './follow.ts';
import { spell } from './progress.ts';
import { OURS, type Run } from './run.ts';
import type { Target } from './target.ts';

/** What somebody should know before a plan is made. What may not be asked is not told. */
export async function tellBefore(run: Run, target: Target, { stack, type }: Base): Promise<void> {
  if (!stack || type !== 'UPDATE') return;
  for (const tell of [lastFailure, plansOfOthers]) {
    try {
      await tell(run, target, stack);
    } catch (error) {
      if (!(error instanceof AwsFailure)) throw error;
    }
  }
}

/** Why the last deployment was taken back: the next may fail of the same. */
async function lastFailure({ stacks, world }: Run, target: Target, { StackId: id, StackStatus: status }: StackState): Promise<void> {
  if (!/^(UPDATE|IMPORT)_ROLLBACK_COMPLETE$/.test(status)) return;
  const events: Seen[] = [];
  for await (const page of stacks.events(id)) {
    const began = page.findIndex(
      ({ PhysicalResourceId: of, ResourceStatus: to }) => of === id && /^(UPDATE|IMPORT)_IN_PROGRESS$/.test(to ?? ''),
    );
    events.push(...page.slice(0, began === -1 ? page.length : began).map((event) => ({ event, path: '' })));
    if (began !== -1) break;
  }
  const [cause] = causesOf(events, target.origins);
  if (!cause) return;
  world.operator.say(`The last deployment of ${target.stack} failed and was rolled back:`);
  for (const line of causeLines(cause)) world.operator.say(`  ${line}`);
}

const HOUR = 3_600_000;

/** Whoever executes first ends the plans of all others. */
async function plansOfOthers({ stacks, world }: Run, target: Target, { StackId: id }: StackState): Promise<void> {
  for (const set of await stacks.changeSets(id)) {
    const { ChangeSetName: name = '', ExecutionStatus: status, CreationTime: made } = set;
    const age = made === undefined ? undefined : world.clock.now() - made.getTime();
    const author = authorOf(set);
    if (!name.startsWith(OURS) || status !== 'AVAILABLE' || author === world.author || age === undefined || age > HOUR) continue;
    world.operator.say(
      `${author ?? 'Someone'} also has a plan for ${target.stack}, made ${spell(Math.max(0, age))} ago (${name}). Executing either one deletes the other.`,
    );
  }
}
