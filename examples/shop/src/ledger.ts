import { database } from 'eventsystem/runtime';
import pg from 'pg';

/** An order as the ledger holds it. `total` is in cents; an order that was refused has none. */
export interface Entry {
  readonly customer: string;
  readonly id: string;
  readonly status: 'settled' | 'refused';
  readonly total: number | null;
}

let opened: pg.Pool | undefined;

/** One connection for each copy of the function; a new one proves itself with a new token. */
function pool(): pg.Pool {
  if (!opened) {
    opened = new pg.Pool({ ...database('ledger'), max: 1, connectionTimeoutMillis: 5000 });
    // A connection that breaks while the function sleeps is replaced at the next query.
    opened.on('error', (error) => console.warn('The connection to the ledger broke.', error));
  }
  return opened;
}

/** Writes an order once. Whatever is told the second time, what was written first stays and is given back. */
export async function write({ customer, id, status, total }: Entry): Promise<Entry> {
  const { rows } = await pool().query<Entry>(
    `insert into orders (customer, id, status, total) values ($1, $2, $3, $4)
     on conflict (customer, id) do update set customer = excluded.customer
     returning customer, id, status, total`,
    [customer, id, status, total],
  );
  const [written] = rows;
  if (!written) throw new Error('The ledger gave nothing back.');
  return written;
}

/** An order of a customer. */
export async function find(customer: string, id: string): Promise<Entry | undefined> {
  const [found] = await select('where customer = $1 and id = $2', [customer, id]);
  return found;
}

/** The newest orders of all customers. */
export async function newest(count: number): Promise<readonly Entry[]> {
  return select('order by settled_at desc limit $1', [count]);
}

async function select(rest: string, values: readonly (string | number)[]): Promise<readonly Entry[]> {
  const { rows } = await pool().query<Entry>(`select customer, id, status, total from orders ${rest}`, [...values]);
  return rows;
}
