/** An order as `schemas/order.json` describes it. */
export interface Order {
  readonly id: string;
  readonly status: 'draft' | 'placed';
  readonly items: readonly Item[];
}

export interface Item {
  readonly product: string;
  readonly quantity: number;
}

/** An order, or an error that says what is wrong with it. The API checks its own callers; this checks everybody else. */
export function readOrder(data: unknown): Order {
  const { id, status, items } = fields(data, 'An order');
  if (typeof id !== 'string' || !/^[A-Za-z0-9-]{8,64}$/.test(id)) throw new Error('`id` must be 8 to 64 letters, digits and hyphens.');
  if (status !== 'draft' && status !== 'placed') throw new Error('`status` must be draft or placed.');
  if (!Array.isArray(items) || items.length < 1 || items.length > 50) throw new Error('`items` must be a list of 1 to 50.');
  return { id, status, items: items.map(readItem) };
}

function readItem(data: unknown): Item {
  const { product, quantity } = fields(data, 'An item');
  if (typeof product !== 'string' || !/^[a-z0-9-]{1,32}$/.test(product))
    throw new Error('`product` must be small letters, digits and hyphens.');
  if (!Number.isInteger(quantity) || Number(quantity) < 1 || Number(quantity) > 1000) throw new Error('`quantity` must be 1 to 1000.');
  return { product, quantity: Number(quantity) };
}

function fields(data: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) throw new Error(`${what} must be an object.`);
  return { ...data };
}

const PRICES: Readonly<Record<string, number>> = { tea: 450, coffee: 790, cup: 1200 };

/** What an order costs, in cents; nothing where it holds something the shop does not have. */
export function totalOf({ items }: Order): number | undefined {
  let total = 0;
  for (const { product, quantity } of items) {
    const price = Object.hasOwn(PRICES, product) ? PRICES[product] : undefined;
    if (price === undefined) return undefined;
    total += price * quantity;
  }
  return total;
}
