import { faults } from './faults.ts';
import { stop, type Stop } from './fault.ts';
import type { Review } from './review.ts';
import { interrupted } from './told.ts';
import type { World } from './world.ts';

/** What was approved on the command line. */
export interface Approvals {
  /** Everything that loses no data and opens nothing of a protected stage. */
  readonly yes: boolean;
  /** Logical ids of what may be lost. */
  readonly destroy: readonly string[];
  /** The digest of what may be opened on a protected stage. */
  readonly security: string | undefined;
}

/** Gets a yes to a plan, or ends. `protectedStage` has what opens wider approved by itself. */
export async function approve(review: Review, approvals: Approvals, world: World, protectedStage: boolean): Promise<void> {
  const { operator } = world;
  const unapproved = review.destroyed.filter(({ id }) => !approvals.destroy.includes(id));
  const opens = protectedStage && review.widenings.length > 0 && approvals.security !== review.digest.slice(0, 12);
  if (!operator.present) {
    const what = [
      ...unapproved.map(({ id }) => `--approve-destroy ${id}`),
      ...(opens ? [`--approve-security ${review.digest.slice(0, 12)}`] : []),
      ...(approvals.yes ? [] : ['--yes']),
    ];
    if (what.length > 0) throw stop(faults['approval-needed'], { what });
    return;
  }
  for (const { id } of unapproved) {
    const answer = await operator.ask(`${id} will or may be lost. Type its logical ID to approve: `);
    if (answer?.trim() !== id) throw declined(world, review.stack);
  }
  if (opens && !(await agrees(world, 'The stage is protected, and access widens as shown above. Continue? [y/N] ')))
    throw declined(world, review.stack);
  if (!approvals.yes && !(await agrees(world, `Deploy ${review.stack}? [y/N] `))) throw declined(world, review.stack);
}

/** Whoever breaks off at a question has not answered it. */
export function declined({ interruption }: World, stack: string): Stop {
  return interruption.count > 0 ? interrupted(interruption) : stop(faults['declined'], { stack });
}

export async function agrees({ operator }: Pick<World, 'operator'>, question: string): Promise<boolean> {
  return /^y(es)?$/i.test((await operator.ask(question))?.trim() ?? '');
}
