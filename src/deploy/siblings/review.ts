import type { Catalogue } from '../../compiler/cloud/catalogue.ts';
import type { Template } from '../../compiler/emit/emit.ts';
import { digestOfChanges } from '../changes.ts';
import { reviewOf, type Review } from '../review.ts';
import type { Standing } from '../standing.ts';
import type { Leg } from './legs.ts';
import type { Target } from '../target.ts';
import { verdictOf } from '../verdict.ts';

/** What will become of a stack that CloudFormation cannot plan yet: told from its templates. */
export function forecast(target: Target, { stack, template }: Standing, catalogue: Catalogue): Review {
  const first = stack === undefined || template === undefined;
  const changes = verdictOf(template, target.template, target.origins, catalogue);
  const review = reviewOf({ stack: target.stack, first, changes, before: template, after: target.template, warnings: [] });
  return { ...review, told: 'from the template' };
}

/** What is taken from a stack at the end. */
export function removal({ shipment: { target }, standing }: Leg, catalogue: Catalogue): Review {
  return { ...forecast(target, standing, catalogue), first: false, told: 'at the end' };
}

/** What goes with a stack that the system no longer has. */
export function farewell(name: string, { template }: Standing, catalogue: Catalogue): Review {
  const changes = verdictOf(template, NOTHING, {}, catalogue);
  return { ...reviewOf({ stack: name, first: false, changes, before: template, after: NOTHING, warnings: [] }), told: 'to be removed' };
}

export const NOTHING: Template = { AWSTemplateFormatVersion: '2010-09-09', Resources: {} };

/** The reviews of a system’s stacks as one, to be approved as one. */
export function together(stack: string, reviews: readonly Review[]): Review {
  const changes = reviews.flatMap((one) => one.changes);
  const sum = (of: (one: Review) => number) => reviews.reduce((all, one) => all + of(one), 0);
  return {
    stack,
    first: reviews.every(({ first }) => first),
    changes,
    destroyed: reviews.flatMap((one) => one.destroyed),
    widenings: reviews.flatMap((one) => one.widenings),
    released: reviews.some(({ released }) => released),
    then: [],
    left: reviews.flatMap((one) => one.left),
    cost: { before: sum(({ cost }) => cost.before), after: sum(({ cost }) => cost.after) },
    warnings: reviews.flatMap((one) => one.warnings),
    digest: digestOfChanges(changes),
  };
}
