import { count, duration, nameOr, object } from './kit.ts';

const PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg';

const config = (property: string) => `AWS::Lambda::EventInvokeConfig ${property}`;

const means = 'the name or the ARN of a queue, a topic, a bus or a function, or none';

/** What becomes of asynchronous calls: those nobody waits for the answer of. */
export const asynchronous = object(
  'What Lambda does with asynchronous calls, those of topics, buckets, buses and schedules: how often and how long it tries, and where the event goes then.',
  {
    retries: count('So many tries more. 2 unless said otherwise.', {
      from: 0,
      to: 2,
      aws: config('MaximumRetryAttempts'),
      page: `${PAGE}/invocation-async-error-handling.html`,
      also: ['MaximumRetryAttempts', 'maximumRetryAttempts', 'retryAttempts'],
      usually: '2',
    }),
    maxAge: duration('An event older than this is given up. 1 hour unless said otherwise.', {
      from: 60,
      to: 21_600,
      examples: ['1 hour'],
      aws: config('MaximumEventAgeInSeconds'),
      also: ['MaximumEventAgeInSeconds', 'maximumEventAge', 'maxEventAge'],
      usually: '1 hour',
    }),
    onFailure: nameOr(
      'Where an event goes that was given up: a standard queue or topic, a bucket, a bus, a function, or the ARN of one; `none` loses it. A queue is made unless said otherwise.',
      ['queues', 'topics', 'buckets', 'buses', 'functions', 'consumers'],
      {
        pattern: '^(none|[A-Za-z.]*[a-z0-9-]+|arn:.+|.*\\$\\(.+)$',
        means,
        aws: config('DestinationConfig.OnFailure'),
        page: `${PAGE}/invocation-async-retain-records.html`,
        also: ['OnFailure', 'DeadLetterQueue', 'deadLetterQueue', 'dlq', 'onError', 'destinations'],
        usually: 'a queue made for it',
      },
    ),
    onSuccess: nameOr(
      'Where the answer of a call goes that succeeded: a standard queue or topic, a bus, a function, or the ARN of one.',
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
