/** What the compiler and the function that applies migrations agree on. A file apart from the contract of handlers, whose bundles it does not concern. */

/** The folder of migrations in the code of the function that applies them. */
export const MIGRATIONS = 'migrations';

/** The number of a migration, which decides when it is applied: 12 of `0012-orders.sql`. Nothing for a file of another name. */
export function migrationNumber(name: string): bigint | undefined {
  const [, digits] = /^([0-9]{1,18})[-_][A-Za-z0-9][A-Za-z0-9_-]{0,99}\.sql$/.exec(name) ?? [];
  return digits === undefined ? undefined : BigInt(digits);
}
