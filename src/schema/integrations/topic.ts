import { nameOf } from '../kit.ts';
import { respond } from './respond.ts';
import { taken } from './taken.ts';

export const topic = {
  value: nameOf('A topic the request is published to, with no function in between.', 'topics', {
    aws: 'AWS::ApiGateway::Method Integration',
    page: 'https://docs.aws.amazon.com/sns/latest/api/API_Publish.html',
    also: ['sns', 'SNS-Publish'],
  }),
  options: {
    message: taken('What is published. The whole body unless said otherwise.', ['Message']),
    subject: taken('Its subject.', ['Subject']),
    messageGroup: taken('FIFO: the message group.', ['MessageGroupId']),
    respond: respond('What the caller is told when the message is published. 202 with its id unless said otherwise.', 'SNS', {
      MessageId: 'The message’s id.',
    }),
  },
} as const;
