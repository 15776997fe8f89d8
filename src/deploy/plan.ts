import { toAdopt } from './adoption.ts';
import { AwsFailure } from './aws/failure.ts';
import { approve } from './approve.ts';
import type { Base } from './base.ts';
import { artifactBucket } from './bucket.ts';
import { changesOf } from './changes.ts';
import { faults } from './faults.ts';
import { stop } from './fault.ts';
import { refuseOlder, sourced } from './older.ts';
import { isReleased } from './policy.ts';
import { reviewOf } from './review.ts';
import type { Run } from './run.ts';
import { adoption, carriedOut, planned, type Plan, type Shipped, type ShipOptions } from './ship.ts';
import type { Shipment } from './shipment.ts';
import { templateOf, withBucket, type Standing } from './standing.ts';
import { withdraw } from './propose.ts';
import { digestOf } from './target.ts';

/** A plan that waits: what was looked at, and nothing else, is carried out later. */
export interface PlanFile {
  readonly version: 1;
  readonly account: string;
  readonly region: string;
  readonly changeSet: string;
  readonly stackId: string;
  readonly type: Base['type'];
  /** It takes in what is adopted, and does nothing else. */
  readonly adopting?: true;
  /** Of the changes, as CloudFormation told them. */
  readonly digest: string;
  /** What is lost. */
  readonly destroyed: readonly string[];
  /** What of it was approved when the plan was made; the rest has to be when it is applied. */
  readonly approved: readonly string[];
  readonly bucket: string | undefined;
  readonly shipment: Shipment;
  /** Of all the rest of this file. */
  readonly seal: string;
}

/** Looks what would change, and takes the plan back; nothing where nothing would. */
export async function diff(run: Run, shipment: Shipment, options: ShipOptions, standing: Standing): Promise<Plan | undefined> {
  // A plan that is not carried out needs no code.
  const plan = await prepared(run, { ...shipment, assets: [] }, options, standing);
  if (plan) await withdraw(plan.run, { changeSet: plan.proposed.set.ChangeSetId, stack: plan.proposed.stack }, plan.base);
  run.journal.clear();
  return plan;
}

/** Plans, and leaves the plan standing; nothing where nothing would change. */
export async function prepare(
  run: Run,
  shipment: Shipment,
  options: ShipOptions,
  standing: Standing,
): Promise<{ readonly plan: Plan; readonly file: PlanFile } | undefined> {
  const plan = await prepared(run, shipment, options, standing);
  run.journal.clear();
  if (!plan) return undefined;
  const { review, proposed, base, store } = plan;
  const { given: _, ...target } = plan.shipment.target;
  const body = {
    version: 1 as const,
    account: run.identity.account,
    region: run.aws.region,
    changeSet: proposed.set.ChangeSetId,
    stackId: proposed.stack,
    type: base.type,
    ...(plan.adopting && { adopting: true as const }),
    digest: review.digest,
    destroyed: review.destroyed.map(({ id }) => id),
    approved: review.destroyed.map(({ id }) => id).filter((id) => options.destroy.includes(id)),
    bucket: store?.bucket,
    // Values that were given may be secrets; CloudFormation has them.
    shipment: { ...plan.shipment, assets: [], target: { ...target, given: {} } },
  };
  return { plan, file: { ...body, seal: sealOf(body) } };
}

async function prepared(run: Run, shipment: Shipment, options: ShipOptions, standing: Standing): Promise<Plan | undefined> {
  const ready = await withBucket(run, await sourced(run, shipment), standing, options);
  await refuseOlder(run, ready.shipment, standing, ready.store, options);
  const adopting = toAdopt(shipment.target, standing.template);
  if (adopting.length > 0) return adoption(run, ready, standing, adopting, { ...options, planOnly: true });
  if (!ready.store && !shipment.target.inline) return undefined;
  return planned(run, ready.shipment, standing, ready.store, { ...options, planOnly: true });
}

/** A plan as it was read from a file. */
export function planFrom<F extends { readonly version: 1; readonly seal: string } = PlanFile>(text: string, file: string): F {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw stop(faults['plan-file'], { file, detail: 'it is not JSON' });
  }
  const plan = (typeof value === 'object' && value !== null ? value : {}) as Partial<F>;
  if (plan.version !== 1) throw stop(faults['plan-file'], { file, detail: 'it has no version, or an unsupported one' });
  const { seal, ...body } = plan as F;
  if (seal !== sealOf(body)) throw stop(faults['plan-file'], { file, detail: 'it was modified after it was written' });
  return plan as F;
}

/** The digest of all that a plan file holds. */
export function sealOf(body: object): string {
  return digestOf(JSON.stringify(body));
}

/** Carries out a plan, if it is still what it was. */
export async function apply(run: Run, file: PlanFile, options: ShipOptions): Promise<Shipped> {
  const { shipment, changeSet: arn, stackId, type } = file;
  const { target } = shipment;
  const set = await run.stacks.changeSet(arn, true).catch((error: unknown) => {
    if (error instanceof AwsFailure && error.kind === 'missing')
      throw stop(faults['plan-gone'], { stack: target.stack }, { failure: error });
    throw error;
  });
  const stack = await run.stacks.describe(stackId);
  const before = type === 'UPDATE' ? templateOf(await run.stacks.template(stackId)) : undefined;
  const changes = await changesOf(set, run.stacks, { origins: target.origins, before, catalogue: run.catalogue });
  const released = await isReleased(run, target, stack);
  const review = reviewOf({
    stack: target.stack,
    first: type === 'CREATE',
    changes,
    before,
    after: target.template,
    warnings: [],
    released,
  });
  if (review.digest !== file.digest) throw stop(faults['plan-differs'], { stack: target.stack });
  options.onReview(review);
  // Whoever hands over a plan has read it; what is lost needs a word of its own all the same.
  await approve(review, { ...options, yes: true, destroy: [...file.approved, ...options.destroy] }, run.world, target.protected);
  const store = file.bucket === undefined ? undefined : await artifactBucket(run, file.bucket);
  const { adopting } = file;
  const shipped = await carriedOut(
    {
      run,
      ...(adopting && { adopting }),
      shipment,
      store,
      base: { type, stack },
      proposed: { set, stack: stackId, warnings: [] },
      review,
    },
    options,
  );
  if (adopting) run.world.operator.say('Now plan the rest of the system: run `eventsystem plan` or `eventsystem deploy`.');
  return shipped;
}
