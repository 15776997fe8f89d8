import type { Run } from './users.ts';

/** Where a database is, and who connects. */
export interface Door {
  readonly engine: string;
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly master: { readonly username: string; readonly password: string };
}

export type Row = { readonly [column: string]: unknown };

/** One connection to a database. */
export interface Session {
  /** What the server calls it: others end its statements by this number. */
  readonly id: number;
  readonly run: Run;
  /** The rows of one statement. */
  rows(sql: string): Promise<readonly Row[]>;
  /** A text of several statements, taken apart by the server and not by us: only it knows what a semicolon means where. */
  script(sql: string): Promise<void>;
  close(): Promise<void>;
}

export const isPostgres = (engine: string): boolean => engine.includes('postgres');

/** A connection as the master. With `tls` the server must prove who it is. */
export async function connect(door: Door, tls: boolean): Promise<Session> {
  return isPostgres(door.engine) ? toPostgres(door, tls) : toMySql(door, tls);
}

// A connection that waits while another works must not look forgotten to what stands between.
const ALIVE = 60_000;

async function toPostgres({ master, host, port, database }: Door, tls: boolean): Promise<Session> {
  const { Client } = (await import('pg')).default;
  const client = new Client({
    host,
    port,
    database,
    user: master.username,
    password: master.password,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: ALIVE,
    ...(tls && { ssl: { rejectUnauthorized: true } }),
  });
  // A connection that breaks is told by the statement that needs it; without a listener it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  const run = async (sql: string): Promise<void> => void (await client.query(sql));
  const [self] = (await client.query<{ id: number }>('SELECT pg_backend_pid() AS id')).rows;
  return {
    id: self?.id ?? 0,
    run,
    rows: async (sql) => (await client.query<Row>(sql)).rows,
    script: run,
    close: () => client.end(),
  };
}

async function toMySql({ master, host, port, database }: Door, tls: boolean): Promise<Session> {
  const { createConnection } = await import('mysql2');
  const client = createConnection({
    host,
    port,
    database,
    user: master.username,
    password: master.password,
    connectTimeout: 10_000,
    enableKeepAlive: true,
    keepAliveInitialDelay: ALIVE,
    multipleStatements: true,
    ...(tls && { ssl: { rejectUnauthorized: true, verifyIdentity: true } }),
  });
  client.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => client.connect((error) => (error ? reject(error) : resolve())));
  const rows = async (sql: string): Promise<readonly Row[]> => {
    const [found] = await client.promise().query(sql);
    return Array.isArray(found) ? (found as readonly Row[]) : [];
  };
  return {
    id: client.threadId,
    run: async (sql) => void (await rows(sql)),
    rows,
    script: (sql) =>
      new Promise((resolve, reject) => {
        let done = 0;
        client
          .query(sql)
          .on('fields', () => done++)
          .on('error', (error: Error) => reject(Object.assign(error, { statement: done + 1 })))
          .on('end', () => resolve());
      }),
    close: () => client.promise().end(),
  };
}
