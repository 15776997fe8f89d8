import { approve } from '../approve.ts';
import type { StackState } from '../aws/stacks.ts';
import type { Store } from '../aws/store.ts';
import { faults } from '../faults.ts';
import { stop } from '../fault.ts';
import { refuseOlder, sourced } from '../older.ts';
import { withdraw } from '../propose.ts';
import { keepSystemRecord } from '../records.ts';
import type { Review } from '../review.ts';
import type { Run } from '../run.ts';
import { losses, planned, refuseUnapproved, ship, takesIn, unchanged, type Shipped, type ShipOptions } from '../ship.ts';
import { keysIn, type Shipment } from '../shipment.ts';
import { interrupted } from '../told.ts';
import { upload } from '../upload.ts';
import { carryOut } from './carry-out.ts';
import { handedTo, withGiven, type States } from './handed.ts';
import { isAsItShouldBe, legsOf, refuseMissing, runOf, statesOf, type Leg, type PlannedLeg } from './legs.ts';
import { refuseMoves } from './moves.ts';
import { removalsLast } from './removals.ts';
import { farewell, forecast, removal, together } from './review.ts';
import { standingSystem, type Standings } from './standing.ts';

/** Deploys a system, whatever stacks it has: one review, one approval, one stack after the other. */
export async function shipSystem(run: Run, shipments: readonly Shipment[], options: ShipOptions): Promise<Shipped> {
  const system = await lookAt(run, shipments);
  const { standings, main, left } = system;
  const [only] = shipments;
  if (only && shipments.length === 1 && left.length === 0) return ship(run, only, options, standings.get(only.target.stack));
  for (const shipment of shipments)
    if (await takesIn(runOf(run, shipment.target.stack), shipment, standings.get(shipment.target.stack) ?? ABSENT, options))
      return shipSystem(run, shipments, options);
  const planning = await planSystem(run, system, options);
  if (!planning) return untouched(run, system, options);
  try {
    for (const review of planning.reviews) options.onReview(review);
    await approve(planning.review, options, run.world, main.target.protected);
    if (run.world.interruption.count > 0) throw interrupted(run.world.interruption);
  } catch (error) {
    await withdrawAll(planning.legs);
    throw error;
  }
  return completed(run, planning, options);
}

/** Carries out what was approved, and keeps the record of it. */
export async function completed(run: Run, planning: Planning, options: ShipOptions): Promise<Shipped> {
  const { main, store, legs, review } = planning;
  const { states } = await carryOut(run, planning, options);
  // Of a stack that was on the way twice, what it is now.
  const shipments = [...new Map(legs.map(({ shipment }) => [shipment.target.stack, shipment])).values()];
  if (store) await keepSystemRecord(run, store, main, shipments, states);
  const stack = states.get(main.target.stack);
  if (!stack) throw stop(faults['changed-meanwhile'], { stack: main.target.stack, by: 'someone else' });
  return { unchanged: false, stack, review };
}

/** A system as it is wanted and as it stands. */
export interface SystemStanding {
  readonly shipments: readonly Shipment[];
  readonly standings: Standings;
  /** The application’s. */
  readonly main: Shipment;
  /** Stacks that stand and are not wanted any more. */
  readonly left: readonly string[];
}

/** What stands; ends where something would have to move from one stack to another. */
export async function lookAt(run: Run, shipments: readonly Shipment[]): Promise<SystemStanding> {
  const main = shipments.find(({ target }) => target.template.Metadata) ?? shipments[0];
  if (!main) throw new Error('A system has at least one stack.');
  const names = shipments.map(({ target }) => target.stack);
  const standings = await standingSystem(run, main.target, names);
  refuseMoves(standings, shipments, main.target.stack);
  const left = [...standings].flatMap(([name, { stack }]) => (stack && !names.includes(name) ? [name] : []));
  return { shipments, standings, main, left };
}

/** What would be done, looked at as one. */
export interface Planning extends SystemStanding {
  readonly legs: readonly PlannedLeg[];
  readonly store: Store | undefined;
  readonly reviews: readonly Review[];
  readonly review: Review;
  /** What stands of each stack now: an operation of before may have been waited for. */
  readonly states: States;
}

