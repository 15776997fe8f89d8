import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { setUp, type Work } from '../../src/runtime/setup/database-worker.ts';
import { dialectOf } from '../../src/runtime/setup/dialects.ts';
import { migrationsIn, planOf, type Migration } from '../../src/runtime/setup/migrations.ts';
import { connect, type Row, type Session } from '../../src/runtime/setup/session.ts';
import type { User } from '../../src/runtime/setup/users.ts';
import { startMariaDb, startPostgres, type Server } from './servers.ts';

const MASTER = { username: 'eventsystem', password: 'Master0123456789Master' };
const PASSWORD = 'abcdefghijABCDEFGHIJ0123456789abcdefghij';
const user = (name: string, access: User['access']): User => ({ name, access, password: PASSWORD });
const USERS = [user('app', 'write'), user('app_read', 'read')];

const file = (name: string, sql: string): Migration => ({ name, sql, checksum: createHash('sha256').update(sql).digest('hex') });

const ORDERS = file('0001-orders.sql', 'CREATE TABLE orders (id int PRIMARY KEY, said text);\n');
const SAID = file(
  '0002-said.sql',
  "-- a ; here\nINSERT INTO orders VALUES (1, 'a;b'), (2, 'it''s');\n/* and ; here */ INSERT INTO orders VALUES (3, '--');\n",
);

interface Bench {
  readonly work: Work;
  readonly asRoot: (...sql: readonly string[]) => Promise<readonly Row[]>;
}

/** Sets up as the worker does, over connections without TLS. */
async function apply(work: Work, migrations: readonly Migration[] | undefined, left = 60_000): Promise<void> {
  const session = await connect(work, false);
  try {
    await setUp(work, { session, migrations, open: () => connect(work, false), left: () => left, tls: false });
  } finally {
    await session.close();
  }
}

/** What the last of some statements gives, over a connection of its own. */
async function asked(work: Work, sql: readonly string[]): Promise<readonly Row[]> {
  const session = await connect(work, false);
  try {
    let rows: readonly Row[] = [];
    for (const one of sql) rows = await session.rows(one);
    // Drivers have rows of classes of their own.
    return rows.map((row) => ({ ...row }));
  } finally {
    await session.close();
  }
}

/** Statements of one user. */
const ask = (work: Work, name: string, ...sql: readonly string[]) =>
  asked({ ...work, master: { username: name, password: PASSWORD } }, sql);

