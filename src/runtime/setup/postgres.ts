import { checkedName, checkedPassword, type Run, type User } from './users.ts';

/**
 * The statements that make the users of a PostgreSQL database, and give each what its functions were granted. Running
 * them again changes nothing. Users that nobody asks for any more are left: what they own would go with them.
 */
export async function setUpPostgres(run: Run, database: string, users: readonly User[]): Promise<void> {
  const name = quoted(checkedName(database));
  await run(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
  await run('REVOKE CREATE ON SCHEMA public FROM PUBLIC');
  for (const user of users) await makeUser(run, name, user);
  const writers = users.filter(({ access }) => access === 'write').map((user) => quoted(user.name));
  const readers = users.filter(({ access }) => access === 'read').map((user) => quoted(user.name));
  for (const writer of writers) {
    await run(`GRANT USAGE, CREATE ON SCHEMA public TO ${writer}`);
    await run(`GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON ALL TABLES IN SCHEMA public TO ${writer}`);
    await run(`GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO ${writer}`);
    // Only a member of a role may say what becomes of the tables it will make.
    await run(`GRANT ${writer} TO CURRENT_USER`);
    for (const other of writers) if (other !== writer) await run(`ALTER DEFAULT PRIVILEGES FOR ROLE ${writer} IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${other}`);
  }
  for (const reader of readers) {
    await run(`GRANT USAGE ON SCHEMA public TO ${reader}`);
    await run(`GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${reader}`);
    await run(`GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO ${reader}`);
    for (const writer of writers) await run(`ALTER DEFAULT PRIVILEGES FOR ROLE ${writer} IN SCHEMA public GRANT SELECT ON TABLES TO ${reader}`);
  }
}

async function makeUser(run: Run, database: string, { name, password }: User): Promise<void> {
  const user = quoted(checkedName(name));
  await run(`DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${checkedName(name)}') THEN CREATE ROLE ${user} LOGIN; END IF; END $$`);
  if (password === undefined) {
    // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.DBAccounts.html
    await run(`ALTER ROLE ${user} LOGIN PASSWORD NULL`);
    await run(`GRANT rds_iam TO ${user}`);
  } else {
    // With rds_iam a password is never asked for: one who changes from tokens to a password must lose it.
    await run(`DO $$ BEGIN IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'rds_iam') THEN REVOKE rds_iam FROM ${user}; END IF; END $$`);
    await run(`ALTER ROLE ${user} LOGIN PASSWORD '${checkedPassword(password)}'`);
  }
  await run(`GRANT CONNECT, TEMPORARY ON DATABASE ${database} TO ${user}`);
}

const quoted = (name: string): string => `"${name}"`;
