/**
 * What the compiler and the code inside functions agree on. The compiler writes these variables into a function’s
 * environment; `stream('orders')`, `database('ledger')` read them.
 */

export type Reachable =
  'stream' | 'table' | 'queue' | 'topic' | 'bucket' | 'bus' | 'machine' | 'secret' | 'setting' | 'database' | 'function' | 'api';

/** The variable that says how a granted thing is reached: `STREAM_ORDERS`, `DATABASE_LEDGER`. */
export function variableOf(kind: Reachable, name: string): string {
  return `${kind}_${name.replaceAll('-', '_')}`.toUpperCase();
}

/** The variable with the ARN of the secret a database’s user authenticates with. */
export function secretVariableOf(name: string): string {
  return `${variableOf('database', name)}_SECRET`;
}

/** What a batch consumer answers: the records that failed, and are to be tried again. */
export interface BatchAnswer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}
