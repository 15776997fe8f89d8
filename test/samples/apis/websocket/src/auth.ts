import { allow, deny } from 'eventsystem/runtime';
import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';

export default async (event: APIGatewayRequestAuthorizerEvent) =>
  event.queryStringParameters?.['ticket'] === 'visitor' ? allow('visitor', event) : deny('nobody', event);
