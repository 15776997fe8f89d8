import { nameOf } from '../kit.ts';
import { respond } from './respond.ts';
import { taken } from './taken.ts';

export const queue = {
  value: nameOf('A queue that the request is sent to, with no function in between.', 'queues', {
    aws: 'AWS::ApiGateway::Method Integration',
    page: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html',
    also: ['sqs', 'SQS-SendMessage'],
  }),
  options: {
    message: taken('What is sent. The whole body by default.', ['MessageBody']),
    messageGroup: taken('FIFO: the message group.', ['MessageGroupId']),
    deduplication: taken('FIFO: the deduplication ID.', ['MessageDeduplicationId']),
    respond: respond('The response once the message is in the queue. 202 with its ID by default.', 'SQS', {
      MessageId: 'The message’s ID.',
    }),
  },
} as const;
