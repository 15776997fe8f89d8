import { nameOf } from '../kit.ts';
import { respond } from './respond.ts';
import { taken } from './taken.ts';

export const queue = {
  value: nameOf('A queue the request is sent to, with no function in between.', 'queues', {
    aws: 'AWS::ApiGateway::Method Integration',
    page: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html',
    also: ['sqs', 'SQS-SendMessage'],
  }),
  options: {
    message: taken('What is sent. The whole body unless said otherwise.', ['MessageBody']),
    messageGroup: taken('FIFO: the message group.', ['MessageGroupId']),
    deduplication: taken('FIFO: what makes two messages the same.', ['MessageDeduplicationId']),
    respond: respond('What the caller is told when the message is in the queue. 202 with its id unless said otherwise.', 'SQS', {
      MessageId: 'The message’s id.',
    }),
  },
} as const;