/** What both engines promise. */
function promises(bench: () => Bench): void {
  const run = (...migrations: readonly Migration[]) => apply(bench().work, migrations);
  const ledger = async () =>
    (await bench().asRoot('SELECT name FROM eventsystem_migrations.applied ORDER BY name')).map(({ name }) => name);
  const ids = () => bench().asRoot('SELECT id FROM orders ORDER BY id');

  test('files are applied in order, each once, several statements to a file', async () => {
    await run(ORDERS, SAID);
    await run(ORDERS, SAID);
    expect(await ids()).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
    expect(await ledger()).toEqual(['0001-orders.sql', '0002-said.sql']);
  });

  test('what is new is applied later', async () => {
    await run(ORDERS);
    await run(ORDERS, SAID);
    expect(await ids()).toHaveLength(3);
  });

  test('the functions’ users read and write in the tables, and change none of them', async () => {
    const { work } = bench();
    await run(ORDERS, SAID);
    await ask(
      work,
      'app',
      "UPDATE orders SET said = 'x' WHERE id = 1",
      'DELETE FROM orders WHERE id = 2',
      "INSERT INTO orders VALUES (9, 'y')",
    );
    expect(await ask(work, 'app_read', 'SELECT id FROM orders ORDER BY id')).toEqual([{ id: 1 }, { id: 3 }, { id: 9 }]);
    for (const sql of [
      'DROP TABLE orders',
      'ALTER TABLE orders ADD more int',
      'CREATE TABLE mine (id int)',
      'SELECT * FROM eventsystem_migrations.applied',
    ])
      await expect(ask(work, 'app', sql), sql).rejects.toThrow(/denied|must be owner/);
    await expect(ask(work, 'app_read', 'DELETE FROM orders')).rejects.toThrow(/denied/);
  });

  test('a user that comes later reads what is there, and nothing of what was applied', async () => {
    const { work } = bench();
    await apply({ ...work, users: [user('app', 'write')] }, [ORDERS, SAID]);
    await run(ORDERS, SAID);
    expect(await ask(work, 'app_read', 'SELECT id FROM orders WHERE id = 1')).toEqual([{ id: 1 }]);
    await expect(ask(work, 'app_read', 'SELECT * FROM eventsystem_migrations.applied')).rejects.toThrow(/denied/);
  });

  test('tables the functions made before there were migrations can be changed by them', async () => {
    const { work } = bench();
    await apply(work, undefined);
    await ask(work, 'app', 'CREATE TABLE orders (id int)', 'INSERT INTO orders VALUES (7)');
    await run(file('0001-more.sql', 'ALTER TABLE orders ADD more int;'));
    expect(await ask(work, 'app', 'SELECT id, more FROM orders')).toEqual([{ id: 7, more: null }]);
    expect(await ask(work, 'app_read', 'SELECT id FROM orders')).toEqual([{ id: 7 }]);
    await expect(ask(work, 'app', 'DROP TABLE orders')).rejects.toThrow(/denied|must be owner/);
  });

  test('without migrations again, functions make their tables again', async () => {
    const { work } = bench();
    await run(ORDERS);
    await apply(work, undefined);
    await ask(work, 'app', 'CREATE TABLE mine (id int)', "INSERT INTO orders VALUES (1, '')");
  });

  test.each<[string, readonly Migration[], RegExp]>([
    [
      'a file that changed',
      [ORDERS, file(SAID.name, 'SELECT 1')],
      /^0002-said\.sql was applied on \d{4}-\d\d-\d\d and has changed since; restore it/,
    ],
    ['a file that is missing', [SAID], /^0001-orders\.sql was applied on .* and is missing from the folder; put it back/],
    ['a file that was renamed', [file('0001-order.sql', ORDERS.sql), SAID], /^0001-orders\.sql was applied on .* is missing/],
    [
      'a file that comes too late',
      [ORDERS, SAID, file('0000-early.sql', 'SELECT 1')],
      /^0000-early\.sql comes before one that was applied already; give it a number after 2/,
    ],
  ])('nothing is applied over %s', async (_, migrations, reason) => {
    await run(ORDERS, SAID);
    await expect(run(...migrations, file('0003-more.sql', 'CREATE TABLE more (id int)'))).rejects.toThrow(reason);
    await expect(bench().asRoot('SELECT * FROM more')).rejects.toThrow(/exist/);
  });

  test('an earlier folder is no mistake: a deployment that is taken back changes nothing', async () => {
    await run(ORDERS, SAID);
    await run(ORDERS);
    expect(await ledger()).toHaveLength(2);
    expect(await ids()).toHaveLength(3);
  });

  test('what failed is not applied, and runs again once it is corrected', async () => {
    const wrong = file('0002-said.sql', "INSERT INTO orders VALUES (1, 'a');\nINSERT INTO nowhere VALUES (1);");
    await expect(run(ORDERS, wrong)).rejects.toThrow(/^0002-said\.sql failed (in line 2|at statement 2): .*nowhere/);
    expect(await ids()).toEqual([]);
    expect(await ledger()).toEqual(['0001-orders.sql']);
    await run(ORDERS, SAID);
    expect(await ids()).toHaveLength(3);
  });

  test('what a value was is not told', async () => {
    await run(ORDERS);
    const secret = file('0002-x.sql', "INSERT INTO orders VALUES (1, 'a');\nINSERT INTO orders SELECT 1, 'b';");
    const reason = await run(ORDERS, secret).catch(String);
    expect(reason).toMatch(/0002-x\.sql failed/);
    expect(reason).not.toMatch(/'1'|=\(1\)/);
  });

  test('what one file sets is not left to the next', async () => {
    const { work } = bench();
    const set = work.engine === 'postgres' ? "SET search_path = ''; SET statement_timeout = 1" : "SET sql_mode = 'ANSI_QUOTES', @left = 1";
    const use =
      work.engine === 'postgres'
        ? SAID.sql
        : 'INSERT INTO orders SELECT 1, "text" FROM DUAL WHERE @left IS NULL; INSERT INTO orders VALUES (2, ""), (3, "")';
    await run(ORDERS, file('0002-set.sql', set), file('0003-use.sql', use));
    expect(await ids()).toHaveLength(3);
  });

  test('two set-ups at once come one after the other', async () => {
    const slow = file('0002-slow.sql', bench().work.engine === 'postgres' ? 'SELECT pg_sleep(1.5);' : 'DO SLEEP(1.5);');
    await Promise.all([
      run(ORDERS, slow, file('0003-one.sql', "INSERT INTO orders VALUES (1, 'one')")),
      run(ORDERS, slow, file('0003-one.sql', "INSERT INTO orders VALUES (1, 'one')")),
    ]);
    expect(await ids()).toEqual([{ id: 1 }]);
  });

  test('who finds another at work to the end of its time says so', async () => {
    const { work } = bench();
    const other: Session = await connect(work, false);
    await other.rows(dialectOf(work.engine).tryLock);
    await expect(apply(work, [ORDERS], 1000)).rejects.toThrow(/^Another deployment is at work/);
    await other.close();
  });

  test('a statement that takes longer than there is time is ended', async () => {
    const { work } = bench();
    await run(ORDERS);
    // MySQL’s own sleep only wakes up early when it is ended, and so does not fail.
    const slow =
      work.engine === 'postgres'
        ? "INSERT INTO orders VALUES (1, 'a'); SELECT pg_sleep(60)"
        : "INSERT INTO orders VALUES (1, 'a'); SELECT COUNT(*) FROM information_schema.COLUMNS a, information_schema.COLUMNS b, information_schema.COLUMNS c";
    const began = Date.now();
    await expect(apply(work, [ORDERS, file('0002-slow.sql', slow)], 2500)).rejects.toThrow(
      /^0002-slow\.sql was still running when the time of a deployment was over/,
    );
    expect(Date.now() - began).toBeLessThan(50_000);
    expect(await ids()).toEqual([]);
  });

  test('a file may ask for no transaction', async () => {
    await run(
      ORDERS,
      file(
        '0002-index.sql',
        `-- eventsystem: no transaction\nCREATE INDEX ${bench().work.engine === 'postgres' ? 'CONCURRENTLY' : ''} by_said ON orders (${bench().work.engine === 'postgres' ? 'said' : 'said(20)'})`,
      ),
    );
    expect(await ledger()).toHaveLength(2);
  });

  test('without users there are migrations all the same', async () => {
    const { work } = bench();
    await apply({ ...work, users: [] }, [ORDERS, SAID]);
    expect(await ids()).toHaveLength(3);
  });
}

