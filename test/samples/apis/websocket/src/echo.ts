import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';

export default async ({ body }: APIGatewayProxyWebsocketEventV2) => ({ statusCode: 200, body: body ?? '' });
