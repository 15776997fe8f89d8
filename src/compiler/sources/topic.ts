import { topic as shape } from '../../schema/sources/topic.ts';
import { address } from '../cloud/address.ts';
import { resource } from '../cloud/part.ts';
import { problems } from '../diagnostics/problem.ts';
import type { Sender } from '../resources/demand.ts';
import { invokedArn } from '../resources/function-address.ts';
import type { Context } from '../resources/meaning.ts';
import { topicArn } from '../resources/topics.ts';
import { undelivered, undeliveredDemands, verifyDelivery } from './delivery.ts';
import { filterPolicy, verifyTopicFilter } from './topic-filter.ts';
import { permission } from './permission.ts';
import type { Source, SourceMeaning } from './source.ts';

export const topicSourceProblems = problems({
  'function-on-fifo-topic': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` is a FIFO topic: functions cannot subscribe to it.`,
    why: 'A FIFO topic delivers to queues only. A queue between them keeps the order, and the function reads the queue.',
    fix: () => ({ title: 'Declare a queue that receives from the topic, and read that' }),
    page: 'https://docs.aws.amazon.com/sns/latest/dg/fifo-topic-message-delivery.html',
  },
});

/** A subscription’s dead letters come in the topic’s name. https://docs.aws.amazon.com/sns/latest/dg/sns-configure-dead-letter-queue.html */
const sender = ({ settings }: Source<'topic'>, context: Context): Sender => ({
  need: 'sender',
  service: 'sns',
  source: topicArn(settings.topic, context),
});

/** An SNS topic. https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html */
export const topic: SourceMeaning<'topic'> = {
  model: shape.polling,
  pace: () => 'SNS calls the function with each message',
  named: (settings) => ({ name: settings.topic.name, word: 'Topic' }),

  verify(source, _, report) {
    const { settings, written } = source;
    const { name, settings: of } = settings.topic;
    if (of.fifo) report(topicSourceProblems['function-on-fifo-topic'], source.place, { name });
    verifyTopicFilter(written.at('filter'), report);
    verifyDelivery(source, report);
  },

  demands: (source, context) => undeliveredDemands(source, [sender(source, context)]),

  expand(source, context) {
    const { settings, names, fn, place: because, path } = source;
    const { arn, parts } = undelivered(source, [sender(source, context)], context);
    return [
      resource(
        address('AWS::SNS::Subscription', names, 'Subscription'),
        {
          TopicArn: topicArn(settings.topic, context),
          Protocol: 'lambda',
          Endpoint: invokedArn(fn),
          ...filterPolicy(settings.filter, context),
          ...(arn !== undefined && { RedrivePolicy: { deadLetterTargetArn: arn } }),
        },
        { because, path },
      ),
      permission(source, { principal: 'sns.amazonaws.com', source: topicArn(settings.topic, context) }),
      ...parts,
    ];
  },
};
