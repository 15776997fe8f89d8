import { nameOf, required } from '../kit.ts';
import { respond } from './respond.ts';
import { taken } from './taken.ts';

const PAGE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/integrating-api-with-aws-services-kinesis.html';

export const stream = {
  value: nameOf('A stream that the request is put into, with no function in between.', 'streams', {
    aws: 'AWS::ApiGateway::Method Integration',
    page: PAGE,
    also: ['kinesis', 'Kinesis-PutRecord', 'apiGatewayServiceProxies'],
  }),
  options: {
    partitionKey: required(taken('Determines the shard: records with the same key stay in order.', ['PartitionKey'])),
    data: taken('The record’s data. The whole body by default.', ['Data']),
    respond: respond('The response once the record is in the stream. 202 with the record’s ID by default.', 'Kinesis', {
      SequenceNumber: 'The record’s sequence number, unique in its shard.',
      ShardId: 'The shard.',
    }),
  },
} as const;
