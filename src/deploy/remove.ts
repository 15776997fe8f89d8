import { AwsFailure } from './aws/failure.ts';
import type { StackState } from './aws/stacks.ts';
import { declined } from './approve.ts';
import { causesOf } from './cause.ts';
import { causeLines } from './conclude.ts';
import { emptyBucket } from './empty-bucket.ts';
import { faults } from './faults.ts';
import { stop } from './fault.ts';
import { follow, fromNowOn, type End } from './follow.ts';
import { inventoryOf, itemOf, keeps, keptIn, type Inventory } from './inventory.ts';
import { keptOf, type Kept } from './kept.ts';
import { watching } from './progress.ts';
import { tokenOf, type Run } from './run.ts';
import type { Shipment } from './shipment.ts';
import { runOf } from './siblings/legs.ts';
import { standingSystem } from './siblings/standing.ts';
import type { Target } from './target.ts';
import type { Template, TemplateResource } from '../compiler/emit/emit.ts';

export interface RemoveOptions {
  readonly yes: boolean;
  /** Buckets whose objects are deleted first, by logical id or name. */
  readonly empty: readonly string[];
  /** Logical ids of what is left behind; CloudFormation takes them only after it has failed. */
  readonly retain: readonly string[];
  /** Told what will be gone before anybody is asked. */
  readonly onInventory: (inventory: Inventory) => void;
}

/**
 * Removes a system, what was deployed last first: what will be deleted, kept and in the way is told before. Gives what outlives it, or
 * nothing where there was none.
 */
export async function remove(run: Run, { target }: Pick<Shipment, 'target'>, options: RemoveOptions): Promise<readonly Kept[] | undefined> {
  const standings = await standingSystem(run, target);
  const several = standings.size > 1;
  const stacks = [...standings].reverse().flatMap(([name, { stack, template }]): readonly Doomed[] => {
    if (!stack || stack.StackStatus === 'DELETE_COMPLETE') return [];
    return [{ run: several ? runOf(run, name) : run, target: { ...target, stack: name }, stack, template }];
  });
  if (stacks.length === 0) return undefined;
  const standing = stacks.filter(({ stack }) => stack.StackStatus !== 'REVIEW_IN_PROGRESS' && stack.StackStatus !== 'DELETE_IN_PROGRESS');
  // What holds nothing but plans, which may be somebody’s, is asked about, too.
  if (standing.length > 0) await askedFor(run, target.stack, standing, options);
  else if (stacks.some(({ stack }) => stack.StackStatus === 'REVIEW_IN_PROGRESS')) await confirmed(run, target.stack, options);
  const kept: Kept[] = [];
  for (const one of stacks) {
    await removed(one, options);
    kept.push(...(await outliving(one)));
  }
  return kept;
}

interface Doomed {
  readonly run: Run;
  readonly target: Target;
  readonly stack: StackState;
  readonly template: Template | undefined;
}

/** Tells what will be gone, ends where something is in the way, and has it confirmed, once for all stacks. */
async function askedFor(run: Run, name: string, stacks: readonly Doomed[], options: RemoveOptions): Promise<void> {
  const inventories: Inventory[] = [];
  for (const { target, stack, template } of stacks) {
    if (stack.StackStatus.endsWith('_IN_PROGRESS')) throw stop(faults['stack-busy'], { stack: target.stack, status: stack.StackStatus });
    const resources = (await run.stacks.resources(stack.StackId)).filter(({ ResourceStatus: status }) => status !== 'DELETE_COMPLETE');
    inventories.push(await inventoryOf(run, target.stack, resources, template));
  }
  const of = (which: 'deleted' | 'retained' | 'snapshots' | 'full') => inventories.flatMap((one) => one[which]);
  const inventory = { stack: name, deleted: of('deleted'), retained: of('retained'), snapshots: of('snapshots'), full: of('full') };
  options.onInventory(inventory);
  for (const { target, stack, template } of stacks) {
    refuseWhatCannot(target.stack, template, stack);
    await unexported(run, stack);
  }
  const inTheWay = inventory.full.filter(({ id: one, physical }) => !options.empty.includes(one) && !options.empty.includes(physical));
  if (inTheWay.length > 0) throw stop(faults['bucket-not-empty'], { buckets: inTheWay.map(({ id: one }) => one) });
  await confirmed(run, name, options);
  for (const { physical } of inventory.full) await emptyBucket(run, physical);
}

async function removed({ run, target, stack }: Doomed, options: RemoveOptions): Promise<void> {
  const { world, changes, journal } = run;
  const { StackId: id, StackStatus: status } = stack;
  if (status === 'REVIEW_IN_PROGRESS') return changes.remove(id, tokenOf(world.run, 'remove'), undefined);
  if (status !== 'DELETE_IN_PROGRESS') journal.write({ run: world.run, stack: target.stack, phase: 'removing', stackId: id });
  await deleted(run, { target }, stack, options);
  journal.clear();
}

