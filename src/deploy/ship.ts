import type { Template } from '../compiler/emit/emit.ts';
import { agrees, approve, declined, type Approvals } from './approve.ts';
import type { StackState } from './aws/stacks.ts';
import { baseOf, type Base, type BaseOptions } from './base.ts';
import { artifactBucket, urlOf } from './bucket.ts';
import { changesOf, destroys, type Change } from './changes.ts';
import { conclude } from './conclude.ts';
import { execute } from './execute.ts';
import { faults } from './faults.ts';
import { stop, Stop } from './fault.ts';
import { isReleased, keepProtection, loosened, release } from './policy.ts';
import { isEnd, propose, withdraw, type Proposed, type ProposeOptions } from './propose.ts';
import { keepRecord } from './records.ts';
import { reviewOf, type Review } from './review.ts';
import { lossLine } from './print-review.ts';
import type { Run } from './run.ts';
import { keysIn, type Shipment } from './shipment.ts';
import { standingOf } from './stack-status.ts';
import { digestOf, isAsWanted, parametersOf, textOf, type Target } from './target.ts';
import { verdictOf } from './verdict.ts';
import { interrupted } from './told.ts';
import { bring, encryptionOf, upload } from './upload.ts';
import type { Store } from './aws/store.ts';

export interface ShipOptions extends BaseOptions, Approvals, Omit<ProposeOptions, 'templateUrl'> {
  /** A bucket of the user’s own for the code. */
  readonly bucket: string | undefined;
  /** Plan even where nothing seems to differ. */
  readonly force: boolean;
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

/** What is there, as far as it matters to what is to come. */
export interface Standing {
  readonly stack: StackState | undefined;
  readonly template: Template | undefined;
  readonly text: string | undefined;
}

/** Deploys: what is planned is shown, what is shown is approved, and what is approved is executed. */
export async function ship(run: Run, shipment: Shipment, options: ShipOptions): Promise<Shipped> {
  const standing = await standingStack(run, shipment);
  const ready = await withBucket(run, shipment, standing, options);
  if (!options.force && !options.revertDrift && standing.stack && isSettled(ready.shipment, standing, standing.stack)) {
    return unchanged(run, ready.shipment.target, standing.stack, options);
  }
  const plan = await planned(run, ready.shipment, standing, ready.store, options);
  if (!plan) {
    const stack = await run.stacks.describe(shipment.target.stack);
    if (!stack) throw stop(faults['changed-meanwhile'], { stack: shipment.target.stack, by: 'somebody else' });
    // Nothing to change is no success where the last deployment was left as it failed.
    if (standingOf(stack.StackStatus) === 'paused')
      throw stop(faults['stack-paused'], { stack: shipment.target.stack, status: stack.StackStatus });
    return unchanged(run, ready.shipment.target, stack, options);
  }
  options.onReview(plan.review);
  let ordered = false;
  try {
    await approve(plan.review, options, run.world, shipment.target.protected);
    if (run.world.interruption.count > 0) throw interrupted(run.world.interruption);
    return await carriedOut(run, plan, { ...options, onOrder: () => void (ordered = true) });
  } catch (error) {
    // Whatever has come between: what will not be carried out is not left lying about.
    if (!ordered && isEnd(error)) {
      await withdraw(run, { changeSet: plan.proposed.set.ChangeSetId, stack: plan.proposed.stack }, plan.base);
      run.journal.clear();
    }
    throw error;
  }
}

/** Nothing of the template changes. What protects a stack is no part of its template, and may have to be set or taken away. */
async function unchanged(run: Run, target: Target, stack: StackState, { yes }: Approvals): Promise<Shipped> {
  await keepProtection(run, target, stack);
  if (await isReleased(run, target, stack)) {
    if (!yes && !run.world.operator.present) throw stop(faults['approval-needed'], { what: ['--yes'] });
    if (!yes && !(await agrees(run.world, `${target.stack} is no longer to be protected from deletion. Go on? [y/N] `)))
      throw declined(run.world, target.stack);
    await release(run, target, stack.StackId);
  }
  run.journal.clear();
  return { unchanged: true, stack };
}

/** A plan with everything that carrying it out needs. */
export interface Plan {
  readonly shipment: Shipment;
  readonly store: Store | undefined;
  readonly base: Base;
  readonly proposed: Proposed;
  readonly review: Review;
}

/** Uploads, and has CloudFormation plan; nothing where nothing changes. */
export async function planned(
  run: Run,
  shipment: Shipment,
  standing: Standing,
  store: Store | undefined,
  options: ShipOptions,
): Promise<Plan | undefined> {
  const { target, assets } = shipment;
  const verdict = verdictOf(standing.template, target.template, target.origins, run.catalogue);
  // What nobody is there to approve need not be uploaded first.
  if (!run.world.operator.present && !options.planOnly) refuseUnapproved(verdict, options);
  // What the journal says of an earlier run is read before it is written over.
  let base = await baseOf(run, target.stack, options);
  run.journal.write({ run: run.world.run, stack: target.stack, phase: 'uploading' });
  parametersOf(target, base.stack);
  let templateUrl: string | undefined;
  if (store) {
    const { sent, bytes } = await upload(store, assets, keysIn(standing.template), run.world);
    if (sent > 0) run.world.operator.say(`Uploaded ${sent} of ${assets.length} artifacts, ${Math.ceil(bytes / 1024)} KiB.`);
    templateUrl = await bringTemplate(run, store, textOf(target));
  }
  if (run.world.interruption.count > 0) throw interrupted(run.world.interruption);
  const proposed = await propose(run, target, base, { ...options, templateUrl }).catch(async (error: unknown) => {
    // The stack came or went meanwhile: what stands now is looked at once more.
    if (!(error instanceof Stop && error.code === 'changed-meanwhile')) throw error;
    base = await baseOf(run, target.stack, options);
    return propose(run, target, base, { ...options, templateUrl });
  });
  if (!proposed) return undefined;
  try {
    return { shipment, store, base, proposed, review: await reviewed(run, target, standing, base, proposed) };
  } catch (error) {
    if (isEnd(error)) await withdraw(run, { changeSet: proposed.set.ChangeSetId, stack: proposed.stack }, base);
    throw error;
  }
}

/** What CloudFormation plans, as a person looks at it. */
async function reviewed(run: Run, target: Target, standing: Standing, base: Base, proposed: Proposed): Promise<Review> {
  // What was planned is the difference to what stood when it was planned.
  const before = base.stack && base.type === 'UPDATE' ? await templateNow(run, standing, base.stack) : undefined;
  const changes = await changesOf(proposed.set, run.stacks, { origins: target.origins, before, catalogue: run.catalogue });
  return reviewOf({
    stack: target.stack,
    first: base.type === 'CREATE',
    changes,
    before,
    after: target.template,
    released: await isReleased(run, target, base.stack),
    warnings: proposed.warnings,
  });
}

/** Ends where something will surely be lost that was not approved. */
function refuseUnapproved(verdict: readonly Change[], { destroy }: ShipOptions): void {
  const lost = verdict.filter((one) => destroys(one) && one.replaced !== 'perhaps' && !destroy.includes(one.id));
  if (lost.length > 0)
    throw stop(faults['approval-needed'], { what: lost.map(({ id }) => `--approve-destroy ${id}`) }, { details: lost.map(lossLine) });
}

/** Executes an approved plan, watches it, and leaves everything as it should be. */
export async function carriedOut(run: Run, plan: Plan, options: ShipOptions): Promise<Shipped> {
  const { shipment, store, proposed, review, base } = plan;
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
  if (store) await keepRecord(run, store, shipment, stack);
  return { unchanged: false, stack, review };
}

/** The stack and its template as they stand. */
export async function standingStack(run: Run, { target }: Shipment): Promise<Standing> {
  const stack = await run.stacks.describe(target.stack);
  if (!stack || stack.StackStatus === 'REVIEW_IN_PROGRESS') return { stack, template: undefined, text: undefined };
  const text = await run.stacks.template(stack.StackId);
  return { stack, text, template: templateOf(text) };
}

async function templateNow(run: Run, standing: Standing, now: StackState): Promise<Template | undefined> {
  const { stack, template } = standing;
  if (stack?.StackId === now.StackId && stack.LastUpdatedTime?.getTime() === now.LastUpdatedTime?.getTime()) return template;
  return templateOf(await run.stacks.template(now.StackId));
}

/** What eventsystem wrote; another’s template may be anything. */
export function templateOf(text: string | undefined): Template | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'Resources' in value ? (value as Template) : undefined;
  } catch {
    return undefined;
  }
}

