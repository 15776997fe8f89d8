import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { setUp, type Work } from '../../src/runtime/setup/database-worker.ts';
import { connect } from '../../src/runtime/setup/session.ts';
import { provide } from '../../src/runtime/setup/database-provider.ts';
import { setUpMySql } from '../../src/runtime/setup/mysql.ts';
import { setUpPostgres } from '../../src/runtime/setup/postgres.ts';
import type { Run, User } from '../../src/runtime/setup/users.ts';
import { startMariaDb, startPostgres, type Server } from './servers.ts';

const MASTER = { username: 'eventsystem', password: 'Master0123456789Master' };
const PASSWORD = 'abcdefghijABCDEFGHIJ0123456789abcdefghij';
const user = (name: string, access: User['access'], password = PASSWORD): User => ({ name, access, password });
const byIam = (name: string, access: User['access']): User => ({ name, access, password: undefined });
const USERS = [user('app', 'write'), user('app_data', 'write'), user('app_read', 'read'), user('auditor', 'login')];

/** Statements of one user, each over a connection of its own. */
type Ask = (name: string, ...sql: readonly string[]) => Promise<readonly unknown[]>;

/** Sets a database up without migrations, over a connection without TLS. */
async function setUpOver(work: Work): Promise<void> {
  const session = await connect(work, false);
  try {
    await setUp(work, { session, migrations: undefined, open: () => connect(work, false), left: () => 60_000, tls: false });
  } finally {
    await session.close();
  }
}

