import { count, duration, forms, nameOr, object, required, word } from './kit.ts';

const PAGE = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring';

const off = (doc: string) => word(doc, { none: 'No alarm.' });

const over = (doc: string, usually: string, also: readonly string[]) =>
  forms(doc, { count: count('At least this many in five minutes.', { from: 1, to: 1e9 }), text: off('None.') }, { usually, also });

/** What is told when something goes wrong: alarms on what every system should hear of. */
export const alarms = object(
  'Alarms on what every system should know about, sent to a topic. An alarm costs $0.10 a month.',
  {
    notify: required(
      nameOr('The topic they notify.', ['topics'], {
        pattern: '^([A-Za-z.]*[a-z0-9-]+|arn:.+|.*\\$\\(.+)$',
        means: 'the name or ARN of a topic',
        aws: 'AWS::CloudWatch::Alarm AlarmActions',
        also: ['AlarmActions', 'topic', 'topics', 'snsTopic'],
      }),
    ),
    errors: over('Failed invocations of a function, in five minutes.', '1', ['functionErrors', 'Errors']),
    throttles: over('Throttled invocations of a function, in five minutes.', '1', ['functionThrottles', 'Throttles']),
    deadLetters: over('Messages in a dead-letter queue.', '1', ['ApproximateNumberOfMessagesVisible', 'dlq']),
    iteratorAge: duration('How far a function may fall behind the stream it reads.', {
      words: ['none'],
      from: 1,
      to: 604_800,
      examples: ['5 minutes'],
      usually: '5 minutes',
      also: ['IteratorAge'],
    }),
  },
  { id: 'alarms', aws: 'AWS::CloudWatch::Alarm', page: `${PAGE}/AlarmThatSendsEmail.html`, also: ['alerts', 'alarm', 'monitoring'] },
);