/** The shipment with the bucket its code goes to: the one the stack has already, the one that was named, the account’s own. */
export async function withBucket(
  run: Run,
  shipment: Shipment,
  { stack, text }: Standing,
  { bucket: named, force }: Pick<ShipOptions, 'bucket' | 'force'>,
): Promise<{ readonly shipment: Shipment; readonly store: Store | undefined }> {
  if (!shipment.target.template.Parameters?.['ArtifactBucket'] && shipment.assets.length === 0 && shipment.target.inline)
    return { shipment, store: undefined };
  const has = stack?.Parameters?.find(({ ParameterKey: name }) => name === 'ArtifactBucket')?.ParameterValue;
  const given = (bucket: string): Shipment => ({
    ...shipment,
    target: { ...shipment.target, given: { ArtifactBucket: bucket, ...shipment.target.given } },
  });
  const known = named ?? has;
  // What does not differ needs no bucket, and no questions about it.
  if (!force && known !== undefined && stack && isSettled(given(known), { stack, text, template: undefined }, stack))
    return { shipment: given(known), store: undefined };
  const store = await artifactBucket(run, named ?? has);
  if (!store) throw stop(faults['not-bootstrapped'], { region: run.aws.region, account: run.identity.account });
  return { shipment: given(store.bucket), store };
}

function isSettled({ target }: Shipment, { text }: Standing, stack: StackState): boolean {
  return isAsWanted(target, parametersOf(target, stack), stack, text);
}

async function bringTemplate(run: Run, store: Store, text: string): Promise<string> {
  const key = `templates/${digestOf(text)}.json`;
  const { version } = await bring(store, key, Buffer.from(text), 'application/json', await encryptionOf(store));
  return urlOf(run, store.bucket, key, version);
}
