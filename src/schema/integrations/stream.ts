import { nameOf, required } from '../kit.ts';
import { respond } from './respond.ts';
import { taken } from './taken.ts';

const PAGE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/integrating-api-with-aws-services-kinesis.html';

export const stream = {
  value: nameOf('A stream the request is put into, with no function in between.', 'streams', {
    aws: 'AWS::ApiGateway::Method Integration',
    page: PAGE,
    also: ['kinesis', 'Kinesis-PutRecord', 'apiGatewayServiceProxies'],
  }),
  options: {
    partitionKey: required(taken('What decides the shard: records of one key stay in order.', ['PartitionKey'])),
    data: taken('What is put. The whole body unless said otherwise.', ['Data']),
    respond: respond(
      'What the caller is told when the record is in the stream. 202 with the record’s id unless said otherwise.',
      'Kinesis',
      {
        SequenceNumber: 'The record’s id, unique in its shard.',
        ShardId: 'The shard.',
      },
    ),
  },
} as const;
