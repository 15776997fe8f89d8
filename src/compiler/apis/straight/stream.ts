import { text } from '../../cloud/value.ts';
import { keyStatement } from '../../resources/streams.ts';
import { expressionOf } from '../http/expression.ts';
import type { Straight } from './straight.ts';
import { asData, asText, headersOf } from './template.ts';

/**
 * A request straight into a stream. JSON is built from JSON: a text is escaped once and put between quotes, and the
 * data is bytes in base64, so that nothing a caller sends can become another field.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/integrating-api-with-aws-services-kinesis.html
 */
export const stream: Straight<'stream'> = {
  target: (settings) => settings.stream,
  word: 'Stream',
  taken: ({ partitionKey, data }) => [partitionKey, data],
  action: () => 'kinesis:action/PutRecord',
  contentType: 'application/x-amz-json-1.1',
  template: ({ stream: of, partitionKey, data }, context) =>
    text(
      `${headersOf([partitionKey, data])}{"StreamName":"`,
      context.attribute(of, 'name'),
      `","PartitionKey":"${asText(partitionKey)}","Data":"$util.base64Encode(${asData(data)})"}`,
    ),
  answered: { SequenceNumber: 'SequenceNumber', ShardId: 'ShardId' },
  otherwise: { id: 'SequenceNumber' },
  statements: ({ stream: of }, context) => [
    { actions: ['kinesis:PutRecord'], on: [context.arn(of)] },
    ...keyStatement(of, 'kms:GenerateDataKey', context),
  ],
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html
  http: ({ stream: of, partitionKey, data }, context) => ({
    subtype: 'Kinesis-PutRecord',
    parameters: {
      StreamName: context.attribute(of, 'name'),
      Data: data === undefined ? '$request.body' : expressionOf(data),
      PartitionKey: expressionOf(partitionKey),
    },
  }),
};
