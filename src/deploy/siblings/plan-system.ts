import type { Template } from '../../compiler/emit/emit.ts';
import { toAdopt } from '../adoption.ts';
import { approve } from '../approve.ts';
import { AwsFailure } from '../aws/failure.ts';
import type { Base } from '../base.ts';
import { artifactBucket } from '../bucket.ts';
import { changesOf } from '../changes.ts';
import { faults } from '../faults.ts';
import { stop } from '../fault.ts';
import { apply, diff, planFrom, prepare, sealOf, type PlanFile } from '../plan.ts';
import { reviewOf, type Review } from '../review.ts';
import type { Run } from '../run.ts';
import type { Plan, Shipped, ShipOptions } from '../ship.ts';
import type { Standing } from '../standing.ts';
import type { Shipment } from '../shipment.ts';
import { withGiven } from './handed.ts';
import { anew, refuseMissing, runOf, statesOf, type PlannedLeg } from './legs.ts';
import { farewell, forecast, removal, together } from './review.ts';
import { completed, lookAt, planSystem, withdrawAll, type SystemStanding } from './ship-system.ts';

/** What would change, stack by stack. */
export interface Difference {
  readonly review: Review;
  readonly reviews: readonly Review[];
}

/** A plan of several stacks that waits. Those whose values are not there yet are planned when it is carried out, as was looked at. */
export interface SystemPlanFile {
  readonly version: 1;
  readonly account: string;
  readonly region: string;
  readonly bucket: string | undefined;
  readonly stacks: readonly PlannedStack[];
  /** What of the loss was approved when the plan was made; the rest has to be when it is applied. */
  readonly approved: readonly string[];
  /** Of all the rest of this file. */
  readonly seal: string;
}

interface PlannedStack {
  readonly shipment: Shipment;
  readonly changeSet?: { readonly arn: string; readonly stackId: string; readonly type: Base['type'] };
  /** Of its changes; nothing where it has none. */
  readonly digest?: string;
  /** It comes a second time, when nothing uses any more what is taken from it. */
  readonly after?: true;
}

/** Looks what would change, and takes the plans back; nothing where nothing would. */
export async function diffSystem(run: Run, shipments: readonly Shipment[], options: ShipOptions): Promise<Difference | undefined> {
  // A plan that is not carried out needs no code.
  const system = await lookAt(
    run,
    shipments.map((one) => ({ ...one, assets: [] })),
  );
  const alone = only(system);
  if (alone) {
    const plan = await diff(run, alone.shipment, options, alone.standing);
    return plan && { review: plan.review, reviews: [plan.review] };
  }
  const planning = await planSystem(run, system, { ...options, planOnly: true });
  if (planning) await withdrawAll(planning.legs);
  return planning;
}

/** Plans, and leaves the plans standing; nothing where nothing would change. */
export async function prepareSystem(
  run: Run,
  shipments: readonly Shipment[],
  options: ShipOptions,
): Promise<(Difference & { readonly file: PlanFile | SystemPlanFile }) | undefined> {
  const system = await lookAt(run, shipments);
  const alone = only(system);
  if (alone) {
    const made = await prepare(run, alone.shipment, options, alone.standing);
    return made && { review: made.plan.review, reviews: [made.plan.review], file: made.file };
  }
  const planning = await planSystem(run, system, { ...options, planOnly: true });
  if (!planning) return undefined;
  for (const leg of planning.legs) leg.run.journal.clear();
  const body = {
    version: 1 as const,
    account: run.identity.account,
    region: run.aws.region,
    bucket: planning.store?.bucket,
    stacks: planning.legs.map((leg) => plannedStack(leg, planning.reviews)),
    approved: planning.review.destroyed.map(({ id }) => id).filter((id) => options.destroy.includes(id)),
  };
  return {
    review: planning.review,
    reviews: planning.reviews,
    file: { ...body, seal: sealOf(JSON.parse(JSON.stringify(body)) as object) },
  };
}

/** The stack that is planned by itself: the one of a system that is one, or one that has something to take in before all else. */
function only({ shipments, standings, left }: SystemStanding): { readonly shipment: Shipment; readonly standing: Standing } | undefined {
  const standingOf = ({ target }: Shipment) => standings.get(target.stack) ?? ABSENT;
  const taking = shipments.find((one) => toAdopt(one.target, standingOf(one).template).length > 0);
  const shipment = taking ?? (shipments.length === 1 && left.length === 0 ? shipments[0] : undefined);
  return shipment && { shipment, standing: standingOf(shipment) };
}

