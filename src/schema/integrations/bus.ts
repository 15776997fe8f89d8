import { nameOf, required } from '../kit.ts';
import { respond } from './respond.ts';
import { taken } from './taken.ts';

export const bus = {
  value: nameOf('A bus: the request becomes an event, with no function in between.', 'buses', {
    aws: 'AWS::ApiGateway::Method Integration',
    page: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html',
    also: ['eventBridge', 'EventBridge-PutEvents'],
  }),
  options: {
    source: required(taken("The event’s `source`, such as `'shop'`.", ['Source'])),
    detailType: required(taken("The event’s `detail-type`, such as `'OrderPlaced'`.", ['DetailType'])),
    detail: taken('The event’s `detail`. The whole body by default.', ['Detail']),
    respond: respond('The response once the event is on the bus. 202 with its ID by default.', 'EventBridge', {
      EventId: 'The event’s ID.',
    }),
  },
} as const;