describe('PostgreSQL', () => {
  let server: Server;
  let work: Work;
  beforeAll(async () => {
    server = await startPostgres();
    work = { engine: 'postgres', host: '127.0.0.1', port: server.port, database: 'ledger', master: MASTER, users: USERS };
  }, 60_000);
  afterAll(() => server?.stop());

  const query = (database: string, sql: readonly string[]) =>
    asked({ ...work, database, master: { username: 'postgres', password: '' } }, sql);
  const asRoot = (...sql: readonly string[]) => query('ledger', sql);

  beforeEach(async () => {
    await query('postgres', [
      'DROP DATABASE IF EXISTS ledger WITH (FORCE)',
      'DROP ROLE IF EXISTS app, app_read, eventsystem, rds_iam',
      'CREATE ROLE rds_iam',
      `CREATE ROLE eventsystem LOGIN CREATEDB CREATEROLE PASSWORD '${MASTER.password}'`,
      'CREATE DATABASE ledger OWNER eventsystem',
    ]);
  });

  promises(() => ({ work, asRoot }));

  test('the structure a failed file made goes with it', async () => {
    const wrong = file('0002-x.sql', 'CREATE TABLE half (id int);\nSELECT 1/0;');
    await expect(apply(work, [ORDERS, wrong])).rejects.toThrow(/division by zero\)\. Nothing of it was kept$/);
    await expect(asRoot('SELECT * FROM half')).rejects.toThrow(/exist/);
  });

  test('semicolons in strings, in quotes of dollars and in comments end nothing', async () => {
    const sql = `CREATE FUNCTION greet(who text) RETURNS text LANGUAGE plpgsql AS $body$
      BEGIN -- a ; in a comment
        RETURN 'hello; ' || who;
      END; $body$;
      CREATE TABLE greeted AS SELECT greet(E'it\\'s; me') AS said;`;
    await apply(work, [file('0001-greet.sql', sql)]);
    expect(await ask(work, 'app_read', 'SELECT said FROM greeted')).toEqual([{ said: "hello; it's; me" }]);
  });

  test('a schema of its own is open to the users too, and numbers of its tables go on counting', async () => {
    await apply(work, [file('0001-billing.sql', 'CREATE SCHEMA billing; CREATE TABLE billing.bills (id serial, said text);')]);
    expect(await ask(work, 'app', "INSERT INTO billing.bills (said) VALUES ('x') RETURNING id")).toEqual([{ id: 1 }]);
    expect(await ask(work, 'app_read', 'SELECT id FROM billing.bills')).toEqual([{ id: 1 }]);
  });

  test('a user that comes later is let into such a schema', async () => {
    const files = [file('0001-billing.sql', 'CREATE SCHEMA billing; CREATE TABLE billing.bills (id serial);')];
    await apply({ ...work, users: [user('app', 'write')] }, files);
    await apply(work, files);
    expect(await ask(work, 'app_read', 'SELECT id FROM billing.bills')).toEqual([]);
  });

  test('nobody puts a trigger on what others write', async () => {
    await apply(work, [ORDERS]);
    await expect(
      ask(work, 'app', 'CREATE TRIGGER t BEFORE INSERT ON orders EXECUTE FUNCTION suppress_redundant_updates_trigger()'),
    ).rejects.toThrow(/denied/);
  });

  test('a file that ends its transaction is refused', async () => {
    await expect(apply(work, [file('0001-x.sql', 'BEGIN; CREATE TABLE x (id int); COMMIT;')])).rejects.toThrow(
      /^0001-x\.sql ends the transaction it runs in/,
    );
  });

  test('values of errors are hidden, names are told', async () => {
    await expect(apply(work, [file('0001-x.sql', "SELECT 'ada@example.com'::int")])).rejects.toThrow(/type integer: "…"/);
    await expect(apply(work, [file('0001-x.sql', 'SELECT 1;\n\nSELECT * FROM nowhere')])).rejects.toThrow(
      'in line 3: relation "nowhere" does not exist',
    );
  });

  test('the migrations of the example make what its functions write and read', async () => {
    await apply(work, migrationsIn('examples/shop/db/migrations'));
    const insert = `insert into orders (customer, id, status, total) values ('ada', 'order-1', 'settled', 900)
      on conflict (customer, id) do update set customer = excluded.customer returning total`;
    expect(await ask(work, 'app', insert, insert)).toEqual([{ total: 900 }]);
    expect(await ask(work, 'app_read', 'select customer, id, status, total from orders order by settled_at desc limit 50')).toEqual([
      { customer: 'ada', id: 'order-1', status: 'settled', total: 900 },
    ]);
  });

  test('the master stays no member of the users', async () => {
    await apply(work, [ORDERS]);
    const real = "coalesce((to_jsonb(m) ->> 'inherit_option')::bool OR (to_jsonb(m) ->> 'set_option')::bool, true)";
    expect(await asRoot(`SELECT roleid FROM pg_auth_members m WHERE member = 'eventsystem'::regrole AND ${real}`)).toEqual([]);
  });
});

