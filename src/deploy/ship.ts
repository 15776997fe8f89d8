import type { Adoption, Template } from '../compiler/emit/emit.ts';
import { importing, resourcesToImport, toAdopt } from './adoption.ts';
import { agrees, approve, declined, type Approvals } from './approve.ts';
import type { StackState } from './aws/stacks.ts';
import { tellBefore } from './before.ts';
import { baseOf, type Base, type BaseOptions } from './base.ts';
import { urlOf } from './bucket.ts';
import { changesOf, destroys, type Change } from './changes.ts';
import { conclude } from './conclude.ts';
import { execute } from './execute.ts';
import { faults } from './faults.ts';
import { stop, Stop } from './fault.ts';
import { refuseOlder, sourced, type OlderOptions } from './older.ts';
import { isReleased, keepProtection, loosened, release } from './policy.ts';
import { isEnd, propose, withdraw, type Proposed, type ProposeOptions } from './propose.ts';
import { keepRecord } from './records.ts';
import { reviewOf, type Review } from './review.ts';
import { lossLine } from './print-review.ts';
import type { Run } from './run.ts';
import { keysIn, type Shipment } from './shipment.ts';
import { standingOf } from './stack-status.ts';
import { isSettled, standingStack, templateNow, withBucket, type BucketOptions, type Ready, type Standing } from './standing.ts';
import { digestOf, parametersOf, textOf, type Target } from './target.ts';
import { verdictOf } from './verdict.ts';
import { interrupted } from './told.ts';
import { bring, encryptionOf, upload } from './upload.ts';
import type { Store } from './aws/store.ts';

export interface ShipOptions extends BaseOptions, Approvals, BucketOptions, OlderOptions, Omit<ProposeOptions, 'templateUrl' | 'commit'> {
  /** Take back what was done where something fails. */
  readonly rollback: boolean;
  /** Wait until what was replaced is deleted, too. */
  readonly waitCleanup: boolean;
  /** Nothing is executed, so that nothing has to be approved. */
  readonly planOnly?: true;
  /** Told the plan before anybody is asked. */
  readonly onReview: (review: Review) => void;
  readonly onOrder?: () => void;
}

/** What came of it. */
export interface Shipped {
  /** Nothing had to be done. */
  readonly unchanged: boolean;
  readonly stack: StackState;
  readonly review?: Review;
}

/** Deploys: what is planned is shown, what is shown is approved, and what is approved is executed. */
export async function ship(run: Run, shipment: Shipment, options: ShipOptions, stands?: Standing): Promise<Shipped> {
  const standing = stands ?? (await standingStack(run, shipment.target.stack));
  if (await takesIn(run, shipment, standing, options)) return ship(run, shipment, options);
  const ready = await withBucket(run, shipment, standing, options);
  if (
    !options.force &&
    !options.revertDrift &&
    !wasAdopted(standing) &&
    standing.stack &&
    isSettled(ready.shipment, standing, standing.stack)
  ) {
    return unchanged(run, ready.shipment.target, standing.stack, options);
  }
  const made = await sourced(run, ready.shipment);
  await refuseOlder(run, made, standing, ready.store, options);
  const plan = await planned(run, made, standing, ready.store, options);
  if (!plan) {
    const stack = await run.stacks.describe(shipment.target.stack);
    if (!stack) throw stop(faults['changed-meanwhile'], { stack: shipment.target.stack, by: 'someone else' });
    // Nothing to change is no success where the last deployment was left as it failed.
    if (standingOf(stack.StackStatus) === 'paused')
      throw stop(faults['stack-paused'], { stack: shipment.target.stack, status: stack.StackStatus });
    return unchanged(run, ready.shipment.target, stack, options);
  }
  return approvedAndDone(run, plan, options);
}

/**
 * The last thing done to the stack was to take something in. AWS did not look whether that is as the file says; now it is made so.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/drift-aware-change-sets.html
 */
function wasAdopted({ stack }: Standing): boolean {
  return stack?.StackStatus === 'IMPORT_COMPLETE';
}

/** Takes in what is adopted and is not in the stack yet, before anything else is done. Whether there was anything. */
export async function takesIn(run: Run, shipment: Shipment, standing: Standing, options: ShipOptions): Promise<boolean> {
  const adopting = toAdopt(shipment.target, standing.template);
  if (adopting.length === 0) return false;
  const ready = await withBucket(run, await sourced(run, shipment), standing, options);
  await refuseOlder(run, ready.shipment, standing, ready.store, options);
  await approvedAndDone(run, await adoption(run, ready, standing, adopting, options), options);
  return true;
}

