import { count, nameOf, object, required } from '../kit.ts';
import { partialFailures, polled } from './pulled.ts';

const PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg';

export const queue = {
  value: nameOf(
    'A queue: Lambda polls it with several pollers at once, calls the function with batches of messages, and deletes what was handled.',
    'queues',
    {
      aws: 'AWS::Lambda::EventSourceMapping',
      page: `${PAGE}/with-sqs.html`,
      also: ['SQS', 'sqs', 'Queue', 'SqsEventSource'],
    },
  ),
  options: {
    ...polled,
    partialFailures,
    maxConcurrency: count('The most calls at once. Not with `pollers`.', {
      from: 2,
      to: 1000,
      aws: 'AWS::Lambda::EventSourceMapping ScalingConfig.MaximumConcurrency',
      page: `${PAGE}/services-sqs-scaling.html`,
      also: ['MaximumConcurrency', 'ScalingConfig', 'maximumConcurrency'],
    }),
    pollers: object(
      'Pollers of the queue’s own, which scale faster. They cost by the hour. Not with `maxConcurrency`.',
      {
        min: required(count('At least so many.', { from: 2, to: 200, also: ['MinimumPollers', 'minimumPollers'] })),
        max: required(count('At most so many.', { from: 2, to: 2000, also: ['MaximumPollers', 'maximumPollers'] })),
      },
      {
        aws: 'AWS::Lambda::EventSourceMapping ProvisionedPollerConfig',
        page: `${PAGE}/services-sqs-scaling.html`,
        also: ['ProvisionedPollerConfig', 'provisionedPollerConfig', 'provisionedPollers'],
      },
    ),
  },
  polling: {
    delivery: 'pull',
    caller: 'Lambda polls the queue with the function’s role, calls the function with batches of messages, and deletes what was handled.',
    permission: 'role',
    invocation: 'poll',
    polls: 'Long polling by five pollers, and more as messages pile up; with `pollers` by so many of its own.',
    concurrency:
      'Up to 300 more calls a minute, to 1250; `maxConcurrency` bounds it; `pollers` scale faster. A FIFO queue: one call at a time for each message group.',
    ordering: 'None; in a FIFO queue per message group.',
    retries: 'A message that failed is seen again when its visibility timeout is over, until the queue’s `deadLetter` takes it.',
    failure: 'The queue’s dead-letter queue; without one the message is tried until the queue forgets it.',
    page: `${PAGE}/services-sqs-scaling.html`,
  },
} as const;
