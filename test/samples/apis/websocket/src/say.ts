import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';

/** Sending a message is a signed POST to this address. */
export default async ({ requestContext, body }: APIGatewayProxyWebsocketEventV2) => {
  console.log(`${process.env['API_ROOM']}/@connections/${requestContext.connectionId}`, body);
  return { statusCode: 200 };
};
