import { text } from '../../cloud/value.ts';
import { expressionOf } from '../http/expression.ts';
import type { Straight } from './straight.ts';
import { asData, asText, headersOf } from './template.ts';

/** A request straight onto a bus. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
export const bus: Straight<'bus'> = {
  target: (settings) => settings.bus,
  word: 'Bus',
  taken: ({ source, detailType, detail }) => [source, detailType, detail],
  action: () => 'events:action/PutEvents',
  contentType: 'application/x-amz-json-1.1',
  headers: { 'X-Amz-Target': 'AWSEvents.PutEvents' },
  template: ({ bus: of, source, detailType, detail }, context) =>
    text(
      `${headersOf([source, detailType, detail])}{"Entries":[{"EventBusName":"`,
      context.attribute(of, 'name'),
      `","Source":"${asText(source)}","DetailType":"${asText(detailType)}","Detail":"$util.escapeJavaScript(${asData(detail)}).replaceAll("\\\\'","'")"}]}`,
    ),
  answered: { EventId: 'Entries[0].EventId' },
  otherwise: { id: 'EventId' },
  // EventBridge answers 200 and says in it what it did not take.
  check: "#if($input.path('$.FailedEntryCount') != 0)#set($context.responseOverride.status = 503)",
  statements: ({ bus: of }, context) => [{ actions: ['events:PutEvents'], on: [context.arn(of)] }],
  http: ({ bus: of, source, detailType, detail }, context) => ({
    subtype: 'EventBridge-PutEvents',
    parameters: {
      EventBusName: context.attribute(of, 'name'),
      Source: expressionOf(source),
      DetailType: expressionOf(detailType),
      Detail: detail === undefined ? '$request.body' : expressionOf(detail),
    },
  }),
};
