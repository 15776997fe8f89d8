import { faults } from '../faults.ts';
import { stop } from '../fault.ts';
import { attach, recover, type RecoverOptions } from '../recover.ts';
import type { Run } from '../run.ts';
import { standingOf } from '../stack-status.ts';
import type { Target } from '../target.ts';
import { runOf } from './legs.ts';
import { standingSystem, type Standings } from './standing.ts';

/** Takes every stack of a system that needs it back to its last good state, what was deployed last first. */
export async function recoverSystem(run: Run, target: Target, options: RecoverOptions): Promise<string> {
  const standings = await standingSystem(run, target);
  if (standings.size < 2) return recover(run, target, options);
  const unwell = [...standings].reverse().filter(([, { stack }]) => needsRecovery(stack?.StackStatus, options));
  if (unwell.length === 0) {
    const status = statusOf(target, standings);
    if (status === undefined) throw stop(faults['no-stack'], { stack: target.stack, region: run.aws.region });
    throw stop(faults['nothing-to-recover'], { stack: target.stack, status });
  }
  const ends: string[] = [];
  for (const [name] of unwell) ends.push(`${name}: ${await recover(runOf(run, name), { ...target, stack: name }, options)}`);
  return ends.join(', ');
}

function needsRecovery(status: string | undefined, { cancel }: RecoverOptions): boolean {
  if (status === 'UPDATE_ROLLBACK_FAILED' || standingOf(status) === 'paused') return true;
  return cancel && (status === 'UPDATE_IN_PROGRESS' || status === 'CREATE_IN_PROGRESS');
}

/** Watches whatever goes on with the stacks of a system, and tells how it ended. */
export async function attachSystem(run: Run, target: Target): Promise<string> {
  const standings = await standingSystem(run, target);
  if (standings.size < 2) return attach(run, target);
  for (const [name, { stack }] of standings) {
    if (!stack) continue;
    const status = await attach(runOf(run, name), { ...target, stack: name });
    if (status !== stack.StackStatus) run.world.operator.say(`${name}: ${status}.`);
  }
  const now = await standingSystem(run, target);
  return statusOf(target, now) ?? 'not fully deployed; `eventsystem deploy` continues';
}

function statusOf({ stack }: Target, standings: Standings): string | undefined {
  return standings.get(stack)?.stack?.StackStatus;
}
