import { text } from '../../cloud/value.ts';
import { topicKey } from '../../resources/topics.ts';
import type { Straight } from './straight.ts';
import { asData, headersOf } from './template.ts';

/** A request straight into a topic. https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
export const topic: Straight<'topic'> = {
  target: (settings) => settings.topic,
  word: 'Topic',
  taken: ({ message, subject, messageGroup }) => [message, subject, messageGroup],
  action: () => 'sns:action/Publish',
  contentType: 'application/x-www-form-urlencoded',
  template: ({ topic: of, message, subject, messageGroup }, context) =>
    text(
      `Action=Publish${headersOf([message, subject, messageGroup])}&TopicArn=$util.urlEncode('`,
      context.arn(of),
      `')&Message=$util.urlEncode(${asData(message)})` +
        (subject === undefined ? '' : `&Subject=$util.urlEncode(${asData(subject)})`) +
        (messageGroup === undefined ? '' : `&MessageGroupId=$util.urlEncode(${asData(messageGroup)})`),
    ),
  answered: { MessageId: 'PublishResponse.PublishResult.MessageId' },
  otherwise: { id: 'MessageId' },
  statements: ({ topic: of }, context) => [{ actions: ['sns:Publish'], on: [context.arn(of)] }, ...topicKey(of, context)],
};
