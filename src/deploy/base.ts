import type { ChangeSetSummary } from '@aws-sdk/client-cloudformation';
import type { StackState } from './aws/stacks.ts';
import { faults } from './faults.ts';
import { stop } from './fault.ts';
import { follow } from './follow.ts';
import { spell } from './progress.ts';
import { OURS, type Run } from './run.ts';
import { standingOf } from './stack-status.ts';

export interface BaseOptions {
  /** How long another’s operation is waited for, in minutes. */
  readonly wait: number;
  /** A stack whose creation failed may be deleted though it leaves something behind. */
  readonly recreate: boolean;
}

/** The stack as a change set can be made for it. */
export interface Base {
  readonly type: 'CREATE' | 'UPDATE';
  /** Nothing where there is no stack. */
  readonly stack: StackState | undefined;
}

const HOUR = 3_600_000;

/** Brings a stack where it can be changed, or ends with the reason why it cannot. */
export async function baseOf(run: Run, name: string, options: BaseOptions): Promise<Base> {
  for (let round = 0; round < 20; round++) {
    const stack = await run.stacks.describe(name);
    const standing = standingOf(stack?.StackStatus);
    if (!stack || standing === 'absent') return { type: 'CREATE', stack: undefined };
    const status = stack.StackStatus;
    switch (standing) {
      case 'settled':
        return { type: 'UPDATE', stack };
      case 'proposed':
        await clearProposals(run, stack);
        return { type: 'CREATE', stack };
      case 'busy':
      case 'cleaning':
        await wait(run, stack, options, standing === 'cleaning');
        break;
      case 'stillborn':
        await bury(run, stack, options);
        break;
      case 'paused':
        // A mended template may go on from here, as long as nothing has to be replaced.
        return { type: 'UPDATE', stack };
      case 'broken':
      case 'undeletable':
        throw stop(faults['stack-broken'], { stack: name, status });
      case 'unknown':
        throw stop(faults['stack-unknown'], { stack: name, status });
    }
  }
  throw stop(faults['stack-busy'], { stack: name, status: 'one operation after another' });
}

/** Change sets of a stack that was never executed: ours and forgotten ones go, another’s fresh one is respected. */
async function clearProposals({ stacks, changes, world, journal }: Run, { StackId: id, StackName: name = id }: StackState): Promise<void> {
  const all = await stacks.changeSets(id);
  const mine = journal.read()?.changeSet;
  const now = world.clock.now();
  const old = ({ CreationTime: made }: ChangeSetSummary) => made === undefined || now - made.getTime() > HOUR;
  const ours = (one: ChangeSetSummary) =>
    one.ChangeSetId === mine || (one.ChangeSetName?.startsWith(OURS) === true && (old(one) || authorOf(one) === world.author));
  const others = all.filter((one) => !ours(one));
  if (others.length > 0)
    throw stop(faults['change-set-of-others'], {
      stack: name,
      names: others.map((one) => plan(one, now)),
    });
  for (const { ChangeSetId: one } of all) if (one) await changes.withdraw(one);
}

/** A change set by its name, with who made it, and when. */
function plan(one: ChangeSetSummary, now: number): string {
  const author = authorOf(one);
  const age = one.CreationTime && now - one.CreationTime.getTime();
  return [
    one.ChangeSetName ?? '',
    ...(author === undefined ? [] : [`by ${author}`]),
    ...(age === undefined ? [] : [`made ${spell(Math.max(0, age))} ago`]),
  ].join(' ');
}

/** Who made a change set, as its description says. */
export function authorOf({ Description: text }: Pick<ChangeSetSummary, 'Description'>): string | undefined {
  try {
    const { author } = JSON.parse(text ?? '') as { readonly author?: unknown };
    return typeof author === 'string' ? author : undefined;
  } catch {
    return undefined;
  }
}

/** Waits for an operation: our own from before is followed to its end, another’s as long as was said, cleaning up an hour. */
async function wait(run: Run, stack: StackState, { wait: minutes }: BaseOptions, cleaning: boolean): Promise<void> {
  const { StackId: id, StackName: name = id, StackStatus: status } = stack;
  const { world, journal } = run;
  const entry = journal.read();
  const own = entry?.phase === 'executing' && entry.stackId === id;
  const patience = cleaning || own ? 60 : minutes;
  if (patience <= 0) throw stop(faults['stack-busy'], { stack: name, status });
  world.operator.say(
    own
      ? `Your earlier run is still deploying ${name}; waiting for it to finish.`
      : cleaning
        ? `${name} is still deleting what its last deployment replaced (${status}).`
        : `Another operation is in progress on ${name} (${status}); waiting.`,
  );
  const until = world.clock.now() + patience * 60_000;
  const end = await follow(run, { stack: id, name, until, ...(own && entry.token !== undefined ? { token: entry.token } : {}) });
  if (end === undefined) throw stop(faults['stack-busy'], { stack: name, status });
}

/** Deletes a stack whose creation was taken back, so that it can be created again. */
async function bury(run: Run, stack: StackState, { recreate }: BaseOptions): Promise<void> {
  const { StackId: id, StackName: name = id } = stack;
  const { stacks, changes, world } = run;
  const left = (await stacks.resources(id)).filter(({ ResourceStatus: status }) => status !== 'DELETE_COMPLETE');
  const names = left.map(({ LogicalResourceId: logical, PhysicalResourceId: physical }) => `${logical ?? ''} (${physical ?? 'no name'})`);
  if (names.length > 0 && !recreate) {
    const answer = world.operator.present
      ? await world.operator.ask(
          `The first deployment of ${name} failed and left ${names.join(', ')} behind. Delete the stack and keep them? [y/N] `,
        )
      : undefined;
    if (!/^y(es)?$/i.test(answer?.trim() ?? '')) throw stop(faults['stack-left-behind'], { stack: name, left: names });
  }
  if (stack.EnableTerminationProtection === true) await changes.protect(id, false);
  world.operator.say(`The first deployment of ${name} failed; deleting its empty stack.`);
  await changes.remove(id, `eventsystem-again-${world.run}`, stack.RoleARN);
  await follow(run, { stack: id, name, until: world.clock.now() + HOUR });
}