/** Plans that what is adopted is taken into the stack, before anything else is done. */
export async function adoption(
  run: Run,
  { shipment, store }: Ready,
  standing: Standing,
  adopting: readonly Adoption[],
  options: ShipOptions,
): Promise<Plan> {
  const { target } = shipment;
  if ((standing.text ?? '') !== '' && !standing.template) throw stop(faults['stack-of-another-tool'], { stack: target.stack });
  const importingOnly = { ...shipment, assets: [], target: importing(target, standing.template, adopting) };
  const as = { ...run, world: { ...run.world, run: `${run.world.run}-adopt` } };
  const plan = await planned(as, importingOnly, standing, store, {
    ...options,
    adopting: resourcesToImport(adopting, run),
    then: verdictOf(importingOnly.target.template, target.template, target.origins, run.catalogue),
  });
  if (!plan) throw stop(faults['plan-refused'], { stack: target.stack, detail: 'it finds nothing to import' });
  return plan;
}

/** What was planned is shown, what is shown is approved, and what is approved is executed. */
async function approvedAndDone(run: Run, plan: Plan, options: ShipOptions): Promise<Shipped> {
  options.onReview(plan.review);
  let ordered = false;
  try {
    await approve(plan.review, options, run.world, plan.shipment.target.protected);
    if (run.world.interruption.count > 0) throw interrupted(run.world.interruption);
    return await carriedOut(plan, { ...options, onOrder: () => void (ordered = true) });
  } catch (error) {
    // Whatever has come between: what will not be carried out is not left lying about.
    if (!ordered && isEnd(error)) {
      await withdraw(plan.run, { changeSet: plan.proposed.set.ChangeSetId, stack: plan.proposed.stack }, plan.base);
      run.journal.clear();
    }
    throw error;
  }
}

/** Nothing of the template changes. What protects a stack is no part of its template, and may have to be set or taken away. */
export async function unchanged(run: Run, target: Target, stack: StackState, { yes }: Approvals): Promise<Shipped> {
  await keepProtection(run, target, stack);
  if (await isReleased(run, target, stack)) {
    if (!yes && !run.world.operator.present) throw stop(faults['approval-needed'], { what: ['--yes'] });
    if (!yes && !(await agrees(run.world, `This turns off deletion protection for ${target.stack}. Continue? [y/N] `)))
      throw declined(run.world, target.stack);
    await release(run, target, stack.StackId);
  }
  run.journal.clear();
  return { unchanged: true, stack };
}

/** A plan with everything that carrying it out needs. */
export interface Plan {
  /** The run it is of. */
  readonly run: Run;
  /** It takes things in, and does nothing else. */
  readonly adopting?: true;
  readonly shipment: Shipment;
  readonly store: Store | undefined;
  readonly base: Base;
  readonly proposed: Proposed;
  readonly review: Review;
}

interface Planning extends ShipOptions {
  /** What is still to come after this plan. */
  readonly then?: readonly Change[] | undefined;
}

/** Uploads, and has CloudFormation plan; nothing where nothing changes. */
export async function planned(
  run: Run,
  shipment: Shipment,
  standing: Standing,
  store: Store | undefined,
  options: Planning,
): Promise<Plan | undefined> {
  const { target, assets } = shipment;
  // What nobody is there to approve need not be uploaded first.
  if (!run.world.operator.present && !options.planOnly) refuseUnapproved(losses(run, shipment, standing), options);
  // What the journal says of an earlier run is read before it is written over.
  let base = await baseOf(run, target.stack, options);
  await tellBefore(run, target, base);
  run.journal.write({ run: run.world.run, stack: target.stack, phase: 'uploading' });
  if (!options.adopting) parametersOf(target, base.stack);
  let templateUrl: string | undefined;
  if (store) {
    const { sent, bytes } = await upload(store, assets, keysIn(standing.template), run.world);
    if (sent > 0) run.world.operator.say(`Uploaded ${sent} of ${assets.length} artifacts, ${Math.ceil(bytes / 1024)} KiB.`);
    templateUrl = await bringTemplate(run, store, textOf(target));
  }
  if (run.world.interruption.count > 0) throw interrupted(run.world.interruption);
  const revertDrift = options.revertDrift || wasAdopted(standing);
  const proposing = { ...options, revertDrift, templateUrl, commit: shipment.commit };
  const proposed = await propose(run, target, base, proposing).catch(async (error: unknown) => {
    // The stack came or went meanwhile: what stands now is looked at once more.
    if (!(error instanceof Stop && error.code === 'changed-meanwhile')) throw error;
    base = await baseOf(run, target.stack, options);
    return propose(run, target, base, proposing);
  });
  if (!proposed) return undefined;
  try {
    const review = await reviewed(run, target, standing, { base, proposed, then: options.then });
    return { run, shipment, store, base, proposed, review, ...(options.adopting && { adopting: true }) };
  } catch (error) {
    if (isEnd(error)) await withdraw(run, { changeSet: proposed.set.ChangeSetId, stack: proposed.stack }, base);
    throw error;
  }
}

