import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { answer } from './answer.ts';
import { find } from './ledger.ts';

/** An order of whoever asks. Orders of others are not there. */
export default async ({ pathParameters, requestContext }: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
  const customer = requestContext.authorizer?.['claims']?.sub;
  const id = pathParameters?.['id'];
  if (typeof customer !== 'string' || id === undefined) return answer(403, { message: 'Sign in to see your orders.' });
  const order = await find(customer, id);
  return order ? answer(200, { id, status: order.status, total: order.total }) : answer(404, { message: 'No such order is settled.' });
};
