import type { Applied, Migration } from './migrations.ts';
import { isPostgres, type Row } from './session.ts';

/** How an engine is told what migrating needs. Names and digests are of a form that needs no quoting. */
export interface Dialect {
  /** Tries to take the lock that keeps two set-ups apart, and says so in `got`. It goes with the connection. */
  readonly tryLock: string;
  /** Makes the place that remembers what was applied, out of the functions’ reach. */
  readonly makeLedger: readonly string[];
  /** What was applied. */
  readonly applied: string;
  /** A number that is another in another transaction; nothing where ending one is no mistake. */
  readonly transaction?: string;
  /** What becomes of the statements before the one that failed. */
  readonly keptOnFailure: string;
  record(migration: Migration): string;
  /** Ends the statement another connection is at. */
  cancel(id: number): string;
  /** What went wrong, and where in the script, without the values it was about. */
  complaint(error: Failure, sql: string): string;
}

/** What drivers tell of a failure. */
export interface Failure extends Error {
  readonly code?: string;
  /** PostgreSQL: the character of the script it happened at, from 1. */
  readonly position?: string;
  /** MySQL: which statement of the script it was, from 1. */
  readonly statement?: number;
}

// Not by the master’s name: PostgreSQL looks first into the schema that has the name of the user.
const LEDGER = 'eventsystem_migrations.applied';

const record = ({ name, checksum }: Migration): string => `INSERT INTO ${LEDGER} (name, checksum) VALUES ('${name}', '${checksum}')`;

const postgres: Dialect = {
  // A number of our own: advisory locks have no names. https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
  tryLock: 'SELECT pg_try_advisory_lock(7310579612493) AS got',
  makeLedger: [
    'CREATE SCHEMA IF NOT EXISTS eventsystem_migrations',
    `CREATE TABLE IF NOT EXISTS ${LEDGER} (name text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`,
  ],
  applied: `SELECT name, checksum, to_char(applied_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day FROM ${LEDGER}`,
  transaction: 'SELECT txid_current()::text AS id',
  keptOnFailure: 'Nothing of it was kept',
  record,
  cancel: (id) => `SELECT pg_cancel_backend(${id})`,
  complaint({ message, code = '', position }, sql) {
    const line = position === undefined ? '' : `in line ${sql.slice(0, Number(position) - 1).split('\n').length}: `;
    // Errors of class 22 are about values, and quote them. https://www.postgresql.org/docs/current/errcodes-appendix.html
    return line + (code.startsWith('22') ? message.replace(/"[^"]*"/g, '"…"') : message);
  },
};

const mysql: Dialect = {
  // https://dev.mysql.com/doc/refman/8.4/en/locking-functions.html
  tryLock: "SELECT GET_LOCK('eventsystem.migrations', 0) AS got",
  makeLedger: [
    'CREATE DATABASE IF NOT EXISTS eventsystem_migrations',
    `CREATE TABLE IF NOT EXISTS ${LEDGER} (name VARCHAR(150) CHARACTER SET ascii COLLATE ascii_bin PRIMARY KEY, checksum CHAR(64) NOT NULL, applied_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP) ENGINE = InnoDB`,
  ],
  applied: `SELECT name, checksum, DATE_FORMAT(applied_at, '%Y-%m-%d') AS day FROM ${LEDGER}`,
  // Each statement that changes structure ends the transaction it is in. https://dev.mysql.com/doc/refman/8.4/en/implicit-commit.html
  keptOnFailure: 'What its statements before that one changed of the structure stays: make the file one that can run again, and deploy',
  record,
  cancel: (id) => `KILL QUERY ${id}`,
  complaint({ message, code = '', statement }) {
    const about = VALUES.has(code) ? message.replace(/'[^']*'/, "'…'") : message.replace(/near '.*' at line/s, 'at line');
    return `${statement === undefined ? '' : `at statement ${statement}: `}${about}`;
  },
};

/** Errors that quote a value first. https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html */
const VALUES: ReadonlySet<string> = new Set([
  'ER_DUP_ENTRY',
  'ER_TRUNCATED_WRONG_VALUE',
  'ER_TRUNCATED_WRONG_VALUE_FOR_FIELD',
  'ER_WRONG_VALUE',
]);

export const dialectOf = (engine: string): Dialect => (isPostgres(engine) ? postgres : mysql);

export const appliedOf = (rows: readonly Row[]): readonly Applied[] =>
  rows.map(({ name, checksum, day }) => ({ name: String(name), checksum: String(checksum), day: String(day) }));
