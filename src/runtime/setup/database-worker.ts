import { setTimeout as pause } from 'node:timers/promises';
import { setUpMySql } from './mysql.ts';
import { setUpPostgres } from './postgres.ts';
import type { Run, User } from './users.ts';

/** What the provider tells the worker. It holds passwords: nothing of it is ever logged. */
export interface Work {
  readonly engine: string;
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly master: { readonly username: string; readonly password: string };
  readonly users: readonly User[];
}

export interface Outcome {
  readonly done: boolean;
  readonly reason?: string;
}

interface Connection {
  readonly run: Run;
  close(): Promise<void>;
}

const TRIES = 12;

/** Lives in the VPC: connects as the master and makes the users. Answers what happened, never what it was given. */
export async function handler(work: Work): Promise<Outcome> {
  try {
    const connection = await patiently(() => connect(work, true));
    try {
      await setUp(connection.run, work);
    } finally {
      await connection.close();
    }
    return { done: true };
  } catch (error) {
    return { done: false, reason: reasonOf(error, work) };
  }
}

/** Makes the users, over a connection that is open. */
export async function setUp(run: Run, { engine, database, users }: Work): Promise<void> {
  if (isPostgres(engine)) await setUpPostgres(run, database, users);
  else await setUpMySql(run, database, users, { tls: true });
}

const isPostgres = (engine: string): boolean => engine.includes('postgres');

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

/** A connection as the master. With `tls` the server must prove who it is. */
export async function connect({ engine, host, port, database, master }: Work, tls: boolean): Promise<Connection> {
  const common = { host, port, database, user: master.username, password: master.password };
  if (isPostgres(engine)) {
    const { Client } = (await import('pg')).default;
    const client = new Client({ ...common, connectionTimeoutMillis: 10_000, ...(tls && { ssl: { rejectUnauthorized: true } }) });
    await client.connect();
    return { run: async (sql) => void (await client.query(sql)), close: () => client.end() };
  }
  const { createConnection } = await import('mysql2/promise');
  const client = await createConnection({
    ...common,
    connectTimeout: 10_000,
    ...(tls && { ssl: { rejectUnauthorized: true, verifyIdentity: true } }),
  });
  return { run: async (sql) => void (await client.query(sql)), close: () => client.end() };
}

/** Why it failed, in words that hold no secret: the server may quote the statement it refused. */
function reasonOf(error: unknown, { users, master }: Work): string {
  const text = error instanceof Error ? error.message : String(error);
  const secrets = [master.password, ...users.flatMap(({ password }) => password ?? [])];
  return secrets.reduce((said, secret) => said.replaceAll(secret, '…'), text).slice(0, 400);
}
