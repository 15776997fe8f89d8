import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { answer } from './answer.ts';
import { newest } from './ledger.ts';

/** `GET /admin/orders`: the newest orders, for members of the group `admins` of the user pool. */
export default async ({ httpMethod, path, requestContext }: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
  if (!groupsOf(requestContext.authorizer).includes('admins')) return answer(403, { message: 'Admins only.' });
  if (httpMethod !== 'GET' || path !== '/admin/orders') return answer(404, { message: 'There is only GET /admin/orders.' });
  return answer(200, { orders: await newest(50) });
};

/** API Gateway writes the groups of a token as one text, with commas between them. */
function groupsOf(authorizer: APIGatewayProxyEvent['requestContext']['authorizer']): readonly string[] {
  const groups: unknown = authorizer?.['claims']?.['cognito:groups'];
  return typeof groups === 'string' ? groups.split(',') : [];
}