describe('MariaDB', () => {
  let server: Server;
  let work: Work;
  beforeAll(async () => {
    server = await startMariaDb();
    work = { engine: 'mariadb', host: '127.0.0.1', port: server.port, database: 'my_shop', master: MASTER, users: USERS };
  }, 60_000);
  afterAll(() => server?.stop());

  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.MasterAccounts.html
  const RIGHTS =
    'SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, RELOAD, PROCESS, REFERENCES, INDEX, ALTER, SHOW DATABASES, CREATE TEMPORARY TABLES, LOCK TABLES, EXECUTE, REPLICATION CLIENT, CREATE VIEW, SHOW VIEW, CREATE ROUTINE, ALTER ROUTINE, CREATE USER, EVENT, TRIGGER';

  const query = (database: string, sql: readonly string[]) => asked({ ...work, database, master: { username: 'root', password: '' } }, sql);
  const asRoot = (...sql: readonly string[]) => query('my_shop', sql);

  beforeEach(async () => {
    await query('mysql', [
      'DROP DATABASE IF EXISTS my_shop',
      'DROP DATABASE IF EXISTS eventsystem_migrations',
      "DROP USER IF EXISTS 'app'@'%', 'app_read'@'%', 'eventsystem'@'%'",
      'CREATE DATABASE my_shop',
      `CREATE USER 'eventsystem'@'%' IDENTIFIED BY '${MASTER.password}'`,
      `GRANT ${RIGHTS} ON *.* TO 'eventsystem'@'%' WITH GRANT OPTION`,
    ]);
  });

  promises(() => ({ work, asRoot }));

  test('a procedure needs no other delimiter', async () => {
    const sql = `CREATE PROCEDURE add_one(n int) BEGIN INSERT INTO orders VALUES (n, ';'); INSERT INTO orders VALUES (n + 1, ''); END; CALL add_one(1);`;
    await apply(work, [ORDERS, file('0002-procedure.sql', sql)]);
    expect(await asRoot('SELECT id FROM orders ORDER BY id')).toEqual([{ id: 1 }, { id: 2 }]);
  });

  test('the structure a failed file made stays, and the reason says so', async () => {
    const wrong = file('0002-x.sql', 'CREATE TABLE half (id int);\nCREATE TABLE half (id int);');
    await expect(apply(work, [ORDERS, wrong])).rejects.toThrow(
      /^0002-x\.sql failed at statement 2: .*half.* already exists\. What its statements before that one changed of the structure stays/,
    );
    await apply(work, [ORDERS, file('0002-x.sql', 'CREATE TABLE IF NOT EXISTS half (id int); CREATE TABLE other (id int);')]);
    expect(await asRoot('SELECT * FROM other')).toEqual([]);
  });

  test('neither the SQL nor a value is told', async () => {
    await expect(apply(work, [file('0001-x.sql', "SELEKT 'ada@example.com'")])).rejects.toThrow(
      /failed at statement 1: [^@]*syntax[^@]*at line 1\. /,
    );
    await expect(apply(work, [ORDERS, file('0002-x.sql', "INSERT INTO orders VALUES (1, ''), (1, '')")])).rejects.toThrow(
      /Duplicate entry '…' for key/,
    );
  });
});

