import { count, duration, nameOr, object } from './kit.ts';

/** Where deliveries end that a service gave up. */
export const delivery = {
  deadLetter: nameOr('Where an event goes that could not be delivered: a queue or `none`. One is made unless said otherwise.', ['queues'], {
    pattern: '^(none|[A-Za-z.]*[a-z0-9-]+|arn:.+|.*\\$\\(.+)$',
    means: 'the name or the ARN of a queue, or none',
    also: ['DeadLetterConfig', 'RedrivePolicy', 'deadLetterQueueArn', 'redrivePolicy', 'dlq'],
    usually: 'a queue made for it',
  }),
} as const;

/** `delivery` of a source whose service tries again. */
export const retried = (aws: string) =>
  object(
    'How often and how long delivery is tried, and where an event goes that could not be delivered. What the function itself fails at is `async`.',
    {
      retries: count('So many tries more.', { from: 0, to: 185, also: ['MaximumRetryAttempts', 'maximumRetryAttempts'], usually: '185' }),
      maxAge: duration('For so long.', {
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
  object('Where an event goes that could not be delivered.', { ...delivery }, { aws, also: ['RedrivePolicy', 'redrivePolicy'] });
