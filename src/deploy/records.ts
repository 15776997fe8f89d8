import { AwsFailure } from './aws/failure.ts';
import type { StackState } from './aws/stacks.ts';
import type { Store } from './aws/store.ts';
import type { Origins } from '../compiler/emit/emit.ts';
import type { Run } from './run.ts';
import type { Shipment } from './shipment.ts';
import { digestOf, textOf } from './target.ts';
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
  /** The key of the template. */
  readonly template: string;
  /** Values of parameters, but those that must not be shown. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly origins: Origins;
}

const folderOf = (stack: string): string => `deployments/${stack}/`;

/** Keeps what was deployed. That it cannot be kept is told; the deployment has succeeded all the same. */
export async function keepRecord(run: Run, store: Store, { system, target }: Shipment, stack: StackState): Promise<void> {
  const at = (stack.LastUpdatedTime ?? stack.CreationTime)?.toISOString().replace(/[:.]/g, '-') ?? 'unknown';
  const id = `${at}-${run.world.run}`;
  const recorded: Recorded = {
    version: 1,
    id,
    system,
    stage: target.stage,
    stack: target.stack,
    author: run.world.author,
    template: `templates/${digestOf(textOf(target))}.json`,
    parameters: Object.fromEntries(
      (stack.Parameters ?? [])
        .filter(({ ParameterKey: name = '', ParameterValue: value }) => value !== '****' && !hidden(target.template.Parameters?.[name]))
        .map(({ ParameterKey: name = '', ParameterValue: value = '' }) => [name, value]),
    ),
    tags: target.tags,
    origins: target.origins,
  };
  try {
    await store.put(
      `${folderOf(target.stack)}${id}.json`,
      Buffer.from(JSON.stringify(recorded)),
      'application/json',
      await encryptionOf(store),
    );
  } catch (error) {
    if (!(error instanceof AwsFailure)) throw error;
    run.world.operator.say(`Warning: this deployment could not be recorded (${error.message}); \`eventsystem rollback\` will not know it.`);
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
