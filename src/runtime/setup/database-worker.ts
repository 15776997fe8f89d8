import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { dialectOf } from './dialects.ts';
import { lock, makeLedger, migrate, Refused, type Migrating } from './migrate.ts';
import { MIGRATIONS } from './migration-name.ts';
import { migrationsIn, type Migration } from './migrations.ts';
import { setUpMySql } from './mysql.ts';
import { setUpPostgres } from './postgres.ts';
import { connect, isPostgres, type Door, type Session } from './session.ts';
import type { User } from './users.ts';

/** What the provider tells the worker. It holds passwords: nothing of it is ever logged. */
export interface Work extends Door {
  readonly users: readonly User[];
}

export interface Outcome {
  readonly done: boolean;
  readonly reason?: string;
  /** What could not be done. */
  readonly during?: 'users' | 'migrations';
}

/** What Lambda tells a function of itself. */
interface Running {
  getRemainingTimeInMillis(): number;
}

const TRIES = 12;

/** Time to answer before Lambda ends the function. */
const RESERVE = 15_000;

/**
 * Lives in the VPC: connects as the master, makes the users and applies the migrations that lie beside its code.
 * Answers what happened, never what it was given.
 */
export async function handler(work: Work, running: Running): Promise<Outcome> {
  const migrations = migrationsIn(join(dirname(fileURLToPath(import.meta.url)), MIGRATIONS));
  try {
    const session = await patiently(() => connect(work, true));
    try {
      await setUp(work, {
        session,
        migrations,
        open: () => connect(work, true),
        left: () => running.getRemainingTimeInMillis() - RESERVE,
        tls: true,
      });
    } finally {
      await session.close();
    }
    return { done: true };
  } catch (error) {
    return { done: false, reason: reasonOf(error, work), during: error instanceof Refused ? 'migrations' : 'users' };
  }
}

/** How a database is set up. */
export interface Setting {
  /** A connection that is open. */
  readonly session: Session;
  /** The migrations; nothing where the functions make their tables themselves. */
  readonly migrations: readonly Migration[] | undefined;
  readonly open: Migrating['open'];
  readonly left: Migrating['left'];
  readonly tls: boolean;
}

/** Makes the users, then applies the migrations. The users come first: a migration may grant them something. */
export async function setUp({ engine, database, users }: Work, { session, migrations, open, left, tls }: Setting): Promise<void> {
  const migrating: Migrating = { keeper: session, dialect: dialectOf(engine), open, left };
  if (migrations) {
    await lock(migrating);
    // Before users are given what the master will make, so that this is not among it.
    await makeLedger(migrating);
  }
  const migrated = migrations !== undefined;
  if (isPostgres(engine)) await setUpPostgres(session.run, database, users, { migrated });
  else await setUpMySql(session.run, database, users, { tls, migrated });
  if (migrations) await migrate(migrations, migrating);
}

/** A database that was just made, or just woke, may not answer at once. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === TRIES) throw error;
      await pause(10_000);
    }
  }
}

/** Why it failed, in words that hold no secret: the server may quote the statement it refused. */
function reasonOf(error: unknown, { users, master }: Work): string {
  const text = error instanceof Error ? error.message : String(error);
  const secrets = [master.password, ...users.flatMap(({ password }) => password ?? [])];
  return secrets.reduce((said, secret) => said.replaceAll(secret, '…'), text).slice(0, 600);
}
