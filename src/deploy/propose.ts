import type { ChangeSetSummary, ResourceToImport } from '@aws-sdk/client-cloudformation';
import { AwsFailure } from './aws/failure.ts';
import type { Proposal } from './aws/stack-changes.ts';
import type { ChangeSet, OperationEvent } from './aws/stacks.ts';
import { authorOf, type Base } from './base.ts';
import { faults } from './faults.ts';
import { stop, Stop } from './fault.ts';
import { Broken } from './interruption.ts';
import { spell } from './progress.ts';
import { OURS, tokenOf, type Run } from './run.ts';
import { interrupted } from './told.ts';
import { capabilitiesOf, digestOf, parametersOf, tagsOf, textOf, type Target } from './target.ts';
import { living } from './world.ts';

export interface ProposeOptions {
  /** Where CloudFormation reads the template; handed over with the call where there is no bucket yet. */
  readonly templateUrl: string | undefined;
  /** Overwrite what was changed by hand. */
  readonly revertDrift: boolean;
  /** Take in named resources that are there already. */
  readonly adopt: boolean;
  /** A stack whose creation fails goes altogether. */
  readonly ephemeral: boolean;
  /** Do not wait until resources have settled. */
  readonly express: boolean;
  /** Nothing is done but that these are taken into the stack. */
  readonly adopting?: readonly ResourceToImport[];
  /** The commit that the code is of, for colleagues who meet the plan. */
  readonly commit?: string | undefined;
  /** Alarms that roll a deployment back. */
  readonly alarms?: readonly string[];
}

/** A plan, as CloudFormation made it. */
export interface Proposed {
  readonly set: ChangeSet;
  readonly stack: string;
  /** What it warns of. */
  readonly warnings: readonly OperationEvent[];
}

const PATIENCE = 15 * 60_000;

/** Has CloudFormation plan the change; nothing where there is nothing to change. What was made for it is taken away where it is refused. */
export async function propose(run: Run, target: Target, base: Base, options: ProposeOptions): Promise<Proposed | undefined> {
  const { world, stacks, journal } = run;
  const text = textOf(target);
  const digest = digestOf(text);
  const input = proposalOf(run, target, base, digest, options);
  journal.write({ run: world.run, stack: target.stack, phase: 'proposing', digest });
  const made = await proposed(run, target, input);
  journal.write({ run: world.run, stack: target.stack, phase: 'proposed', digest, changeSet: made.changeSet, stackId: made.stack });
  try {
    const began = world.clock.now();
    const shown = () => [`CloudFormation plans the change, ${spell(world.clock.now() - began)}`];
    const set = await living(world.operator, shown, () => settled(run, target.stack, made.changeSet));
    if (set.Status === 'FAILED' && (await unchanged(run, set))) {
      await withdraw(run, made, base);
      return undefined;
    }
    const failures = (await stacks.failures({ StackName: made.stack, ChangeSetName: made.changeSet })) ?? [];
    const fatal = failures.filter(({ ValidationFailureMode: mode }) => mode !== 'WARN');
    if (set.Status === 'FAILED' || fatal.some(({ EventType: type }) => type === 'VALIDATION_ERROR'))
      throw await refused(run, target, set, fatal);
    return { set, stack: made.stack, warnings: failures.filter(({ ValidationFailureMode: mode }) => mode === 'WARN') };
  } catch (error) {
    if (isEnd(error)) await withdraw(run, made, base);
    throw error;
  }
}

function proposalOf({ world }: Run, target: Target, { type, stack }: Base, digest: string, options: ProposeOptions): Proposal {
  const { templateUrl, adopting } = options;
  return {
    StackName: stack?.StackId ?? target.stack,
    // A name of its own for each run: with a name in common, two people delete each other’s plans.
    ChangeSetName: `${OURS}${digest.slice(0, 12)}-${world.run}`,
    ClientToken: tokenOf(world.run, 'plan'),
    Description: JSON.stringify({
      v: 1,
      tool: 'eventsystem',
      version: world.version,
      run: world.run,
      digest,
      author: world.author,
      git: options.commit,
    }).slice(0, 1024),
    ChangeSetType: adopting ? 'IMPORT' : type,
    ...(templateUrl === undefined ? { TemplateBody: textOf(target) } : { TemplateURL: templateUrl }),
    Capabilities: [...capabilitiesOf(target)],
    ...(target.role !== undefined && { RoleARN: target.role }),
    ...(adopting ? onlyImporting(target, stack, adopting) : changing(target, type, stack, options)),
  };
}

/** A change set that imports changes nothing else: values and tags of a stack that is there stay as they are. */
function onlyImporting(target: Target, stack: Base['stack'], adopting: readonly ResourceToImport[]): Partial<Proposal> {
  return {
    ResourcesToImport: [...adopting],
    Parameters: Object.keys(target.template.Parameters ?? {}).map((name) => ({ ParameterKey: name, UsePreviousValue: true })),
    Tags: stack ? [...(stack.Tags ?? [])] : tagsOf(target),
  };
}

