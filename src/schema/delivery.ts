import { count, duration, nameOr, object } from './kit.ts';

/** Where deliveries end that a service gave up. */
export const delivery = {
  deadLetter: nameOr('Where events go that could not be delivered: a queue, or `none`. A queue is created by default.', ['queues'], {
    pattern: '^(none|[A-Za-z.]*[a-z0-9-]+|arn:.+|.*\\$\\(.+)$',
    means: 'the name or ARN of a queue, or none',
    also: ['DeadLetterConfig', 'RedrivePolicy', 'deadLetterQueueArn', 'redrivePolicy', 'dlq'],
    usually: 'a queue created for it',
  }),
} as const;

/** `delivery` of a source whose service tries again. */
export const retried = (aws: string) =>
  object(
    'How often and how long delivery is retried, and where undelivered events go. For events that the function itself fails on, see `async`.',
    {
      retries: count('The number of retries.', {
        from: 0,
        to: 185,
        also: ['MaximumRetryAttempts', 'maximumRetryAttempts'],
        usually: '185',
      }),
      maxAge: duration('For this long.', {
        from: 60,
        to: 86_400,
        examples: ['1 hour'],
        also: ['MaximumEventAgeInSeconds', 'maximumEventAge'],
        usually: '24 hours',
      }),
      ...delivery,
    },
    { aws, also: ['RetryPolicy', 'retryPolicy', 'DeadLetterConfig'] },
  );

/** `delivery` of a source whose service decides by itself how often. */
export const redriven = (aws: string) =>
  object('Where events go that could not be delivered.', { ...delivery }, { aws, also: ['RedrivePolicy', 'redrivePolicy'] });
