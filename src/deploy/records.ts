import { AwsFailure } from './aws/failure.ts';
import type { StackState } from './aws/stacks.ts';
import type { Store } from './aws/store.ts';
import type { Origins } from '../compiler/emit/emit.ts';
import type { Run } from './run.ts';
import type { Shipment } from './shipment.ts';
import { digestOf, textOf, type Target } from './target.ts';
import { encryptionOf } from './upload.ts';

/** A deployment that succeeded, as it is kept beside the code: enough to deploy it again. */
export interface Recorded {
  readonly version: 1;
  /** What it is called: when it ended, by AWS’s clock, and its run. */
  readonly id: string;
  readonly system: string;
  readonly stage: string;
  readonly stack: string;
  readonly author: string;
  /** The version of eventsystem, and the commit that was deployed, where they were known. */
  readonly by?: string;
  readonly commit?: string;
  /** The key of the template. */
  readonly template: string;
  /** Values of parameters, but those that must not be shown. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly origins: Origins;
  /** The stacks of a system that is several, in the order they are deployed. */
  readonly stacks?: readonly RecordedStack[];
}

export interface RecordedStack {
  readonly stack: string;
  readonly template: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly handed: NonNullable<Target['handed']>;
}

/** So many deployments of a stack keep their code: a rollback to them finds it. */
export const KEPT_RECORDS = 10;

const folderOf = (stack: string): string => `deployments/${stack}/`;

/** Keeps what was deployed. That it cannot be kept is told; the deployment has succeeded all the same. */
export async function keepRecord(run: Run, store: Store, shipment: Shipment, stack: StackState): Promise<void> {
  await keep(run, store, shipment.target.stack, recordOf(run, shipment, stack));
}

/** Keeps what was deployed of a system of several stacks, as one, in the application’s name. */
export async function keepSystemRecord(
  run: Run,
  store: Store,
  main: Shipment,
  shipments: readonly Shipment[],
  states: ReadonlyMap<string, StackState | undefined>,
): Promise<void> {
  const made = shipments.map(({ target }): RecordedStack => ({
    stack: target.stack,
    template: keyOf(target),
    parameters: parametersIn(target, states.get(target.stack)),
    handed: target.handed ?? {},
  }));
  const latest = [...states.values()].flatMap((one) => (one ? [one] : [])).sort((a, b) => timeOf(b) - timeOf(a))[0];
  if (latest) await keep(run, store, main.target.stack, { ...recordOf(run, main, latest), stacks: made });
}

function timeOf({ LastUpdatedTime: updated, CreationTime: created }: StackState): number {
  return (updated ?? created)?.getTime() ?? 0;
}

export const keyOf = (target: Pick<Target, 'template'>): string => `templates/${digestOf(textOf(target))}.json`;

function recordOf(run: Run, { system, target, commit }: Shipment, stack: StackState): Recorded {
  const at = (stack.LastUpdatedTime ?? stack.CreationTime)?.toISOString().replace(/[:.]/g, '-') ?? 'unknown';
  return {
    version: 1,
    id: `${at}-${run.world.run}`,
    system,
    stage: target.stage,
    stack: target.stack,
    author: run.world.author,
    by: run.world.version,
    ...(commit !== undefined && { commit }),
    template: keyOf(target),
    parameters: parametersIn(target, stack),
    tags: target.tags,
    origins: target.origins,
  };
}

/** The values of a stack’s parameters, but those that must not be shown and those that other stacks hand over. */
function parametersIn({ template, handed = {} }: Target, stack: StackState | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    (stack?.Parameters ?? [])
      .filter(
        ({ ParameterKey: name = '', ParameterValue: value }) =>
          value !== '****' && !hidden(template.Parameters?.[name]) && !Object.hasOwn(handed, name),
      )
      .map(({ ParameterKey: name = '', ParameterValue: value = '' }) => [name, value]),
  );
}

async function keep(run: Run, store: Store, stack: string, recorded: Recorded): Promise<void> {
  try {
    await store.put(
      `${folderOf(stack)}${recorded.id}.json`,
      Buffer.from(JSON.stringify(recorded)),
      'application/json',
      await encryptionOf(store),
    );
  } catch (error) {
    if (!(error instanceof AwsFailure)) throw error;
    run.world.operator.say(
      `Warning: this deployment could not be recorded (${error.message}), so \`eventsystem rollback\` cannot return to it.`,
    );
  }
}

function hidden(parameter: unknown): boolean {
  return typeof parameter === 'object' && parameter !== null && 'NoEcho' in parameter && String(parameter.NoEcho) === 'true';
}

/** The names of recorded deployments, the latest first. */
export async function recordsOf(store: Store, stack: string): Promise<readonly string[]> {
  const all = await store.list(folderOf(stack));
  return all
    .map(({ key }) => key.slice(folderOf(stack).length).replace(/\.json$/, ''))
    .sort()
    .reverse();
}

export async function recorded(store: Store, stack: string, id: string): Promise<Recorded | undefined> {
  if (!/^[\w-]+$/.test(id)) return undefined;
  const text = await store.text(`${folderOf(stack)}${id}.json`);
  if (text === undefined) return undefined;
  const value = JSON.parse(text) as Recorded;
  return value.version === 1 && value.stack === stack ? value : undefined;
}