function plannedStack({ shipment, plan, after }: PlannedLeg, reviews: readonly Review[]): PlannedStack {
  const { target } = shipment;
  const review = reviews.find((one) => one.stack === target.stack && (one.told === 'at the end') === (after === true));
  return {
    // Values that were given may be secrets; CloudFormation has them.
    shipment: { ...shipment, assets: [], target: { ...target, given: {} } },
    ...(plan && { changeSet: { arn: plan.proposed.set.ChangeSetId, stackId: plan.proposed.stack, type: plan.base.type } }),
    ...(review && { digest: review.digest }),
    ...(after && { after }),
  };
}

/** A plan as it was read from a file, of one stack or of several. */
export function systemPlanFrom(text: string, file: string): PlanFile | SystemPlanFile {
  return planFrom<PlanFile | SystemPlanFile>(text, file);
}

/** Carries out a plan, if it is still what it was. */
export async function applySystem(run: Run, file: PlanFile | SystemPlanFile, options: ShipOptions): Promise<Shipped> {
  if (!('stacks' in file)) return apply(run, file, options);
  const system = await lookAt(
    run,
    file.stacks.map(({ shipment }) => shipment),
  );
  const store = file.bucket === undefined ? undefined : await artifactBucket(run, file.bucket);
  const given = { ...(file.bucket !== undefined && { ArtifactBucket: file.bucket }) };
  const reviews: Review[] = [];
  const legs: PlannedLeg[] = [];
  for (const one of file.stacks) {
    const earlier = legs.find(({ shipment }) => shipment.target.stack === one.shipment.target.stack);
    const { leg, review } = await again(
      run,
      { ...one, shipment: withGiven(one.shipment, given) },
      system,
      store,
      earlier?.shipment.target.template,
    );
    if (review?.digest !== one.digest) throw stop(faults['plan-differs'], { stack: leg.shipment.target.stack });
    if (review) reviews.push(review);
    legs.push(leg);
  }
  for (const leg of legs) if (!leg.plan) refuseMissing(leg);
  for (const name of system.left) reviews.push(farewell(name, system.standings.get(name) ?? ABSENT, run.catalogue));
  for (const review of reviews) options.onReview(review);
  const review = together(system.main.target.stack, reviews);
  // Whoever hands over a plan has read it; what is lost needs a word of its own all the same.
  const approvals = { ...options, yes: true, destroy: [...file.approved, ...options.destroy] };
  await approve(review, approvals, run.world, system.main.target.protected);
  return completed(run, { ...system, legs, store, reviews, states: statesOf(system.standings), review }, options);
}

const ABSENT: Standing = { stack: undefined, template: undefined, text: undefined };

/** A stack of a plan as it would be planned now. */
async function again(
  run: Run,
  { shipment, changeSet, digest, after }: PlannedStack,
  { standings }: SystemStanding,
  store: Plan['store'],
  before: Template | undefined,
): Promise<{ readonly leg: PlannedLeg; readonly review: Review | undefined }> {
  const { target } = shipment;
  const standing = standings.get(target.stack) ?? ABSENT;
  const leg = { run: runOf(run, target.stack), shipment, standing };
  if (after) {
    const last: PlannedLeg = {
      ...leg,
      run: anew(leg.run),
      standing: { ...standing, template: before },
      after,
      plan: undefined,
      handed: undefined,
    };
    return { leg: last, review: removal(last, run.catalogue) };
  }
  if (!changeSet) {
    const review = digest === undefined ? undefined : forecast(target, standing, run.catalogue);
    return { leg: { ...leg, plan: undefined, handed: undefined }, review };
  }
  const set = await run.stacks.changeSet(changeSet.arn, true).catch((error: unknown) => {
    if (error instanceof AwsFailure && error.kind === 'missing')
      throw stop(faults['plan-gone'], { stack: target.stack }, { failure: error });
    throw error;
  });
  const had = changeSet.type === 'UPDATE' ? standing.template : undefined;
  const changes = await changesOf(set, run.stacks, { origins: target.origins, before: had, catalogue: run.catalogue });
  const review = reviewOf({
    stack: target.stack,
    first: changeSet.type === 'CREATE',
    changes,
    before: had,
    after: target.template,
    warnings: [],
  });
  const values = (set.Parameters ?? []).map(({ ParameterKey: name = '', ParameterValue: value = '' }) => [name, value] as const);
  const plan: Plan = {
    run: leg.run,
    shipment,
    store,
    base: { type: changeSet.type, stack: standing.stack },
    proposed: { set, stack: changeSet.stackId, warnings: [] },
    review,
  };
  return { leg: { ...leg, plan, handed: Object.fromEntries(values.filter(([name]) => Object.hasOwn(target.handed ?? {}, name))) }, review };
}