/** What a deleted stack left: CloudFormation tells for ninety days what it skipped. */
async function outliving({ run, target, stack, template }: Doomed): Promise<readonly Kept[]> {
  if (stack.StackStatus === 'REVIEW_IN_PROGRESS') return [];
  try {
    const resources = await run.stacks.resources(stack.StackId);
    const live = resources.filter(({ ResourceStatus: status }) => status !== 'DELETE_COMPLETE').map(itemOf);
    const retained = new Set(keptIn(live, template).retained.map(({ id }) => id));
    const skipped = resources
      .filter(({ ResourceStatus: status, LogicalResourceId: id = '' }) => status === 'DELETE_SKIPPED' || retained.has(id))
      .map(itemOf)
      .filter(({ type, id }) => type !== 'AWS::Lambda::Version' || retained.has(id));
    const gone = resources.filter(({ ResourceStatus: status }) => status === 'DELETE_COMPLETE').map(itemOf);
    const taken = keptIn(gone, template).snapshots;
    return [
      ...skipped.map((one) => keptOf(run, target, template, one, 'itself')),
      ...taken.map((one) => keptOf(run, target, template, one, 'snapshot')),
    ];
  } catch (error) {
    // It is deleted all the same; what stays was told before.
    if (!(error instanceof AwsFailure)) throw error;
    run.world.operator.say(`Warning: cannot list what ${target.stack} left behind (${error.message}).`);
    return [];
  }
}

/** Deletes a stack, and watches it to its end. */
export async function deleted(
  run: Run,
  { target }: Pick<Shipment, 'target'>,
  stack: StackState,
  options: Pick<RemoveOptions, 'retain'>,
): Promise<void> {
  const { world, changes } = run;
  const { StackId: id } = stack;
  for (let attempt = 1; ; attempt++) {
    const token = tokenOf(world.run, attempt === 1 ? 'remove' : `remove-${attempt}`);
    const order = () =>
      changes.remove(id, token, target.role ?? stack.RoleARN, stack.StackStatus === 'DELETE_FAILED' || attempt > 1 ? options.retain : []);
    run.aws.call.holdFast();
    const since = stack.StackStatus === 'DELETE_IN_PROGRESS' && attempt === 1 ? {} : await fromNowOn(run, id);
    if (stack.StackStatus !== 'DELETE_IN_PROGRESS' || attempt > 1) await ordered(target.stack, order);
    const end = await follow(run, {
      ...watching(run, target, { stack: id, doing: 'removed' }),
      ...(stack.StackStatus === 'DELETE_IN_PROGRESS' && attempt === 1 ? {} : { token }),
      again: order,
      ...since,
    });
    if (end?.status === 'DELETE_COMPLETE') return;
    const causes = end
      ? causesOf(
          end.events.filter(({ event }) => event.ResourceStatus === 'DELETE_FAILED'),
          target.origins,
        )
      : [];
    // Lambda gives network interfaces back late.
    if (
      attempt === 1 &&
      end &&
      causes.length > 0 &&
      causes.every(({ reason }) => /DependencyViolation|dependent object|network ?interface/i.test(reason))
    ) {
      world.operator.say('Something outside the stack still uses it, most likely Lambda’s network interfaces; retrying in five minutes.');
      await Promise.race([world.clock.sleep(300_000), world.interruption.next()]);
      if (world.interruption.count === 0) continue;
    }
    throw stop(
      faults['delete-failed'],
      {
        stack: target.stack,
        left: leftOf(
          end,
          causes.map(({ id: one }) => one),
        ),
      },
      { details: causes.flatMap(causeLines) },
    );
  }
}

function leftOf(end: End | undefined, causes: readonly string[]): readonly string[] {
  if (causes.length > 0) return causes;
  const own = end?.events.filter(({ event }) => event.ResourceStatus === 'DELETE_FAILED').map(({ event }) => event.LogicalResourceId ?? '');
  return own?.length ? [...new Set(own)] : ['the stack'];
}

async function ordered(stack: string, order: () => Promise<void>): Promise<void> {
  try {
    await order();
  } catch (error) {
    if (!(error instanceof AwsFailure) || error.kind !== 'invalid') throw error;
    const inUse = /Export (\S+) cannot be deleted as it is in use by (.*)/.exec(error.message);
    if (inUse) throw stop(faults['export-in-use'], { name: inUse[1] ?? '', by: (inUse[2] ?? '').split(/,\s*/) }, { failure: error });
    if (/TerminationProtection|termination protection/i.test(error.message))
      throw stop(faults['protected-from-deletion'], { what: [`the stack ${stack}`] }, { failure: error });
    throw error;
  }
}

/** What protects itself says so in the template. */
export function refuseWhatCannot(name: string, template: Template | undefined, stack: StackState): void {
  const guarded = Object.entries(template?.Resources ?? {})
    .filter(([, one]) => guards(one) && !keeps(one.DeletionPolicy ?? ''))
    .map(([id, { Type: type }]) => `${id} (${type})`);
  const what = [...(stack.EnableTerminationProtection === true ? [`the stack ${name} itself`] : []), ...guarded];
  if (what.length > 0) throw stop(faults['protected-from-deletion'], { what });
}

function guards({ Properties: properties = {} }: TemplateResource): boolean {
  const { DeletionProtection: one, DeletionProtectionEnabled: other } = properties as Readonly<Record<string, unknown>>;
  return one === true || one === 'ACTIVE' || other === true;
}

async function unexported(run: Run, { Outputs: outputs = [] }: StackState): Promise<void> {
  for (const { ExportName: name } of outputs) {
    if (name === undefined) continue;
    const by = await run.stacks.importers(name);
    if (by.length > 0) throw stop(faults['export-in-use'], { name, by });
  }
}

async function confirmed({ world }: Run, stack: string, { yes }: RemoveOptions): Promise<void> {
  if (yes) return;
  if (!world.operator.present) throw stop(faults['approval-needed'], { what: ['--yes'] });
  const answer = await world.operator.ask(`Type ${stack} to remove it: `);
  if (answer?.trim() !== stack) throw declined(world, stack);
}
