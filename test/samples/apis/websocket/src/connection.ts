import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';

export default async ({ requestContext }: APIGatewayProxyWebsocketEventV2) => {
  console.log(requestContext.eventType, requestContext.connectionId);
  return { statusCode: 200 };
};
