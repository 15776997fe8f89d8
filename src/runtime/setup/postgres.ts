import { scramVerifier } from './scram.ts';
import { checkedName, checkedUsers, type Run, type User } from './users.ts';

const OF_TABLES = 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER';
/** Whoever may put a trigger on a table has others run what it does. */
const OF_DATA = 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE';
const OF_SEQUENCES = 'USAGE, SELECT, UPDATE';

export interface PostgresOptions {
  /** Migrations make the tables, which are the master’s: the users only read and write in them. */
  readonly migrated: boolean;
}

/**
 * The statements that make the users of a PostgreSQL database, and give each what its functions were granted: all of
 * them or none, in one transaction. Running them again changes nothing. Users that nobody asks for any more are left:
 * what they own would go with them.
 */
export async function setUpPostgres(run: Run, database: string, users: readonly User[], { migrated }: PostgresOptions): Promise<void> {
  const name = quoted(checkedName(database));
  const checked = checkedUsers(users);
  const namesOf = (kind: User['access']) => checked.filter(({ access }) => access === kind).map((user) => quoted(user.name));
  const [writers, readers] = [namesOf('write'), namesOf('read')];
  await run('BEGIN');
  await run(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
  await run('REVOKE CREATE ON SCHEMA public FROM PUBLIC');
  for (const user of checked) await makeUser(run, name, user);
  // Only a member of a role may say what becomes of the tables it has and will have.
  for (const writer of writers) await run(`GRANT ${writer} TO CURRENT_USER`);
  if (migrated) await leaveToMaster(run, writers, readers);
  else await shareAmong(run, writers, readers);
  // A member of a member of rds_iam is never asked for a password again, so a master that stayed one would be locked
  // out. https://github.com/hashicorp/terraform-provider-postgresql/issues/120
  for (const writer of writers) await run(`REVOKE ${writer} FROM CURRENT_USER`);
  await run('COMMIT');
}

/** Writers make tables, and all the others use them. */
async function shareAmong(run: Run, writers: readonly string[], readers: readonly string[]): Promise<void> {
  for (const writer of writers) {
    await run(`GRANT USAGE, CREATE ON SCHEMA public TO ${writer}`);
    await grant(run, writer, OF_TABLES, OF_SEQUENCES, writers);
  }
  for (const reader of readers) {
    await run(`GRANT USAGE ON SCHEMA public TO ${reader}`);
    await grant(run, reader, 'SELECT', 'SELECT', writers);
  }
}

/** The master makes tables, wherever it likes; what writers made before migrations came becomes the master’s. */
async function leaveToMaster(run: Run, writers: readonly string[], readers: readonly string[]): Promise<void> {
  for (const writer of writers) {
    await run(`REVOKE CREATE ON SCHEMA public FROM ${writer}`);
    await run(`REASSIGN OWNED BY ${writer} TO CURRENT_USER`);
  }
  for (const [user, onTables, onSequences] of [
    ...writers.map((writer) => [writer, OF_DATA, OF_SEQUENCES] as const),
    ...readers.map((reader) => [reader, 'SELECT', 'SELECT'] as const),
  ]) {
    await run(`GRANT USAGE ON SCHEMA public TO ${user}`);
    await run(onEach(OWN_SCHEMAS, 'USAGE ON SCHEMA', user));
    await run(onEach(ownRelations(TABLES, ELSEWHERE), `${onTables} ON TABLE`, user));
    await run(onEach(ownRelations(SEQUENCES, ELSEWHERE), `${onSequences} ON SEQUENCE`, user));
    await run(`ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO ${user}`);
    await run(`ALTER DEFAULT PRIVILEGES GRANT ${onTables} ON TABLES TO ${user}`);
    await run(`ALTER DEFAULT PRIVILEGES GRANT ${onSequences} ON SEQUENCES TO ${user}`);
  }
}

async function makeUser(run: Run, database: string, { name, password }: User): Promise<void> {
  const user = quoted(name);
  await run(`DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${name}') THEN CREATE ROLE ${user} LOGIN; END IF; END $$`);
  if (password === undefined) {
    // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.DBAccounts.html
    await run(`ALTER ROLE ${user} LOGIN PASSWORD NULL`);
    await run(`GRANT rds_iam TO ${user}`);
  } else {
    // With rds_iam a password is never asked for: one who changes from tokens to a password must lose it.
    await run(
      'DO $$ BEGIN IF EXISTS (SELECT FROM pg_auth_members JOIN pg_roles granted ON granted.oid = roleid JOIN pg_roles users ON users.oid = member ' +
        `WHERE granted.rolname = 'rds_iam' AND users.rolname = '${name}') THEN REVOKE rds_iam FROM ${user}; END IF; END $$`,
    );
    await run(`ALTER ROLE ${user} LOGIN PASSWORD '${scramVerifier(password)}'`);
  }
  await run(`GRANT CONNECT, TEMPORARY ON DATABASE ${database} TO ${user}`);
}

/** Grants on the tables and sequences of the schema that are there, and on those the writers will make. */
async function grant(run: Run, user: string, onTables: string, onSequences: string, writers: readonly string[]): Promise<void> {
  const inPublic = "relnamespace = 'public'::regnamespace";
  await run(onEach(ownRelations(TABLES, inPublic), `${onTables} ON TABLE`, user));
  await run(onEach(ownRelations(SEQUENCES, inPublic), `${onSequences} ON SEQUENCE`, user));
  for (const writer of writers) {
    if (writer === user) continue;
    const later = `ALTER DEFAULT PRIVILEGES FOR ROLE ${writer} IN SCHEMA public`;
    await run(`${later} GRANT ${onTables} ON TABLES TO ${user}`);
    await run(`${later} GRANT ${onSequences} ON SEQUENCES TO ${user}`);
  }
}

const TABLES = "'r', 'p', 'v', 'm', 'f'";
const SEQUENCES = "'S'";

/** `public` is the master’s in no version before 15, so what lies where is told by its owner alone. */
const ELSEWHERE = "relnamespace::regnamespace::text <> 'eventsystem_migrations'";

/** The schemas of the master, but for the one that remembers the migrations; `public` is the database owner’s. */
const OWN_SCHEMAS =
  "SELECT oid FROM pg_namespace WHERE pg_has_role(nspowner, 'USAGE') AND nspname <> 'eventsystem_migrations' AND nspname !~ '^(pg_|information_schema$)'";

const ownRelations = (kinds: string, where: string): string =>
  `SELECT oid FROM pg_class WHERE ${where} AND relkind IN (${kinds}) AND pg_has_role(relowner, 'USAGE')`;

/** `ALL TABLES` fails over the first whose owner is somebody else, such as a writer nobody asks for any more. */
function onEach(found: string, privileges: string, user: string): string {
  const type = privileges.endsWith('SCHEMA') ? 'regnamespace' : 'regclass';
  return `DO $$ DECLARE one ${type}; BEGIN FOR one IN ${found} LOOP EXECUTE format('GRANT ${privileges} %s TO ${user}', one); END LOOP; END $$`;
}

const quoted = (name: string): string => `"${name}"`;
