import { AwsFailure } from './aws/failure.ts';
import type { StackState } from './aws/stacks.ts';
import type { Review } from './review.ts';
import type { Run } from './run.ts';
import type { Target } from './target.ts';

/**
 * A protected stage’s stack refuses to replace or delete what holds data, whoever updates it. The policy is what should be, not a
 * step: each deployment sets it, so that one that broke off in between is healed by the next.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/protect-stack-resources.html
 */
export function policyOf({ template }: Pick<Target, 'template'>, run: Pick<Run, 'catalogue'>, but: readonly string[] = []): string {
  const kept = Object.entries(template.Resources)
    .filter(([id, { Type: type }]) => run.catalogue.resourceType(type)?.stateful === true && !but.includes(id))
    .map(([id]) => `LogicalResourceId/${id}`)
    .sort();
  const allow = { Effect: 'Allow', Action: 'Update:*', Principal: '*', Resource: '*' };
  const deny = { Effect: 'Deny', Action: ['Update:Replace', 'Update:Delete'], Principal: '*', Resource: kept };
  return JSON.stringify({ Statement: kept.length === 0 ? [allow] : [allow, deny] });
}

/** What a stage has that is protected no longer: a policy once set can be replaced, but not taken away. */
const OPEN = JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 'Update:*', Principal: '*', Resource: '*' }] });

/** Lets exactly that be replaced or deleted which the plan replaces or deletes: it was approved, or is retained. */
export async function loosened(run: Run, target: Target, stack: string, { changes, first, released }: Review): Promise<void> {
  const goes = changes
    .filter(({ action, replaced }) => action === 'remove' || action === 'unknown' || replaced !== 'no')
    .map(({ id }) => id);
  if (first || (goes.length === 0 && !released)) return;
  if (target.protected) await run.changes.setPolicy(stack, policyOf(target, run, goes));
  else if (released) await run.changes.setPolicy(stack, OPEN);
}

/**
 * Sees that a protected stage’s stack is protected from deletion, and has its policy. That the policy cannot be set is told, and
 * mended by the next deployment.
 */
export async function keepProtection(
  run: Run,
  target: Target,
  stack: Pick<StackState, 'StackId' | 'EnableTerminationProtection'>,
): Promise<void> {
  if (!target.protected) return;
  if (stack.EnableTerminationProtection !== true) await run.changes.protect(stack.StackId, true);
  const wanted = policyOf(target, run);
  try {
    if ((await policyNow(run, stack.StackId)) !== wanted) await run.changes.setPolicy(stack.StackId, wanted);
  } catch (error) {
    if (!(error instanceof AwsFailure)) throw error;
    run.world.operator.say(
      `Warning: the stack policy of ${target.stack} could not be set (${error.message}). The next deployment tries again.`,
    );
  }
}

async function policyNow({ stacks }: Run, stack: string): Promise<string | undefined> {
  try {
    return await stacks.policy(stack);
  } catch (error) {
    // It is set all the same.
    if (error instanceof AwsFailure && error.kind === 'denied') return undefined;
    throw error;
  }
}

/**
 * Whether a stage was protected and is no longer: its stack still is, and by us. What somebody else protected without our policy is
 * theirs to open.
 */
export async function isReleased(run: Run, target: Target, stack: StackState | undefined): Promise<boolean> {
  if (target.protected || stack?.EnableTerminationProtection !== true) return false;
  const policy = await policyNow(run, stack.StackId);
  return policy !== undefined && policy.startsWith('{"Statement":[{"Effect":"Allow","Action":"Update:*"');
}

/** Takes away the protection of a stage that is protected no longer. */
export async function release({ changes, world }: Run, { stack: name }: Target, stack: string): Promise<void> {
  await changes.setPolicy(stack, OPEN);
  await changes.protect(stack, false);
  world.operator.say(`${name} is no longer protected: it can be deleted, and its resources can be replaced.`);
}
