import { secretVariableOf, variableOf } from './contract.ts';
import { rdsToken } from './rds-token.ts';
import { variable } from './reach.ts';
import { secretText } from './secret.ts';
import { identity } from './signature.ts';

export type Engine = 'postgres' | 'mysql' | 'mariadb' | 'aurora-postgresql' | 'aurora-mysql';

/** Everything a driver needs to connect: `new Pool(database('ledger'))` with pg. */
export interface Database {
  readonly engine: Engine;
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  /** What the user proves itself with, for a connection opened now: a token of its role, or the password of its secret. */
  readonly password: () => Promise<string>;
  /** The server must prove who it is. `verifyIdentity` is what mysql2 calls the check of the host’s name. */
  readonly ssl: { readonly rejectUnauthorized: true; readonly verifyIdentity: true };
}

/**
 * How to reach a database the function has `access` to. Throws where it has none. A token is signed in the function
 * for every call of `password`, which costs less than keeping one and its age; a secret is kept for five minutes.
 */
export function database(name: string): Database {
  const url = new URL(variable('database', name, variableOf('database', name), 'connect'));
  const at = { host: url.hostname, port: Number(url.port), user: decodeURIComponent(url.username) };
  const password =
    url.searchParams.get('auth') === 'secret'
      ? passwordOf(variable('database', name, secretVariableOf(name), 'connect'))
      : async () => rdsToken(at, { ...identity(), now: new Date() });
  return {
    // The compiler writes the scheme: it is one of the engines.
    engine: url.protocol.slice(0, -1) as Engine,
    ...at,
    database: decodeURIComponent(url.pathname.slice(1)),
    password,
    ssl: { rejectUnauthorized: true, verifyIdentity: true },
  };
}

const KEPT = 300_000;

function passwordOf(arn: string): () => Promise<string> {
  let read: Promise<string> | undefined;
  let at = 0;
  return async () => {
    if (!read || Date.now() - at > KEPT) {
      at = Date.now();
      read = secretText(arn).then(passwordIn);
    }
    try {
      return await read;
    } catch (error) {
      read = undefined;
      throw error;
    }
  };
}

/** Secrets of databases are JSON: https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html */
function passwordIn(secret: string): string {
  try {
    const { password } = JSON.parse(secret) as { readonly password?: unknown };
    if (typeof password === 'string') return password;
  } catch {
    // The parser’s own message quotes the text: it would write a piece of the secret into the log.
  }
  throw new Error('The secret of the database is not JSON with a `password`.');
}
