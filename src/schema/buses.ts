import { adopt } from './adopt.ts';
import { kmsKey } from './data.ts';
import { tags } from './function.ts';
import { duration, flag, forms, interpolatedText, nameOr, object, or, raw, text, word } from './kit.ts';
import { from } from './receivers.ts';
import { policy } from './policy.ts';
import { sharing } from './sharing.ts';

const PAGE = 'https://docs.aws.amazon.com/eventbridge/latest/userguide';

const busOf = (property: string) => `AWS::Events::EventBus ${property}`;

export const bus = object(
  'An EventBridge bus: events go to everybody whose pattern they match.',
  {
    description: text('What it is for.', {
      pattern: '^.{0,512}$',
      means: 'up to 512 characters',
      aws: busOf('Description'),
      also: ['Description'],
    }),
    archive: forms(
      'Keeps events, to be replayed: for so long, `forever`, or those of a pattern.',
      {
        text: duration('For so long.', { words: ['forever'], from: 86_400, to: 36_500 * 86_400, examples: ['30 days'] }),
        object: object('Which events, and for how long.', {
          retention: duration('For so long. For ever unless said otherwise.', {
            words: ['forever'],
            from: 86_400,
            to: 36_500 * 86_400,
            examples: ['30 days'],
            also: ['RetentionDays'],
          }),
          pattern: raw('The pattern they match.', 'object', { also: ['EventPattern'] }),
        }),
      },
      { aws: 'AWS::Events::Archive', page: `${PAGE}/eb-archive.html`, also: ['Archive', 'RetentionDays'] },
    ),
    deadLetter: nameOr('Where an event goes that the bus could not handle: a queue.', ['queues'], {
      pattern: '^([A-Za-z.]*[a-z0-9-]+|arn:.+|.*\\$\\(.+)$',
      means: 'the name or the ARN of a queue',
      aws: busOf('DeadLetterConfig'),
      page: `${PAGE}/eb-rule-event-delivery.html`,
      also: ['DeadLetterConfig', 'deadLetterQueue'],
    }),
    logs: object(
      'What the bus tells of its deliveries.',
      {
        level: or(word('How much.', { error: 'Failures.', info: 'Deliveries too.', trace: 'Every step.' }, { also: ['Level'] }), 'error'),
        detail: flag('With the events themselves.', { also: ['IncludeDetail'] }),
      },
      { aws: busOf('LogConfig'), page: `${PAGE}/eb-event-bus-logs.html`, also: ['LogConfig'] },
    ),
    from: from.buses,
    key: kmsKey('the events', busOf('KmsKeyIdentifier')),
    policy: policy('AWS::Events::EventBus Policy'),
    tags,
    ...sharing,
    physicalName: text('The bus’s name in AWS: the stack’s and this one’s unless said otherwise.', {
      pattern: '^[A-Za-z0-9._-]{1,256}$',
      means: 'up to 256 letters, digits and ._-',
      aws: busOf('Name'),
      also: ['Name', 'EventBusName', 'eventBusName'],
    }),
    existing: interpolatedText('The name or the ARN of a bus that exists, instead of making one; `default` is there in every account.', {
      also: ['arn', 'Arn', 'fromEventBusArn'],
    }),
    adopt: adopt('The name or the ARN of a bus', {
      pattern: '^(arn:[^:]+:events:[^:]*:[^:]*:event-bus/.+|[^:]+)$',
      means: 'the name or the ARN of a bus',
      examples: ['orders'],
    }),
  },
  { id: 'bus', empty: true, aws: 'AWS::Events::EventBus', page: `${PAGE}/eb-event-bus.html` },
);
