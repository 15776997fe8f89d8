import { checkedName, checkedUsers, type Run, type User } from './users.ts';

/** How users prove themselves, and whether by TLS: always on AWS; a server without certificates is for tests alone. */
export interface MySqlOptions {
  readonly tls: boolean;
  /** Migrations make the tables, so the users only read and write in them. */
  readonly migrated: boolean;
}

/**
 * The statements that make the users of a MySQL or MariaDB database, and give each what its functions were granted.
 * Running them again changes nothing. Users that nobody asks for any more are left.
 */
export async function setUpMySql(run: Run, database: string, users: readonly User[], { tls, migrated }: MySqlOptions): Promise<void> {
  const name = `\`${checkedName(database)}\``;
  for (const { name: user, access, password } of checkedUsers(users)) {
    const account = `'${user}'@'%'`;
    const proof = password === undefined ? IAM : `IDENTIFIED BY '${password}'`;
    const require = tls ? ' REQUIRE SSL' : '';
    await run(`CREATE USER IF NOT EXISTS ${account} ${proof}${require}`);
    await run(`ALTER USER ${account} ${proof}${require}`);
    if (access === 'write') await run(`GRANT ${migrated ? OF_DATA : `${OF_DATA}, ${OF_STRUCTURE}`} ON ${name}.* TO ${account}`);
    if (access === 'write' && migrated) await run(`REVOKE ${OF_STRUCTURE} ON ${name}.* FROM ${account}`);
    if (access === 'read') await run(`GRANT SELECT, SHOW VIEW ON ${name}.* TO ${account}`);
  }
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.DBAccounts.html */
const IAM = "IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS'";

/**
 * What the master may give away: `ALL PRIVILEGES` holds more in MariaDB, and is refused to it.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.MasterAccounts.html
 */
const OF_DATA = 'SELECT, INSERT, UPDATE, DELETE, CREATE TEMPORARY TABLES, LOCK TABLES, EXECUTE, SHOW VIEW';
const OF_STRUCTURE = 'CREATE, DROP, REFERENCES, INDEX, ALTER, CREATE VIEW, CREATE ROUTINE, ALTER ROUTINE, EVENT, TRIGGER';
