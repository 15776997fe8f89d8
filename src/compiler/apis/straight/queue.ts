import { account, text } from '../../cloud/value.ts';
import { expressionOf } from '../http/expression.ts';
import { queueKey } from '../../resources/queues.ts';
import type { Straight } from './straight.ts';
import { asData, headersOf } from './template.ts';

/** `name=value` of a form, with the value escaped. */
const field = (name: string, taken: string | undefined) => `&${name}=$util.urlEncode(${asData(taken)})`;

/** A request straight into a queue. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-making-api-requests-xml.html */
export const queue: Straight<'queue'> = {
  target: (settings) => settings.queue,
  word: 'Queue',
  taken: ({ message, messageGroup, deduplication }) => [message, messageGroup, deduplication],
  action: ({ queue: of }, context) => text('sqs:path/', account, '/', context.attribute(of, 'name')),
  contentType: 'application/x-www-form-urlencoded',
  template: ({ message, messageGroup, deduplication }) =>
    // A letter behind `#end` would be read as a part of it.
    `Action=SendMessage${headersOf([message, messageGroup, deduplication])}${field('MessageBody', message)}` +
    (messageGroup === undefined ? '' : field('MessageGroupId', messageGroup)) +
    (deduplication === undefined ? '' : field('MessageDeduplicationId', deduplication)),
  answered: { MessageId: 'SendMessageResponse.SendMessageResult.MessageId' },
  otherwise: { id: 'MessageId' },
  statements: ({ queue: of }, context) => [
    { actions: ['sqs:SendMessage'], on: [context.arn(of)] },
    ...queueKey(of, ['kms:Decrypt', 'kms:GenerateDataKey'], context),
  ],
  http: ({ queue: of, message, messageGroup, deduplication }, context) => ({
    subtype: 'SQS-SendMessage',
    parameters: {
      QueueUrl: context.attribute(of, 'url'),
      MessageBody: message === undefined ? '$request.body' : expressionOf(message),
      ...(messageGroup !== undefined && { MessageGroupId: expressionOf(messageGroup) }),
      ...(deduplication !== undefined && { MessageDeduplicationId: expressionOf(deduplication) }),
    },
  }),
};
