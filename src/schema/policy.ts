import { raw, list } from './kit.ts';

/** Statements of the author’s own in a resource’s policy. */
export const policy = (aws: string) =>
  list('Statements added to the resource policy, in IAM’s form. `Resource` is filled in if left out.', raw('A statement.', 'object'), {
    single: true,
    min: 1,
    aws,
    also: ['PolicyDocument', 'Statement', 'resourcePolicy', 'addToResourcePolicy'],
  });
