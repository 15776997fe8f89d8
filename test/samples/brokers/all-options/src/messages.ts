/** What both engines have in common: @types/aws-lambda has no types for Amazon MQ. */
interface MqEvent {
  readonly eventSource: 'aws:mq' | 'aws:rmq';
  readonly eventSourceArn: string;
}

export default async ({ eventSource, eventSourceArn }: MqEvent): Promise<void> => {
  console.log(eventSource, eventSourceArn);
};
