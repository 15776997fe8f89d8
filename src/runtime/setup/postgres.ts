import { scramVerifier } from './scram.ts';
import { checkedName, checkedUsers, type Run, type User } from './users.ts';

const OF_TABLES = 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER';
const OF_SEQUENCES = 'USAGE, SELECT, UPDATE';

/**
 * The statements that make the users of a PostgreSQL database, and give each what its functions were granted: all of
 * them or none, in one transaction. Running them again changes nothing. Users that nobody asks for any more are left:
 * what they own would go with them.
 */
export async function setUpPostgres(run: Run, database: string, users: readonly User[]): Promise<void> {
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
  for (const writer of writers) {
    await run(`GRANT USAGE, CREATE ON SCHEMA public TO ${writer}`);
    await grant(run, writer, OF_TABLES, OF_SEQUENCES, writers);
  }
  for (const reader of readers) {
    await run(`GRANT USAGE ON SCHEMA public TO ${reader}`);
    await grant(run, reader, 'SELECT', 'SELECT', writers);
  }
  // A member of a member of rds_iam is never asked for a password again, so a master that stayed one would be locked
  // out. https://github.com/hashicorp/terraform-provider-postgresql/issues/120
  for (const writer of writers) await run(`REVOKE ${writer} FROM CURRENT_USER`);
  await run('COMMIT');
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
  await run(onEach("'r', 'p', 'v', 'm', 'f'", `${onTables} ON TABLE`, user));
  await run(onEach("'S'", `${onSequences} ON SEQUENCE`, user));
  for (const writer of writers) {
    if (writer === user) continue;
    const later = `ALTER DEFAULT PRIVILEGES FOR ROLE ${writer} IN SCHEMA public`;
    await run(`${later} GRANT ${onTables} ON TABLES TO ${user}`);
    await run(`${later} GRANT ${onSequences} ON SEQUENCES TO ${user}`);
  }
}

/** `ALL TABLES` fails over the first whose owner is somebody else, such as a writer nobody asks for any more. */
function onEach(kinds: string, privileges: string, user: string): string {
  const own = `SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN (${kinds}) AND pg_has_role(relowner, 'USAGE')`;
  return `DO $$ DECLARE one regclass; BEGIN FOR one IN ${own} LOOP EXECUTE format('GRANT ${privileges} %s TO ${user}', one); END LOOP; END $$`;
}

const quoted = (name: string): string => `"${name}"`;
