import { count, duration, nameOr, object } from './kit.ts';

const PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg';

const config = (property: string) => `AWS::Lambda::EventInvokeConfig ${property}`;

const means = 'the name or ARN of a queue, a topic, a bus or a function, or none';

/** What becomes of asynchronous calls: those nobody waits for the answer of. */
export const asynchronous = object(
  'Asynchronous invocations, such as those by topics, buckets, buses and schedules: how often and how long Lambda retries, and where failed events go.',
  {
    retries: count('The number of retries. 2 by default.', {
      from: 0,
      to: 2,
      aws: config('MaximumRetryAttempts'),
      page: `${PAGE}/invocation-async-error-handling.html`,
      also: ['MaximumRetryAttempts', 'maximumRetryAttempts', 'retryAttempts'],
      usually: '2',
    }),
    maxAge: duration('Events older than this are discarded. 1 hour by default.', {
      from: 60,
      to: 21_600,
      examples: ['1 hour'],
      aws: config('MaximumEventAgeInSeconds'),
      also: ['MaximumEventAgeInSeconds', 'maximumEventAge', 'maxEventAge'],
      usually: '1 hour',
    }),
    onFailure: nameOr(
      'Where failed events go: a standard queue or topic, a bucket, a bus, a function, or the ARN of one; `none` drops them. A queue is created by default.',
      ['queues', 'topics', 'buckets', 'buses', 'functions', 'consumers'],
      {
        pattern: '^(none|[A-Za-z.]*[a-z0-9-]+|arn:.+|.*\\$\\(.+)$',
        means,
        aws: config('DestinationConfig.OnFailure'),
        page: `${PAGE}/invocation-async-retain-records.html`,
        also: ['OnFailure', 'DeadLetterQueue', 'deadLetterQueue', 'dlq', 'onError', 'destinations'],
        usually: 'a queue created for it',
      },
    ),
    onSuccess: nameOr(
      'Where the result of a successful invocation goes: a standard queue or topic, a bus, a function, or the ARN of one.',
      ['queues', 'topics', 'buses', 'functions', 'consumers'],
      {
        pattern: '^([A-Za-z.]*[a-z0-9-]+|arn:.+|.*\\$\\(.+)$',
        means,
        aws: config('DestinationConfig.OnSuccess'),
        page: `${PAGE}/invocation-async-retain-records.html`,
        also: ['OnSuccess'],
      },
    ),
  },
  {
    aws: 'AWS::Lambda::EventInvokeConfig',
    page: `${PAGE}/invocation-async.html`,
    also: ['EventInvokeConfig', 'asyncInvoke', 'destinations', 'DestinationConfig'],
  },
);
