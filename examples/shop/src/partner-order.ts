import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { answer } from './answer.ts';
import { readOrder, type Order } from './order.ts';
import { put } from './put.ts';

/** Takes an order that a partner places for one of its own customers: `{ "customer": "7", "order": { … } }`. */
export async function create({ body, requestContext }: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const partner: unknown = requestContext.authorizer?.['partner'];
  if (typeof partner !== 'string') return answer(403, { message: 'Partners only.' });
  let request: { readonly customer: string; readonly order: Order };
  try {
    request = read(body);
  } catch (error) {
    return answer(400, { message: error instanceof Error && !(error instanceof SyntaxError) ? error.message : 'The body is not JSON.' });
  }
  // Customers of a partner are told apart from the shop’s own, whatever it calls them.
  const number = await put('orders', `${partner}/${request.customer}`, request.order);
  return answer(202, { id: request.order.id, number });
}

function read(body: string | null): { customer: string; order: Order } {
  const { customer, order } = Object(JSON.parse(body ?? '')) as { readonly customer?: unknown; readonly order?: unknown };
  if (typeof customer !== 'string' || !/^[A-Za-z0-9-]{1,64}$/.test(customer))
    throw new Error('`customer` must be letters, digits and hyphens.');
  return { customer, order: readOrder(order) };
}
