import { setTimeout as pause } from 'node:timers/promises';
import { appliedOf, type Dialect, type Failure } from './dialects.ts';
import { planOf, standsAlone, type Migration } from './migrations.ts';
import type { Session } from './session.ts';

/** What migrating needs besides the files. */
export interface Migrating {
  /** The connection that holds the lock. */
  readonly keeper: Session;
  readonly dialect: Dialect;
  /** Another connection: each file has one of its own, so that nothing one sets is left to the next. */
  open(): Promise<Session>;
  /** How many milliseconds are left. */
  left(): number;
}

/** Why migrations were not applied, in words for whoever deploys. */
export class Refused extends Error {}

/** Keeps other set-ups of this database away for as long as the connection lives. */
export async function lock({ keeper, dialect, left }: Migrating): Promise<void> {
  while (!isTrue((await keeper.rows(dialect.tryLock))[0]?.['got'])) {
    if (left() < 2000) throw new Refused('Another deployment is at work on this database, and did not end in time');
    await pause(1000);
  }
}

const isTrue = (value: unknown): boolean => value === true || Number(value) === 1;

/** Makes the place that remembers what was applied. */
export async function makeLedger({ keeper, dialect }: Migrating): Promise<void> {
  try {
    for (const sql of dialect.makeLedger) await keeper.run(sql);
  } catch (error) {
    throw new Refused(`The place that remembers them could not be made (${error instanceof Error ? error.message : String(error)})`);
  }
}

/** Applies what is new, in order, each file once. Nothing is ever undone. */
export async function migrate(files: readonly Migration[], migrating: Migrating): Promise<void> {
  const { keeper, dialect } = migrating;
  const plan = planOf(files, appliedOf(await keeper.rows(dialect.applied)));
  if ('refused' in plan) throw new Refused(plan.refused);
  for (const migration of plan.pending) await apply(migration, migrating);
}

async function apply(migration: Migration, { keeper, dialect, open, left }: Migrating): Promise<void> {
  const { name, sql } = migration;
  const session = await open();
  let late = false;
  const timer = setTimeout(
    () => {
      late = true;
      keeper.run(dialect.cancel(session.id)).catch(() => undefined);
    },
    Math.max(0, left()),
  );
  try {
    if (standsAlone(migration)) await session.script(sql);
    else await inTransaction(migration, session, dialect);
    await session.run(dialect.record(migration));
    if (!standsAlone(migration)) await session.run('COMMIT');
  } catch (error) {
    if (error instanceof Refused) throw error;
    if (late) throw new Refused(`${name} was still running when the time of a deployment was over. ${dialect.keptOnFailure}`);
    throw new Refused(`${name} failed ${complaint(error, sql, dialect)}. ${standsAlone(migration) ? ALONE : dialect.keptOnFailure}`);
  } finally {
    clearTimeout(timer);
    await session.close().catch(() => undefined);
  }
}

const ALONE = 'It asks for no transaction, so what it did until then stays';

async function inTransaction({ name, sql }: Migration, session: Session, { transaction }: Dialect): Promise<void> {
  const current = async () => (transaction === undefined ? undefined : (await session.rows(transaction))[0]?.['id']);
  await session.run('START TRANSACTION');
  const before = await current();
  await session.script(sql);
  if ((await current()) !== before)
    throw new Refused(`${name} ends the transaction it runs in. What it committed stays: take BEGIN, COMMIT and ROLLBACK out of it`);
}

function complaint(error: unknown, sql: string, dialect: Dialect): string {
  const text = error instanceof Error ? dialect.complaint(error as Failure, sql) : String(error);
  return text.startsWith('in line') || text.startsWith('at statement') ? text : `(${text})`;
}
