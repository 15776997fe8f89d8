import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2 } from 'aws-lambda';

export default async (): Promise<APIGatewayProxyResultV2> => ({ statusCode: 200, body: '[]' });

export const one = async ({ pathParameters }: APIGatewayProxyEventV2): Promise<APIGatewayProxyResultV2> => ({
  statusCode: 200,
  body: JSON.stringify({ id: pathParameters?.['id'] }),
});
