import { raw, list } from './kit.ts';

/** Statements of the author’s own in a resource’s policy. */
export const policy = (aws: string) =>
  list(
    'Statements added to the resource’s policy, as IAM writes them. `Resource` is filled in where it is left out.',
    raw('A statement.', 'object'),
    { single: true, min: 1, aws, also: ['PolicyDocument', 'Statement', 'resourcePolicy', 'addToResourcePolicy'] },
  );
