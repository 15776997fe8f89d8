import { nameOf } from '../kit.ts';
import { respond } from './respond.ts';
import { taken } from './taken.ts';

export const topic = {
  value: nameOf('A topic that the request is published to, with no function in between.', 'topics', {
    aws: 'AWS::ApiGateway::Method Integration',
    page: 'https://docs.aws.amazon.com/sns/latest/api/API_Publish.html',
    also: ['sns', 'SNS-Publish'],
  }),
  options: {
    message: taken('The message. The whole body by default.', ['Message']),
    subject: taken('Its subject.', ['Subject']),
    messageGroup: taken('FIFO: the message group.', ['MessageGroupId']),
    respond: respond('The response once the message is published. 202 with its ID by default.', 'SNS', {
      MessageId: 'The message’s ID.',
    }),
  },
} as const;
