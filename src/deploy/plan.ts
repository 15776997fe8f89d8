import { AwsFailure } from './aws/failure.ts';
import { approve } from './approve.ts';
import type { Base } from './base.ts';
import { artifactBucket } from './bucket.ts';
import { changesOf } from './changes.ts';
import { faults } from './faults.ts';
import { stop } from './fault.ts';
import { isReleased } from './policy.ts';
import { reviewOf } from './review.ts';
import type { Run } from './run.ts';
import { carriedOut, planned, standingStack, templateOf, withBucket, type Plan, type Shipped, type ShipOptions } from './ship.ts';
import type { Shipment } from './shipment.ts';
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
export async function diff(run: Run, shipment: Shipment, options: ShipOptions): Promise<Plan | undefined> {
  // A plan that is not carried out needs no code.
  const plan = await prepared(run, { ...shipment, assets: [] }, options);
  if (plan) await withdraw(run, { changeSet: plan.proposed.set.ChangeSetId, stack: plan.proposed.stack }, plan.base);
  run.journal.clear();
  return plan;
}

/** Plans, and leaves the plan standing; nothing where nothing would change. */
export async function prepare(
  run: Run,
  shipment: Shipment,
  options: ShipOptions,
): Promise<{ readonly plan: Plan; readonly file: PlanFile } | undefined> {
  const plan = await prepared(run, shipment, options);
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
    digest: review.digest,
    destroyed: review.destroyed.map(({ id }) => id),
    approved: review.destroyed.map(({ id }) => id).filter((id) => options.destroy.includes(id)),
    bucket: store?.bucket,
    // Values that were given may be secrets; CloudFormation has them.
    shipment: { ...plan.shipment, assets: [], target: { ...target, given: {} } },
  };
  return { plan, file: { ...body, seal: sealOf(body) } };
}

async function prepared(run: Run, shipment: Shipment, options: ShipOptions): Promise<Plan | undefined> {
  const standing = await standingStack(run, shipment);
  const ready = await withBucket(run, shipment, standing, options);
  if (!ready.store && !shipment.target.inline) return undefined;
  return planned(run, ready.shipment, standing, ready.store, { ...options, planOnly: true });
}

/** A plan as it was read from a file. */
export function planFrom(text: string, file: string): PlanFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw stop(faults['plan-file'], { file, detail: 'it is not JSON' });
  }
  const plan = (typeof value === 'object' && value !== null ? value : {}) as Partial<PlanFile>;
  if (plan.version !== 1) throw stop(faults['plan-file'], { file, detail: 'it is of another version, or none' });
  const { seal, ...body } = plan as PlanFile;
  if (seal !== sealOf(body)) throw stop(faults['plan-file'], { file, detail: 'it was changed since it was written' });
  return plan as PlanFile;
}

function sealOf(body: Omit<PlanFile, 'seal'>): string {
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
  return carriedOut(run, { shipment, store, base: { type, stack }, proposed: { set, stack: stackId, warnings: [] }, review }, options);
}
