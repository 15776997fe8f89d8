/** The names an author gives: the keys of a section. */
export const NAME = '[a-z][a-z0-9]*(-[a-z0-9]+)*';

export const NAME_LENGTH = 48;

/** Names that live in AWS or in code (clients, models, attributes) are free. */
export const FREE_NAME = '[A-Za-z][A-Za-z0-9_-]*';

/**
 * Words that mean something where a name may stand, or that JavaScript or YAML would take for
 * something else. A finding prints the whole list.
 */
export const RESERVED: readonly string[] = [
  'account',
  'auto',
  'constructor',
  'default',
  'existing',
  'false',
  'forever',
  'iam',
  'internet',
  'name',
  'none',
  'null',
  'parameters',
  'partition',
  'prototype',
  'public',
  'region',
  'resources',
  'stage',
  'true',
  'undefined',
  'values',
];
