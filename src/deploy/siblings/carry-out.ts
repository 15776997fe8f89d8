import { approve } from '../approve.ts';
import { AwsFailure } from '../aws/failure.ts';
import type { StackState } from '../aws/stacks.ts';
import { faults } from '../faults.ts';
import { Stop, stop } from '../fault.ts';
import { withdraw } from '../propose.ts';
import { deleted, refuseWhatCannot } from '../remove.ts';
import type { Review } from '../review.ts';
import type { Run } from '../run.ts';
import { executed, planned, type Plan, type ShipOptions } from '../ship.ts';
import { standingStack } from '../standing.ts';
import { interrupted, stopOf } from '../told.ts';
import { handedTo, withGiven } from './handed.ts';
import { anew, isAsItShouldBe, runOf, type PlannedLeg } from './legs.ts';
import { NOTHING } from './review.ts';
import type { Planning } from './ship-system.ts';

/** What stands of each stack, with what is deployed on the way. */
type Standing = Map<string, StackState | undefined>;

/** Carries out what was approved, one stack after the other. One that fails ends it: what was done before stands. */
export async function carryOut(run: Run, planning: Planning, options: ShipOptions): Promise<{ readonly states: Standing }> {
  const states: Standing = new Map(planning.states);
  const done: string[] = [];
  const waiting = [...planning.legs];
  try {
    for (let leg = waiting[0]; leg; leg = waiting[0]) {
      if (run.world.interruption.count > 0)
        throw interrupted(
          run.world.interruption,
          done.length === 0 ? '' : `${done.join(', ')}, which ${done.length === 1 ? 'is' : 'are'} deployed`,
        );
      const { target } = leg.shipment;
      const stack = await carriedOn(leg, planning, states, options);
      waiting.shift();
      if (stack && !done.includes(target.stack)) done.push(target.stack);
      states.set(target.stack, stack ?? (await run.stacks.describe(target.stack)));
    }
    for (const name of [...planning.left].reverse()) await parted(run, name, planning);
  } catch (error) {
    const [failed, ...rest] = waiting;
    for (const { run: own, plan } of rest) {
      if (plan) await withdraw(own, madeBy(plan), plan.base);
      own.journal.clear();
    }
    throw toldOf(error, done, failed ? rest.map(({ shipment }) => shipment.target.stack) : []);
  }
  return { states };
}

const madeBy = ({ proposed }: Plan) => ({ changeSet: proposed.set.ChangeSetId, stack: proposed.stack });

/** Deploys one stack as it was approved; nothing where it is as it should be. */
async function carriedOn(leg: PlannedLeg, planning: Planning, states: Standing, options: ShipOptions): Promise<StackState | undefined> {
  const { run, shipment, plan } = leg;
  const handed = handedTo(shipment.target, states);
  if (handed === undefined) throw stop(faults['nothing-handed-over'], { stack: shipment.target.stack, from: sourcesOf(leg, states) });
  let now = plan;
  if (plan && !same(handed, leg.handed)) {
    // The stacks before it have made something else of what it is handed.
    await withdraw(run, madeBy(plan), plan.base);
    now = undefined;
  }
  if (!now) {
    now = await plannedLate(plan ? { ...leg, run: anew(run) } : leg, planning, states, handed, options);
    if (!now) return undefined;
  }
  const { stack } = await executed(now, options);
  run.journal.clear();
  return stack;
}

/** Plans what could not be planned before, and has what nobody has seen approved. */
async function plannedLate(
  leg: PlannedLeg,
  { review: approved, store }: Planning,
  states: Standing,
  handed: Readonly<Record<string, string>>,
  options: ShipOptions,
): Promise<Plan | undefined> {
  const { run, shipment } = leg;
  if (isAsItShouldBe(leg, states, options)) return undefined;
  const standing = await standingStack(run, shipment.target.stack);
  const plan = await planned(run, withGiven(shipment, handed), standing, store, { ...options, planOnly: true });
  if (!plan) return undefined;
  const unseen = beyond(plan.review, approved);
  if (unseen.destroyed.length === 0 && (!shipment.target.protected || unseen.widenings.length === 0)) return plan;
  try {
    options.onReview(plan.review);
    await approve(unseen, { ...options, yes: true }, run.world, shipment.target.protected);
    return plan;
  } catch (error) {
    await withdraw(run, madeBy(plan), plan.base);
    run.journal.clear();
    throw error;
  }
}

/** What a plan holds beyond what was approved. */
function beyond(review: Review, approved: Review): Review {
  const lost = new Set(approved.destroyed.map(({ id }) => id));
  const open = new Set(approved.widenings.map(({ id, what }) => `${id} ${what}`));
  return {
    ...review,
    destroyed: review.destroyed.filter(({ id }) => !lost.has(id)),
    widenings: review.widenings.filter(({ id, what }) => !open.has(`${id} ${what}`)),
  };
}

function sourcesOf({ shipment }: PlannedLeg, states: Standing): readonly string[] {
  const missing = Object.values(shipment.target.handed ?? {}).filter(({ stack, output }) => {
    return !states.get(stack)?.Outputs?.some(({ OutputKey: key }) => key === output);
  });
  return [...new Set(missing.map(({ stack, output }) => `${stack}.${output}`))];
}

/** Deletes a stack that the system no longer has. */
async function parted(run: Run, name: string, { standings, main }: Planning): Promise<void> {
  const { stack, template } = standings.get(name) ?? { stack: undefined, template: undefined };
  if (!stack) return;
  const own = runOf(run, name);
  if (stack.EnableTerminationProtection === true) await run.changes.protect(stack.StackId, false);
  refuseWhatCannot(name, template, { ...stack, EnableTerminationProtection: false });
  await deleted(own, { target: { ...main.target, stack: name, template: NOTHING } }, stack, { retain: [] });
  run.world.operator.say(`${name} is removed: it no longer holds any resources.`);
}

function same(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>> | undefined): boolean {
  return other !== undefined && Object.keys(one).every((name) => one[name] === other[name]);
}

/** The end of one stack’s deployment as the end of the system’s. */
function toldOf(thrown: unknown, done: readonly string[], left: readonly string[]): unknown {
  const error = thrown instanceof AwsFailure ? stopOf(thrown) : thrown;
  if (!(error instanceof Stop) || (done.length === 0 && left.length === 0)) return error;
  return new Stop({
    code: error.code,
    ends: error.ends,
    message: error.message,
    why: error.why,
    next: error.next,
    failure: error.failure,
    details: [
      ...error.details,
      ...(done.length > 0 ? [`Already deployed, and kept: ${done.join(', ')}.`] : []),
      ...(left.length > 0 ? [`Not started: ${left.join(', ')}.`] : []),
    ],
  });
}