/** What CloudFormation plans, as a person looks at it. */
async function reviewed(
  run: Run,
  target: Target,
  standing: Standing,
  { base, proposed, then }: { readonly base: Base; readonly proposed: Proposed } & Pick<Planning, 'then'>,
): Promise<Review> {
  // What was planned is the difference to what stood when it was planned.
  const before = base.stack && base.type === 'UPDATE' ? await templateNow(run, standing, base.stack) : undefined;
  const changes = await changesOf(proposed.set, run.stacks, { origins: target.origins, before, catalogue: run.catalogue });
  return reviewOf({
    stack: target.stack,
    first: base.type === 'CREATE' || isOnlyAdopted(target, before),
    changes,
    before,
    after: target.template,
    released: await isReleased(run, target, base.stack),
    warnings: proposed.warnings,
    then,
  });
}

/** The stack holds what was taken in and nothing else: the system itself is still to be made. */
function isOnlyAdopted({ adopts = [] }: Target, before: Template | undefined): boolean {
  const taken = new Set(adopts.map(({ id }) => id));
  const ids = Object.keys(before?.Resources ?? {});
  return ids.length > 0 && ids.every((id) => taken.has(id));
}

/** What differs from what stands, told without asking AWS; nothing where somebody is changing what stands. */
export function losses({ catalogue }: Run, { target }: Shipment, { stack, template }: Standing): readonly Change[] {
  return standingOf(stack?.StackStatus) === 'busy' ? [] : verdictOf(template, target.template, target.origins, catalogue);
}

/** Ends where something will surely be lost that was not approved. */
export function refuseUnapproved(verdict: readonly Change[], { destroy }: Pick<ShipOptions, 'destroy'>): void {
  const lost = verdict.filter((one) => destroys(one) && one.replaced !== 'perhaps' && !destroy.includes(one.id));
  if (lost.length > 0)
    throw stop(faults['approval-needed'], { what: lost.map(({ id }) => `--approve-destroy ${id}`) }, { details: lost.map(lossLine) });
}

/** Executes an approved plan, and keeps the record of it. */
export async function carriedOut(plan: Plan, options: ShipOptions): Promise<Shipped> {
  if (plan.adopting) return takenIn(plan, options);
  const shipped = await executed(plan, options);
  if (plan.store) await keepRecord(plan.run, plan.store, plan.shipment, shipped.stack);
  return shipped;
}

/** Executes an approved plan, watches it, and leaves everything as it should be. */
export async function executed({ run, shipment, proposed, review, base }: Plan, options: ShipOptions): Promise<Shipped> {
  const { target } = shipment;
  const paused = standingOf(base.stack?.StackStatus) === 'paused';
  // From where a failure was left standing CloudFormation goes on without taking back, and replaces nothing.
  if (paused && review.changes.some(({ replaced }) => replaced === 'yes'))
    throw stop(faults['stack-paused'], { stack: target.stack, status: base.stack?.StackStatus ?? '' });
  if (target.protected) await run.changes.protect(proposed.stack, true);
  await loosened(run, target, proposed.stack, review);
  const end = await execute(run, target, proposed, review, paused ? { ...options, rollback: false } : options);
  // How it ended is known: a later run need not look for it.
  const stack = await conclude(run, target, end, options).finally(() => run.journal.clear());
  run.world.operator.say(`${target.stack} is deployed.`);
  await keepProtection(run, target, stack);
  if (review.released) await release(run, target, stack.StackId);
  return { unchanged: false, stack, review };
}

async function takenIn({ run, shipment: { target }, proposed, review }: Plan, options: ShipOptions): Promise<Shipped> {
  const end = await execute(run, target, proposed, review, { ...options, adopting: true });
  const stack = await conclude(run, target, end, options).finally(() => run.journal.clear());
  run.world.operator.say(`Imported into ${target.stack}: ${review.changes.map(({ path, id }) => path ?? id).join(', ')}.`);
  return { unchanged: false, stack, review };
}

async function bringTemplate(run: Run, store: Store, text: string): Promise<string> {
  const key = `templates/${digestOf(text)}.json`;
  const { version } = await bring(store, key, Buffer.from(text), 'application/json', {
    encryption: await encryptionOf(store),
    clock: run.world.clock,
  });
  return urlOf(run, store.bucket, key, version);
}