function changing(target: Target, type: Base['type'], stack: Base['stack'], options: ProposeOptions): Partial<Proposal> {
  const { revertDrift, adopt, ephemeral, express, alarms = [] } = options;
  return {
    Parameters: parametersOf(target, stack).map(({ name, value }) =>
      value === undefined ? { ParameterKey: name, UsePreviousValue: true } : { ParameterKey: name, ParameterValue: value },
    ),
    Tags: tagsOf(target),
    ...(ephemeral && type === 'CREATE' && { OnStackFailure: 'DELETE' as const }),
    ...(revertDrift && { DeploymentMode: 'REVERT_DRIFT' as const }),
    ...(!revertDrift && nested(target) && { IncludeNestedStacks: true }),
    ...(adopt && { ImportExistingResources: true }),
    ...(express && { DeploymentConfig: { Mode: 'EXPRESS' as const, DisableRollback: false } }),
    ...(alarms.length > 0 && {
      RollbackConfiguration: { RollbackTriggers: alarms.map((Arn) => ({ Arn, Type: 'AWS::CloudWatch::Alarm' })) },
    }),
  };
}

function nested({ template }: Target): boolean {
  return Object.values(template.Resources).some(({ Type: type }) => type === 'AWS::CloudFormation::Stack');
}

async function proposed(run: Run, target: Target, input: Proposal): Promise<Made> {
  let room = true;
  for (;;) {
    try {
      return await run.changes.propose(input);
    } catch (error) {
      if (!(error instanceof AwsFailure)) throw error;
      const { kind, message: detail } = error;
      const { stack } = target;
      if (kind === 'limit' && /change ?set/i.test(detail)) {
        const all = await run.stacks.changeSets(input.StackName);
        // A colleague’s plan that waits is not ours to take away.
        const own = all.filter((one) => isSpent(one, run.world));
        if (!room || own.length === 0) throw stop(faults['too-many-change-sets'], { stack, count: all.length }, { failure: error });
        for (const { ChangeSetId: id } of own) if (id) await run.changes.withdraw(id);
        room = false;
        continue;
      }
      if (kind === 'limit') throw stop(faults['quota'], { detail }, { failure: error });
      if (error.named.startsWith('InsufficientCapabilities'))
        throw stop(faults['plan-refused'], { stack, detail }, { failure: error, details: [OUR_MISTAKE] });
      if (kind === 'taken') throw stop(faults['name-taken'], { detail }, { failure: error });
      if (kind !== 'invalid') throw error;
      if (/S3 error|TemplateURL/i.test(detail)) throw stop(faults['template-unreadable'], { detail }, { failure: error });
      if (/role .*(invalid|assumed)/i.test(detail)) throw stop(faults['role-refused'], { detail }, { failure: error });
      if (/_IN_PROGRESS/.test(detail)) throw stop(faults['stack-busy'], { stack, status: detail }, { failure: error });
      if (/does not exist|already exists/.test(detail))
        throw stop(faults['changed-meanwhile'], { stack, by: 'someone else' }, { failure: error });
      throw stop(faults['plan-refused'], { stack, detail }, { failure: error, details: MISTAKES.test(detail) ? [OUR_MISTAKE] : [] });
    }
  }
}

/** The change set once it is made, or has failed. */
async function settled({ stacks, world }: Run, stack: string, arn: string): Promise<ChangeSet> {
  const { clock, interruption } = world;
  const began = clock.now();
  let pause = 1000;
  for (;;) {
    let set: ChangeSet | undefined;
    try {
      set = await stacks.changeSet(arn, true);
    } catch (error) {
      // Just made, it may not be known everywhere.
      if (!(error instanceof AwsFailure && error.kind === 'missing')) throw error;
      if (clock.now() - began > 10_000) throw stop(faults['plan-gone'], { stack }, { failure: error });
    }
    if (set?.Status === 'CREATE_COMPLETE' || set?.Status === 'FAILED') return set;
    if (set?.Status?.startsWith('DELETE')) throw stop(faults['plan-gone'], { stack });
    if (clock.now() - began > PATIENCE) throw stop(faults['plan-slow'], { stack });
    await Promise.race([clock.sleep(pause * (0.8 + 0.4 * clock.random())), interruption.next()]);
    if (interruption.count > 0) throw interrupted(interruption);
    pause = Math.min(10_000, pause * 1.5);
  }
}

/** What eventsystem looks for before it asks CloudFormation. */
const MISTAKES = /Template (format |validation )?error|Unresolved resource dependenc|Circular dependency|Requires capabilities/i;

const OUR_MISTAKE =
  'eventsystem should have caught this. Unless it comes from `resources` or `overrides`, please report it with the template from `eventsystem compile`.';

const HOUR = 3_600_000;

