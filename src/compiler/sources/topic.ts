import { topic as shape } from '../../schema/sources/topic.ts';
import { address } from '../cloud/address.ts';
import { resource } from '../cloud/part.ts';
import { problems, type Fix } from '../diagnostics/problem.ts';
import { declared, instead } from '../edit/edits.ts';
import { choosing, fixing } from '../edit/fixes.ts';
import type { Place } from '../text/source-text.ts';
import type { Sender } from '../resources/demand.ts';
import { invokedArn } from '../resources/function-address.ts';
import type { Context } from '../resources/meaning.ts';
import { topicArn } from '../resources/topics.ts';
import { undelivered, undeliveredDemands, verifyDelivery } from './delivery.ts';
import { filterPolicy, verifyTopicFilter } from './topic-filter.ts';
import { permission } from './permission.ts';
import type { Source, SourceMeaning } from './source.ts';

/** A queue that keeps the topic’s order, and the consumer reads that. */
function queueBetween(topic: string, consumer: string, queues: Place, place: Place): Fix {
  const edits = [
    ...instead(place, `queue: ${consumer}`),
    ...declared(queues, 'queues', consumer, `{ fifo: true, from: { topic: ${topic} } }`),
  ];
  return choosing(fixing(`Declare a queue \`${consumer}\` that receives from the topic, and read that`, edits));
}

export const topicSourceProblems = problems({
  'function-on-fifo-topic': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` is a FIFO topic: functions cannot subscribe to it.`,
    why: 'A FIFO topic delivers to queues only. A queue in between keeps the order, and the function reads the queue.',
    fix: ({ topic, consumer, queues }: { topic: string; consumer: string; queues: Place }, place) =>
      queueBetween(topic, consumer, queues, place),
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
  pace: () => 'SNS invokes it with each message',
  named: (settings) => ({ name: settings.topic.name, word: 'Topic' }),

  verify(source, { model }, report) {
    const { settings, written } = source;
    const { name, settings: of } = settings.topic;
    if (of.fifo)
      report(topicSourceProblems['function-on-fifo-topic'], source.place, {
        name,
        topic: name,
        consumer: source.consumer.name,
        queues: model.root.at('queues').key ?? model.root.place,
      });
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