/** Plans every stack that can be planned now, and tells of the others what their templates tell; nothing where nothing changes. */
export async function planSystem(run: Run, system: SystemStanding, options: ShipOptions): Promise<Planning | undefined> {
  const { standings, left } = system;
  const { legs: bare, store } = await legsOf(run, system.shipments, standings, options);
  if (!store && left.length === 0) return undefined;
  const main = await sourced(run, system.main);
  const legs = bare.map((leg) => ({ ...leg, shipment: { ...leg.shipment, ...(main.commit !== undefined && { commit: main.commit }) } }));
  await refuseOlder(run, main, standings.get(main.target.stack) ?? ABSENT, store, options);
  for (const leg of legs) refuseMissing(leg);
  if (!run.world.operator.present && !options.planOnly)
    refuseUnapproved(
      legs.flatMap((leg) => losses(leg.run, leg.shipment, leg.standing)),
      options,
    );
  const way = removalsLast(legs);
  const done: PlannedLeg[] = [];
  const reviews: Review[] = [];
  const states = new Map(statesOf(standings));
  try {
    for (const leg of way.first) {
      const { leg: plannedLeg, review, stack } = await planLeg(leg, states, store, options);
      done.push(plannedLeg);
      if (stack) states.set(leg.shipment.target.stack, stack);
      if (review) reviews.push(review);
    }
  } catch (error) {
    await withdrawAll(done);
    throw error;
  }
  for (const leg of way.last) {
    done.push({ ...leg, plan: undefined, handed: undefined });
    reviews.push(removal(leg, run.catalogue));
  }
  for (const name of left) reviews.push(farewell(name, standings.get(name) ?? ABSENT, run.catalogue));
  if (reviews.length === 0) return undefined;
  return { ...system, main, legs: done, store, reviews, states, review: together(main.target.stack, reviews) };
}

const ABSENT = { stack: undefined, template: undefined, text: undefined };

async function planLeg(
  leg: Leg,
  states: States,
  store: Store | undefined,
  options: ShipOptions,
): Promise<{ readonly leg: PlannedLeg; readonly review?: Review; readonly stack?: StackState | undefined }> {
  const { run, shipment, standing } = leg;
  const handed = handedTo(shipment.target, states);
  if (isAsItShouldBe(leg, states, options)) return { leg: { ...leg, plan: undefined, handed } };
  if (handed === undefined) {
    // Code goes before anything is changed: what cannot be sent must not be found out half-way.
    if (store) await upload(store, shipment.assets, keysIn(standing.template), run.world);
    return { leg: { ...leg, plan: undefined, handed }, review: forecast(shipment.target, standing, run.catalogue) };
  }
  const plan = await planned(run, withGiven(shipment, handed), standing, store, { ...options, planOnly: true });
  if (plan) return { leg: { ...leg, plan, handed }, review: plan.review, stack: plan.base.stack };
  return { leg: { ...leg, plan, handed }, stack: await run.stacks.describe(shipment.target.stack) };
}

/** Takes back every plan that is not carried out. */
export async function withdrawAll(legs: readonly PlannedLeg[]): Promise<void> {
  for (const { run, plan } of legs) {
    if (plan) await withdraw(run, { changeSet: plan.proposed.set.ChangeSetId, stack: plan.proposed.stack }, plan.base);
    run.journal.clear();
  }
}

/** Everything is as the file says; policies are kept all the same. */
async function untouched(run: Run, { shipments, standings, main }: SystemStanding, options: ShipOptions): Promise<Shipped> {
  for (const { target } of shipments) {
    const { stack } = standings.get(target.stack) ?? ABSENT;
    if (stack) await unchanged(runOf(run, target.stack), target, stack, options);
    else run.journalOf(target.stack).clear();
  }
  const stack = standings.get(main.target.stack)?.stack ?? (await run.stacks.describe(main.target.stack));
  if (!stack) throw stop(faults['changed-meanwhile'], { stack: main.target.stack, by: 'someone else' });
  return { unchanged: true, stack };
}
