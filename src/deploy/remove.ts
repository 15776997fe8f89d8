import { AwsFailure } from './aws/failure.ts';
import type { StackResourceSummary, StackState } from './aws/stacks.ts';
import { Store } from './aws/store.ts';
import { declined } from './approve.ts';
import { causesOf } from './cause.ts';
import { causeLines } from './conclude.ts';
import { faults } from './faults.ts';
import { stop } from './fault.ts';
import { follow, fromNowOn, type End } from './follow.ts';
import { watching } from './progress.ts';
import { tokenOf, type Run } from './run.ts';
import { interrupted } from './told.ts';
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
  /** A failed deletion for want of time is not tried again. */
  readonly onInventory: (inventory: Inventory) => void;
}

/** What becomes of each resource. */
export interface Inventory {
  readonly stack: string;
  readonly deleted: readonly Item[];
  readonly retained: readonly Item[];
  readonly snapshots: readonly Item[];
  /** Buckets with objects in them. */
  readonly full: readonly Item[];
}

export interface Item {
  readonly id: string;
  readonly type: string;
  readonly physical: string;
}

/** Removes a system, what was deployed last first: what will be deleted, kept and in the way is told before. Whether there was one. */
export async function remove(run: Run, { target }: Pick<Shipment, 'target'>, options: RemoveOptions): Promise<boolean> {
  const standings = await standingSystem(run, target);
  const several = standings.size > 1;
  const stacks = [...standings].reverse().flatMap(([name, { stack, template }]): readonly Doomed[] => {
    if (!stack || stack.StackStatus === 'DELETE_COMPLETE') return [];
    return [{ run: several ? runOf(run, name) : run, target: { ...target, stack: name }, stack, template }];
  });
  if (stacks.length === 0) return false;
  const standing = stacks.filter(({ stack }) => stack.StackStatus !== 'REVIEW_IN_PROGRESS' && stack.StackStatus !== 'DELETE_IN_PROGRESS');
  // What holds nothing but plans, which may be somebody’s, is asked about, too.
  if (standing.length > 0) await askedFor(run, target.stack, standing, options);
  else if (stacks.some(({ stack }) => stack.StackStatus === 'REVIEW_IN_PROGRESS')) await confirmed(run, target.stack, options);
  for (const one of stacks) await removed(one, options);
  return true;
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
  for (const { physical } of inventory.full) await empty(run, physical);
}

async function removed({ run, target, stack }: Doomed, options: RemoveOptions): Promise<void> {
  const { world, changes, journal } = run;
  const { StackId: id, StackStatus: status } = stack;
  if (status === 'REVIEW_IN_PROGRESS') return changes.remove(id, tokenOf(world.run, 'remove'), undefined);
  if (status !== 'DELETE_IN_PROGRESS') journal.write({ run: world.run, stack: target.stack, phase: 'removing', stackId: id });
  await deleted(run, { target }, stack, options);
  journal.clear();
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
      world.operator.say(
        'Something outside the stack still uses it, most likely Lambda’s network interfaces; trying once more in five minutes.',
      );
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

async function inventoryOf(
  run: Run,
  stack: string,
  resources: readonly StackResourceSummary[],
  template: Template | undefined,
): Promise<Inventory> {
  const items = resources.map(({ LogicalResourceId: id = '', ResourceType: type = '', PhysicalResourceId: physical = '' }) => ({
    id,
    type,
    physical,
  }));
  const policy = ({ id }: Item) => template?.Resources[id]?.DeletionPolicy ?? '';
  const deleted = items.filter((one) => !keeps(policy(one)));
  const full: Item[] = [];
  for (const one of deleted)
    if (one.type === 'AWS::S3::Bucket' && one.physical !== '' && (await holdsSomething(run, one.physical))) full.push(one);
  return {
    stack,
    deleted,
    retained: items.filter((one) => policy(one).startsWith('Retain')),
    snapshots: items.filter((one) => policy(one) === 'Snapshot'),
    full,
  };
}

/** After its creation, “retain except on create” retains. */
function keeps(policy: string): boolean {
  return policy.startsWith('Retain') || policy === 'Snapshot';
}

async function holdsSomething(run: Run, bucket: string): Promise<boolean> {
  try {
    return (await new Store(run.aws, bucket, run.identity.account).versions()).length > 0;
  } catch (error) {
    if (error instanceof AwsFailure) return false;
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

/** Deletes every version of every object, three times over: somebody may still write. */
async function empty(run: Run, bucket: string): Promise<void> {
  const store = new Store(run.aws, bucket, run.identity.account);
  let refused: readonly { readonly key: string; readonly reason: string }[] = [];
  for (let pass = 1; pass <= 3; pass++) {
    const all = await store.versions();
    if (all.length === 0) return;
    run.world.operator.say(`Deleting ${all.length} objects and versions in ${bucket}.`);
    refused = [];
    for (let at = 0; at < all.length; at += 1000) {
      if (run.world.interruption.count > 0) throw interrupted(run.world.interruption, `objects of ${bucket}, which are deleted`);
      refused = [...refused, ...(await store.delete(all.slice(at, at + 1000)))];
    }
    if (refused.some(({ reason }) => /denied/i.test(reason))) break;
  }
  if ((await store.versions()).length > 0)
    throw stop(
      faults['bucket-not-empty'],
      { buckets: [bucket] },
      { details: refused.slice(0, 10).map(({ key, reason }) => `${key}: ${reason}`) },
    );
}