/** A change set of this tool that nobody will execute: it failed, or was forgotten, or is of the same person. */
function isSpent(one: ChangeSetSummary, { clock, author }: Run['world']): boolean {
  const { ChangeSetName: name, Status: status, CreationTime: made } = one;
  if (!name?.startsWith(OURS)) return false;
  return status === 'FAILED' || authorOf(one) === author || made === undefined || clock.now() - made.getTime() > HOUR;
}

/** How CloudFormation says that nothing changes. An empty list of changes does not say so: outputs alone can change. */
const NOTHING = /^(The submitted information didn't contain changes|No updates are to be performed)/;

async function unchanged({ stacks }: Run, { StatusReason: reason = '' }: ChangeSet): Promise<boolean> {
  if (NOTHING.test(reason)) return true;
  const child = /Nested change set (arn:\S+?)[\s,.]/.exec(`${reason} `)?.[1];
  return child !== undefined && unchanged({ stacks } as Run, await stacks.changeSet(child, false));
}

/** What ends a run, and is no bug of ours. */
export function isEnd(error: unknown): boolean {
  return error instanceof Stop || error instanceof AwsFailure || error instanceof Broken;
}

/** Takes a plan back, and with it a stack that was made for it alone. That it cannot be is told, and hides no other reason. */
export async function withdraw(run: Run, made: Made, base: Base): Promise<void> {
  try {
    await takenBack(run, made, base);
  } catch (error) {
    if (!(error instanceof AwsFailure || error instanceof Broken)) throw error;
    run.world.operator.say(`Left over: the change set ${made.changeSet} could not be deleted (${error.message}).`);
  }
}

/** A change set and its stack, by their ARNs. */
export interface Made {
  readonly changeSet: string;
  readonly stack: string;
}

/** CloudFormation deletes no change set that it is still making; it is waited for so often, a second each. */
const WAITS = 5;

async function takenBack({ changes, stacks, world }: Run, { changeSet, stack }: Made, { type }: Base): Promise<void> {
  for (let wait = 1; !(await changes.withdraw(changeSet)); wait++) {
    if (wait > WAITS) return world.operator.say(`Left over: the change set ${changeSet}, which CloudFormation is still making.`);
    await world.clock.sleep(1000);
  }
  if (type !== 'CREATE') return;
  const left = await stacks.describe(stack);
  if (left?.StackStatus !== 'REVIEW_IN_PROGRESS') return;
  // Another’s plan for the same stack would go with it.
  const others = (await stacks.changeSets(stack)).filter(
    ({ ChangeSetId: id, Status: status }) => id !== changeSet && status !== 'DELETE_COMPLETE',
  );
  if (others.length === 0) await changes.remove(stack, tokenOf(world.run, 'withdraw'), undefined);
}

/** Why CloudFormation refuses, at the lines that asked for it. */
async function refused({ stacks }: Run, target: Target, set: ChangeSet, failures: readonly OperationEvent[]): Promise<Stop> {
  const details = failures.flatMap((one) => whereOf(one, target));
  for (const { HookResultId: id, Status: status, TypeName: hook, HookStatusReason: reason } of await stacks.hooks(set.ChangeSetId)) {
    if (status !== 'HOOK_COMPLETE_FAILED' && status !== 'HOOK_FAILED') continue;
    details.push(
      `The hook ${hook ?? ''} rejected the change: ${reason ?? ''}`,
      ...(id === undefined ? [] : await stacks.remedies(id)).map((line) => `  ${line}`),
    );
  }
  const reason = set.StatusReason ?? failures[0]?.ValidationStatusReason ?? 'no reason given';
  if (MISTAKES.test(reason)) details.push(OUR_MISTAKE);
  const adopted = /affected resources are (.*)/.exec(reason)?.[1];
  if (adopted !== undefined)
    details.push(`These already exist, and --adopt only imports resources that are retained on deletion: ${adopted}`);
  else if (failures.some(({ ValidationName: name }) => name === 'NAME_CONFLICT_VALIDATION'))
    details.push('Import what exists with `adopt: NAME` on its line, or choose another `physicalName`.');
  return stop(faults['plan-refused'], { stack: target.stack, detail: reason }, { details });
}

/** A failed check, with the line of the file: `/Resources/X/Properties/…` leads to it. */
function whereOf(
  {
    ValidationPath: path = '',
    ValidationStatusReason: reason,
    ResourceStatusReason: other,
    ValidationName: name,
    LogicalResourceId: logical,
  }: OperationEvent,
  { origins }: Target,
): readonly string[] {
  const id = logical ?? path.split('/')[2] ?? '';
  const origin = Object.hasOwn(origins, id) ? origins[id] : undefined;
  const said = reason ?? other ?? name;
  if (said === undefined) return [];
  const where = origin ? `${origin.file}:${origin.line}:${origin.column} (${origin.path})` : id;
  const property = path.split('/').slice(4).join('.');
  return [`${where}: ${said}${property === '' ? '' : ` [${property}]`}`];
}
