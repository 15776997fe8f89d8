import { records } from 'eventsystem/runtime';
import { write } from './ledger.ts';
import { readOrder, totalOf } from './order.ts';
import { put } from './put.ts';

/**
 * Settles orders in the order they were placed. A record may come again: the ledger takes it once, and what it holds
 * is told again, so nothing is lost between the two; whoever reads `settled` knows an order by customer and id.
 */
export default records({
  read: readOrder,
  each: async (order, { kinesis: { partitionKey: customer } }) => {
    const total = totalOf(order);
    const entry = await write({ customer, id: order.id, status: total === undefined ? 'refused' : 'settled', total: total ?? null });
    await put('settled', customer, entry);
  },
});
