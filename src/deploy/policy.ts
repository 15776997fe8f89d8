import { AwsFailure } from './aws/failure.ts';
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

/** Lets exactly what was approved be replaced or deleted. */
export async function loosened(run: Run, target: Target, stack: string, { destroyed, first }: Review): Promise<void> {
  if (!target.protected || first || destroyed.length === 0) return;
  await run.changes.setPolicy(
    stack,
    policyOf(
      target,
      run,
      destroyed.map(({ id }) => id),
    ),
  );
}

/** Sets the policy, where it is not set already. That it cannot be is told, and mended by the next deployment. */
export async function keepPolicy(run: Run, target: Target, stack: string, since: 'changed' | 'unchanged'): Promise<void> {
  if (!target.protected) return;
  const wanted = policyOf(target, run);
  try {
    if (since === 'unchanged' && (await run.stacks.policy(stack)) === wanted) return;
    await run.changes.setPolicy(stack, wanted);
  } catch (error) {
    if (!(error instanceof AwsFailure)) throw error;
    run.world.operator.say(
      `Warning: the stack policy of ${target.stack} could not be set (${error.message}). The next deployment tries again.`,
    );
  }
}