describe('without a server', () => {
  const applied = (...names: readonly string[]) => names.map((name) => ({ name, checksum: name, day: '2026-11-01' }));
  const files = (...names: readonly string[]) => names.map((name) => ({ name, checksum: name, sql: '' }));

  test('numbers are the order, whatever zeros stand in front', () => {
    const folder = mkdtempSync(join(tmpdir(), 'migrations-'));
    for (const name of ['10-c.sql', '9_b.sql', '0001-a.sql', '20260101120000-d.sql']) writeFileSync(join(folder, name), 'SELECT 1');
    expect(migrationsIn(folder)?.map(({ name }) => name)).toEqual(['0001-a.sql', '9_b.sql', '10-c.sql', '20260101120000-d.sql']);
    rmSync(folder, { recursive: true });
    expect(migrationsIn(folder)).toBeUndefined();
  });

  test.each([
    [['1-a.sql'], [], { pending: files('1-a.sql') }],
    [['1-a.sql'], ['1-a.sql'], { pending: [] }],
    [['1-a.sql'], ['1-a.sql', '2-b.sql'], { pending: [] }],
    [[], ['1-a.sql'], { pending: [] }],
    [
      ['1-a.sql', '3-c.sql'],
      ['1-a.sql', '2-b.sql'],
      { refused: '2-b.sql was applied on 2026-11-01 and is missing from the folder; put it back' },
    ],
    [
      ['1-a.sql', '2-c.sql'],
      ['1-a.sql', '2-b.sql'],
      { refused: '2-b.sql was applied on 2026-11-01 and is missing from the folder; put it back' },
    ],
    [
      ['1-a.sql', '2-b.sql'],
      ['1-a.sql', '3-c.sql'],
      { refused: '2-b.sql comes before one that was applied already; give it a number after 3' },
    ],
  ])('%j over %j', (here, there, plan) => {
    expect(planOf(files(...here), applied(...there))).toEqual(plan);
  });
});
