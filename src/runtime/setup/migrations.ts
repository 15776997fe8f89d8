import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrationNumber } from './migration-name.ts';

/** A file of the project that changes the structure of a database, once. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

/** A migration as the database remembers it. */
export interface Applied {
  readonly name: string;
  readonly checksum: string;
  /** The day it was applied. */
  readonly day: string;
}

/** The migrations in a folder, in the order of their numbers. Nothing where there is no such folder. */
export function migrationsIn(folder: string): readonly Migration[] | undefined {
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch {
    return undefined;
  }
  return names
    .map((name) => {
      const sql = readFileSync(join(folder, name), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    })
    .sort((a, b) => (numberOf(a) < numberOf(b) ? -1 : 1));
}

/**
 * What is to be applied, in order; or why nothing is: the folder and the database disagree about the past. A folder
 * that ends before the database does is an earlier one: CloudFormation takes a deployment back, or an older one is
 * deployed again. What was applied stays then, and nothing is done.
 */
export function planOf(
  files: readonly Migration[],
  applied: readonly Applied[],
): { readonly pending: readonly Migration[] } | { readonly refused: string } {
  const known = new Map(applied.map((one) => [one.name, one]));
  const here = new Set(files.map(({ name }) => name));
  const [last, newest] = [files.map(numberOf).reduce(max, -1n), applied.map(numberOf).reduce(max, -1n)];
  const pending = files.filter(({ name }) => !known.has(name));
  const reasons = [
    ...applied
      .filter((one) => !here.has(one.name) && numberOf(one) <= last)
      .map(({ name, day }) => `${name} was applied on ${day} and is missing from the folder; put it back`),
    ...files.flatMap(({ name, checksum }) => {
      const before = known.get(name);
      if (!before || before.checksum === checksum) return [];
      return [`${name} was applied on ${before.day} and has changed since; restore it, and put the change into a new file`];
    }),
    ...pending
      .filter((one) => numberOf(one) < newest)
      .map(({ name }) => `${name} comes before one that was applied already; give it a number after ${newest}`),
  ];
  return reasons.length > 0 ? { refused: reasons.slice(0, 3).join('. ') } : { pending };
}

const numberOf = ({ name }: { readonly name: string }): bigint => migrationNumber(name) ?? -1n;

const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);

/** Whether a file asks to run outside of a transaction, as `CREATE INDEX CONCURRENTLY` must. */
export const standsAlone = ({ sql }: Migration): boolean => /^-- eventsystem: no transaction\s*$/m.test(sql.split('\n', 1)[0] ?? '');