/** What both engines promise. */
function promises(ask: Ask, make: (users: readonly User[]) => Promise<void>, state: () => Promise<unknown>): void {
  test('the same again changes nothing', async () => {
    await make(USERS);
    const before = await state();
    await make(USERS);
    expect(await state()).toEqual(before);
  });

  test('a writer makes tables, writes and reads them', async () => {
    await make(USERS);
    expect(
      await ask('app', 'CREATE TABLE notes (id int, said text)', "INSERT INTO notes VALUES (1, 'hello')", 'SELECT said FROM notes'),
    ).toEqual([{ said: 'hello' }]);
  });

  test('a reader reads a table that is made later, and neither writes nor makes anything', async () => {
    await make(USERS);
    await ask('app', 'CREATE TABLE notes (id int)', 'INSERT INTO notes VALUES (7)');
    expect(await ask('app_read', 'SELECT id FROM notes')).toEqual([{ id: 7 }]);
    for (const sql of [
      'INSERT INTO notes VALUES (8)',
      'UPDATE notes SET id = 8',
      'DELETE FROM notes',
      'DROP TABLE notes',
      'CREATE TABLE mine (id int)',
    ]) {
      await expect(ask('app_read', sql), sql).rejects.toThrow(/denied|must be owner/);
    }
  });

  test('a reader that comes later reads what is there', async () => {
    await make([user('app', 'write')]);
    await ask('app', 'CREATE TABLE notes (id int)', 'INSERT INTO notes VALUES (7)');
    await make(USERS);
    expect(await ask('app_read', 'SELECT id FROM notes')).toEqual([{ id: 7 }]);
  });

  test('a second writer writes what the first makes', async () => {
    await make(USERS);
    await ask('app', 'CREATE TABLE notes (id int)');
    expect(await ask('app_data', 'INSERT INTO notes VALUES (9)', 'SELECT id FROM notes')).toEqual([{ id: 9 }]);
  });

  test('what a former writer made is no obstacle', async () => {
    await make([user('former', 'write')]);
    await ask('former', 'CREATE TABLE legacy (id int)');
    await make(USERS);
    await ask('app', 'CREATE TABLE notes (id int)');
  });

  test('one who only logs in reads nothing', async () => {
    await make(USERS);
    await ask('app', 'CREATE TABLE notes (id int)');
    expect(await ask('auditor', 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await expect(ask('auditor', 'SELECT id FROM notes')).rejects.toThrow(/denied/);
    await expect(ask('auditor', 'CREATE TABLE mine (id int)')).rejects.toThrow(/denied/);
  });

  test('a password that changed holds from then on', async () => {
    await make([user('app', 'write', 'Former0123456789Former')]);
    await expect(ask('app', 'SELECT 1 AS one')).rejects.toThrow(/authentication failed|Access denied/);
    await make([user('app', 'write')]);
    expect(await ask('app', 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
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

  // The master of RDS is no superuser: it makes roles, and owns the database. A role of RDS’s own gives rds_iam.
  beforeEach(async () => {
    await asRoot('postgres', 'DROP DATABASE IF EXISTS ledger WITH (FORCE)');
    for (const role of ['app', 'app_data', 'app_read', 'auditor', 'former', 'stranger', 'eventsystem', 'rds_iam'])
      await asRoot('postgres', `DROP ROLE IF EXISTS ${role}`);
    await asRoot('postgres', 'CREATE ROLE rds_iam');
    await asRoot('postgres', `CREATE ROLE eventsystem LOGIN CREATEDB CREATEROLE PASSWORD '${MASTER.password}'`);
    await asRoot('postgres', 'CREATE DATABASE ledger OWNER eventsystem');
  });

  const asRoot = (database: string, sql: string) => query('postgres', '', database, [sql]);
  const ask: Ask = (name, ...sql) => query(name, PASSWORD, 'ledger', sql);

  async function query(name: string, password: string, database: string, statements: readonly string[]): Promise<readonly unknown[]> {
    const { Client } = (await import('pg')).default;
    const client = new Client({ host: '127.0.0.1', port: server.port, user: name, password, database });
    await client.connect();
    try {
      let rows: readonly unknown[] = [];
      for (const sql of statements) rows = (await client.query(sql)).rows;
      return rows;
    } finally {
      await client.end();
    }
  }

  async function make(users: readonly User[]): Promise<void> {
    await setUpOver({ ...work, users });
  }

  async function membersOf(role: string): Promise<readonly string[]> {
    const rows = await asRoot(
      'ledger',
      `SELECT member::regrole::text AS name FROM pg_auth_members WHERE roleid = '${role}'::regrole AND member <> 'eventsystem'::regrole ORDER BY 1`,
    );
    return (rows as readonly { readonly name: string }[]).map(({ name }) => name);
  }

  const state = () =>
    asRoot(
      'ledger',
      `SELECT (SELECT json_agg(r ORDER BY rolname) FROM (SELECT rolname, rolcanlogin, rolsuper, rolcreaterole, rolcreatedb FROM pg_roles) r) AS roles,
        (SELECT json_agg(m ORDER BY m::text) FROM (SELECT roleid::regrole::text AS role, member::regrole::text AS member FROM pg_auth_members) m) AS members,
        (SELECT json_agg(d ORDER BY d::text) FROM pg_default_acl d) AS later, (SELECT nspacl::text FROM pg_namespace WHERE nspname = 'public') AS schema,
        (SELECT datacl::text FROM pg_database WHERE datname = 'ledger') AS database`,
    );

  promises(ask, make, state);

  test('the numbers of a table of another writer go on counting', async () => {
    await make(USERS);
    await ask('app', 'CREATE TABLE counted (id serial, said text)');
    expect(await ask('app_data', "INSERT INTO counted (said) VALUES ('hello') RETURNING id")).toEqual([{ id: 1 }]);
  });

  test('nobody else connects to the database', async () => {
    await make(USERS);
    await asRoot('postgres', `CREATE ROLE stranger LOGIN PASSWORD '${PASSWORD}'`);
    await expect(ask('stranger', 'SELECT 1')).rejects.toThrow(/permission denied for database/);
  });

  test('without a password, users prove themselves by IAM', async () => {
    await mayGive();
    await make([byIam('app', 'write'), byIam('app_read', 'read')]);
    expect(await membersOf('rds_iam')).toEqual(['app', 'app_read']);
    await expect(ask('app', 'SELECT 1')).rejects.toThrow(/rejects connection/);
  });

  test('from IAM to a password and back', async () => {
    await mayGive();
    await make([byIam('app', 'write')]);
    await make([user('app', 'write')]);
    expect(await membersOf('rds_iam')).toEqual([]);
    expect(await ask('app', 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await make([byIam('app', 'write')]);
    expect(await membersOf('rds_iam')).toEqual(['app']);
    expect(await asRoot('ledger', "SELECT rolpassword FROM pg_authid WHERE rolname = 'app'")).toEqual([{ rolpassword: null }]);
  });

  // https://github.com/hashicorp/terraform-provider-postgresql/issues/120
  test('the master stays no member of a user, for RDS would ask it for a token instead of its password', async () => {
    await mayGive();
    await make([byIam('app', 'write'), byIam('app_read', 'read')]);
    // From 16 on who makes a role may give it away, and is a member in no other way.
    const real = "coalesce((to_jsonb(m) ->> 'inherit_option')::bool OR (to_jsonb(m) ->> 'set_option')::bool, true)";
    expect(
      await asRoot(
        'ledger',
        `SELECT roleid::regrole FROM pg_auth_members m WHERE member = 'eventsystem'::regrole AND roleid <> 'rds_iam'::regrole AND ${real}`,
      ),
    ).toEqual([]);
  });

  test('what fails leaves nothing behind', async () => {
    await asRoot('postgres', 'DROP ROLE rds_iam');
    await expect(make([user('app', 'write'), byIam('zero', 'read')])).rejects.toThrow(/rds_iam/);
    expect(await asRoot('postgres', "SELECT rolname FROM pg_roles WHERE rolname IN ('app', 'zero')")).toEqual([]);
  });

  /** From 16 on only who was given a role with ADMIN gives it on; RDS’s master was. */
  async function mayGive(): Promise<void> {
    const [row] = await asRoot('postgres', "SELECT current_setting('server_version_num')::int >= 160000 AS modern");
    if ((row as { modern: boolean }).modern)
      await asRoot('postgres', 'GRANT rds_iam TO eventsystem WITH ADMIN TRUE, INHERIT FALSE, SET FALSE');
  }

  test('the provider makes the users with the passwords of their secrets', async () => {
    const secrets: Record<string, string> = {
      master: JSON.stringify(MASTER),
      app: JSON.stringify({ username: 'app', password: PASSWORD }),
    };
    const answers: string[] = [];
    await provide(
      {
        RequestType: 'Create',
        ResponseURL: 'https://answer',
        StackId: 'stack',
        RequestId: 'request',
        LogicalResourceId: 'LedgerDatabaseSetUp',
        ResourceProperties: {
          Worker: 'worker',
          Engine: 'postgres',
          Host: '127.0.0.1',
          Port: String(server.port),
          Database: 'ledger',
          MasterSecret: 'master',
          Users: [{ Name: 'app', Access: 'write', By: 'secret', Secret: 'app' }],
        },
      },
      {
        secret: async (arn) => secrets[arn] ?? '',
        answer: async (_, body) => void answers.push(body),
        pause: async () => undefined,
        invoke: async (_, given) => {
          await setUpOver(given);
          return { done: true };
        },
      },
    );
    expect(answers.map((answer) => (JSON.parse(answer) as { Status: string }).Status)).toEqual(['SUCCESS']);
    await ask('app', 'CREATE TABLE notes (id int)');
  });
});

describe('MariaDB', () => {
  let server: Server;
  beforeAll(async () => {
    server = await startMariaDb();
  }, 60_000);
  afterAll(() => server?.stop());

  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.MasterAccounts.html
  const RIGHTS =
    'SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, RELOAD, PROCESS, REFERENCES, INDEX, ALTER, SHOW DATABASES, CREATE TEMPORARY TABLES, LOCK TABLES, EXECUTE, REPLICATION CLIENT, CREATE VIEW, SHOW VIEW, CREATE ROUTINE, ALTER ROUTINE, CREATE USER, EVENT, TRIGGER';

  beforeEach(async () => {
    await asRoot(
      'DROP DATABASE IF EXISTS my_shop',
      "DROP USER IF EXISTS 'app'@'%', 'app_data'@'%', 'app_read'@'%', 'auditor'@'%', 'former'@'%', 'eventsystem'@'%'",
    );
    await asRoot(
      'CREATE DATABASE my_shop',
      `CREATE USER 'eventsystem'@'%' IDENTIFIED BY '${MASTER.password}'`,
      `GRANT ${RIGHTS} ON *.* TO 'eventsystem'@'%' WITH GRANT OPTION`,
    );
  });

  const asRoot = (...sql: readonly string[]) => query('root', '', undefined, sql);
  const ask: Ask = (name, ...sql) => query(name, PASSWORD, 'my_shop', sql);

  async function query(
    name: string,
    password: string,
    database: string | undefined,
    statements: readonly string[],
  ): Promise<readonly unknown[]> {
    const { createConnection } = await import('mysql2/promise');
    const client = await createConnection({
      host: '127.0.0.1',
      port: server.port,
      user: name,
      password,
      ...(database !== undefined && { database }),
    });
    try {
      let rows: unknown = [];
      for (const sql of statements) [rows] = await client.query(sql);
      return Array.isArray(rows) ? rows.map((row: object) => ({ ...row })) : [];
    } finally {
      await client.end();
    }
  }

  async function make(users: readonly User[], tls = false): Promise<void> {
    const connection = await connect(
      { engine: 'mariadb', host: '127.0.0.1', port: server.port, database: 'my_shop', master: MASTER },
      false,
    );
    try {
      await setUpMySql(connection.run, 'my_shop', users, { tls, migrated: false });
    } finally {
      await connection.close();
    }
  }

  const state = async () =>
    Promise.all(
      USERS.map(async ({ name }) => [await asRoot(`SHOW CREATE USER '${name}'@'%'`), await asRoot(`SHOW GRANTS FOR '${name}'@'%'`)]),
    );

  // Who has no right on a database cannot choose it, and says its name before the table’s.
  const askFully: Ask = (name, ...sql) =>
    name === 'auditor'
      ? query(
          name,
          PASSWORD,
          undefined,
          sql.map((one) => one.replace(/notes|mine/, 'my_shop.$&')),
        )
      : ask(name, ...sql);
  promises(askFully, make, state);

  test('who does not come by TLS is refused', async () => {
    await make(USERS, true);
    await expect(ask('app', 'SELECT 1')).rejects.toThrow(/Access denied/);
  });

  test('a user with another proof gets the password', async () => {
    await asRoot("CREATE USER 'app'@'%' IDENTIFIED VIA unix_socket");
    await make(USERS);
    expect(await ask('app', 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
});

describe('without a server', () => {
  type Make = (run: Run, database: string, users: readonly User[]) => Promise<void>;
  async function told(make: Make, database: string, users: readonly User[]): Promise<readonly string[]> {
    const statements: string[] = [];
    await make(async (sql) => void statements.push(sql), database, users);
    return statements;
  }
  const mysql: Make = (run, database, users) => setUpMySql(run, database, users, { tls: true, migrated: false });
  const postgres: Make = (run, database, users) => setUpPostgres(run, database, users, { migrated: false });

  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.DBAccounts.html
  test('MySQL’s users prove themselves by the plugin of RDS, and come by TLS', async () => {
    const statements = await told(mysql, 'shop', [byIam('app_read', 'read')]);
    expect(statements).toEqual([
      "CREATE USER IF NOT EXISTS 'app_read'@'%' IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS' REQUIRE SSL",
      "ALTER USER 'app_read'@'%' IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS' REQUIRE SSL",
      "GRANT SELECT, SHOW VIEW ON `shop`.* TO 'app_read'@'%'",
    ]);
  });

  test.each([
    ['the name of a user', 'shop', user("app'; --", 'write'), /name/],
    ['a name with a quote', 'shop', user('app"', 'write'), /name/],
    ['a name in capitals', 'shop', user('App', 'write'), /name/],
    ['the name of a database', 'shop`; --', user('app', 'write'), /name/],
    ['a password with a quote', 'shop', user('app', 'write', "abcdefghijklmnop'"), /password/],
    ['a password with a backslash', 'shop', user('app', 'write', 'abcdefghijklmnop\\'), /password/],
    ['a short password', 'shop', user('app', 'write', 'abc'), /password/],
  ])('%s of another form is refused before anything is said', async (_, database, wrong, message) => {
    for (const make of [postgres, mysql]) {
      const statements: string[] = [];
      await expect(make(async (sql) => void statements.push(sql), database, [user('good', 'read'), wrong])).rejects.toThrow(message);
      expect(statements).toEqual([]);
    }
  });
});
