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
  'An EventBridge event bus: events go to every consumer whose pattern they match.',
  {
    description: text('What it is for.', {
      pattern: '^.{0,512}$',
      means: 'up to 512 characters',
      aws: busOf('Description'),
      also: ['Description'],
    }),
    archive: forms(
      'Archives events for replay: for this long, `forever`, or only those that match a pattern.',
      {
        text: duration('For this long.', { words: ['forever'], from: 86_400, to: 36_500 * 86_400, examples: ['30 days'] }),
        object: object('Which events, and for how long.', {
          retention: duration('For this long. Forever by default.', {
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
    deadLetter: nameOr('Where events go that the bus could not handle: a queue.', ['queues'], {
      pattern: '^([A-Za-z.]*[a-z0-9-]+|arn:.+|.*\\$\\(.+)$',
      means: 'the name or ARN of a queue',
      aws: busOf('DeadLetterConfig'),
      page: `${PAGE}/eb-rule-event-delivery.html`,
      also: ['DeadLetterConfig', 'deadLetterQueue'],
    }),
    logs: object(
      'Logs of the bus’s deliveries.',
      {
        level: or(
          word('The log level.', { error: 'Failures.', info: 'Also deliveries.', trace: 'Every step.' }, { also: ['Level'] }),
          'error',
        ),
        detail: flag('With the events themselves.', { also: ['IncludeDetail'] }),
      },
      { aws: busOf('LogConfig'), page: `${PAGE}/eb-event-bus-logs.html`, also: ['LogConfig'] },
    ),
    from: from.buses,
    key: kmsKey('the events', busOf('KmsKeyIdentifier')),
    policy: policy('AWS::Events::EventBus Policy'),
    tags,
    ...sharing,
    physicalName: text('The bus’s name in AWS. Made of the stack’s name and this one by default.', {
      pattern: '^[A-Za-z0-9._-]{1,256}$',
      means: 'up to 256 letters, digits and ._-',
      aws: busOf('Name'),
      also: ['Name', 'EventBusName', 'eventBusName'],
    }),
    existing: interpolatedText('The name or ARN of an existing bus, instead of creating one; every account has `default`.', {
      also: ['arn', 'Arn', 'fromEventBusArn'],
    }),
    adopt: adopt('The name or ARN of a bus', {
      pattern: '^(arn:[^:]+:events:[^:]*:[^:]*:event-bus/.+|[^:]+)$',
      means: 'the name or ARN of a bus',
      examples: ['orders'],
    }),
  },
  { id: 'bus', empty: true, aws: 'AWS::Events::EventBus', page: `${PAGE}/eb-event-bus.html` },
);
