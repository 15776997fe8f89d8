import type { Template } from '../compiler/emit/emit.ts';
import { costsOf } from '../views/cost.ts';
import { destroys, digestOfChanges, type Change } from './changes.ts';
import type { OperationEvent } from './aws/stacks.ts';
import { wideningsOf, type Widening } from './widening.ts';

/** A plan as a person looks at it, and what has to be approved in it. */
export interface Review {
  readonly stack: string;
  /** The stack is made by it. */
  readonly first: boolean;
  /** Where it is not CloudFormation’s plan for a change. */
  readonly told?: 'from the template' | 'at the end' | 'to be removed';
  readonly changes: readonly Change[];
  /** What is lost, or may be: each has to be approved by its id. */
  readonly destroyed: readonly Change[];
  readonly widenings: readonly Widening[];
  /** What is still to come, in a plan of its own, as far as it is known now. */
  readonly then: readonly Change[];
  /** The stage was protected, and is no longer: its stack can be deleted, and what it holds replaced. */
  readonly released: boolean;
  /** What leaves the stack and stays, at its own cost. */
  readonly left: readonly Change[];
  /** US dollars a month, used or not: before and after. Nothing where a price is not known. */
  readonly cost: { readonly before: number; readonly after: number };
  readonly warnings: readonly string[];
  /** The same plan has the same digest. */
  readonly digest: string;
}

export interface ReviewOf {
  readonly stack: string;
  readonly first: boolean;
  readonly changes: readonly Change[];
  readonly before: Template | undefined;
  readonly after: Template;
  readonly released?: boolean;
  readonly warnings: readonly OperationEvent[];
  readonly then?: readonly Change[] | undefined;
}

export function reviewOf({ stack, first, changes, before, after, warnings, released = false, then = [] }: ReviewOf): Review {
  return {
    stack,
    first,
    changes,
    then,
    destroyed: changes.filter(destroys),
    widenings: first
      ? []
      : [...wideningsOf(before, after), ...(released ? [{ id: stack, what: 'is no longer protected from deletion' }] : [])],
    released,
    left: changes.filter(({ action, kept, replaced }) => kept !== 'no' && (action === 'remove' || replaced !== 'no')),
    cost: { before: before ? sum(before) : 0, after: sum(after) },
    warnings: warnings.map(({ LogicalResourceId: id, ValidationPath: path, ValidationStatusReason: reason, ValidationName: name }) =>
      [id ?? path?.split('/')[2], reason ?? name].filter((part) => part !== undefined).join(': '),
    ),
    digest: digestOfChanges(changes),
  };
}

function sum(template: Template): number {
  return costsOf(template).reduce((all, { monthly = 0 }) => all + monthly, 0);
}
