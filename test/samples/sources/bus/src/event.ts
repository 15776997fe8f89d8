import type { EventBridgeEvent } from 'aws-lambda';

export default async (event: EventBridgeEvent<string, unknown>): Promise<void> => console.log(event['detail-type']);
