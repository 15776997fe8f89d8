import type { Template } from '../compiler/emit/emit.ts';
import type { StackState } from './aws/stacks.ts';
import type { Store } from './aws/store.ts';
import { artifactBucket } from './bucket.ts';
import { faults } from './faults.ts';
import { stop } from './fault.ts';
import type { Run } from './run.ts';
import type { Shipment } from './shipment.ts';
import { isAsWanted, parametersOf } from './target.ts';

/** What is there, as far as it matters to what is to come. */
export interface Standing {
  readonly stack: StackState | undefined;
  readonly template: Template | undefined;
  readonly text: string | undefined;
}

/** The stack and its template as they stand. */
export async function standingStack(run: Run, name: string): Promise<Standing> {
  const stack = await run.stacks.describe(name);
  if (!stack || stack.StackStatus === 'REVIEW_IN_PROGRESS') return { stack, template: undefined, text: undefined };
  const text = await run.stacks.template(stack.StackId);
  return { stack, text, template: templateOf(text) };
}

/** The template as it stands now: the one that was read, where nothing has happened since. */
export async function templateNow(run: Run, standing: Standing, now: StackState): Promise<Template | undefined> {
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

/** A shipment, and the bucket its code goes to. */
export interface Ready {
  readonly shipment: Shipment;
  readonly store: Store | undefined;
}

/** Which bucket, and whether it is asked for where nothing differs. */
export interface BucketOptions {
  /** A bucket of the user’s own for the code. */
  readonly bucket: string | undefined;
  /** Plan even where nothing seems to differ. */
  readonly force: boolean;
}

/** The shipment with the bucket its code goes to: the one the stack has already, the one that was named, the account’s own. */
export async function withBucket(
  run: Run,
  shipment: Shipment,
  { stack, text }: Standing,
  { bucket: named, force }: BucketOptions,
): Promise<Ready> {
  if (!shipment.target.template.Parameters?.['ArtifactBucket'] && shipment.assets.length === 0 && shipment.target.inline)
    return { shipment, store: undefined };
  const has = stack?.Parameters?.find(({ ParameterKey: name }) => name === 'ArtifactBucket')?.ParameterValue;
  const given = (bucket: string): Shipment => ({
    ...shipment,
    target: { ...shipment.target, given: { ArtifactBucket: bucket, ...shipment.target.given } },
  });
  const known = named ?? has;
  // What does not differ needs no bucket, and no questions about it.
  if (!force && known !== undefined && stack && isSettled(given(known), { text }, stack))
    return { shipment: given(known), store: undefined };
  const store = await artifactBucket(run, named ?? has);
  if (!store) throw stop(faults['not-bootstrapped'], { region: run.aws.region, account: run.identity.account });
  return { shipment: given(store.bucket), store };
}

/** Whether the stack is as the file says, so that nothing has to be planned. */
export function isSettled({ target }: Shipment, { text }: Pick<Standing, 'text'>, stack: StackState): boolean {
  return isAsWanted(target, parametersOf(target, stack), stack, text);
}
