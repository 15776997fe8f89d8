import { count, nameOf, object, required } from '../kit.ts';
import { partialFailures, polled } from './pulled.ts';

const PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg';

export const queue = {
  value: nameOf(
    'A queue: Lambda polls it with several pollers at once, invokes the function with batches of messages, and deletes those that were handled.',
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
    maxConcurrency: count('The most concurrent invocations. Not with `pollers`.', {
      from: 2,
      to: 1000,
      aws: 'AWS::Lambda::EventSourceMapping ScalingConfig.MaximumConcurrency',
      page: `${PAGE}/services-sqs-scaling.html`,
      also: ['MaximumConcurrency', 'ScalingConfig', 'maximumConcurrency'],
    }),
    pollers: object(
      'Provisioned mode: event pollers for this queue, which scale faster. Billed by the hour. Not with `maxConcurrency`.',
      {
        min: required(count('The minimum.', { from: 2, to: 200, also: ['MinimumPollers', 'minimumPollers'] })),
        max: required(count('The maximum.', { from: 2, to: 2000, also: ['MaximumPollers', 'maximumPollers'] })),
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
    caller:
      'Lambda polls the queue with the execution role, invokes the function with batches of messages, and deletes those that were handled.',
    permission: 'role',
    invocation: 'poll',
    polls: 'Long polling by five pollers, and more as messages pile up; with `pollers`, by that many.',
    concurrency:
      'Grows by up to 300 invocations a minute, to 1250; `maxConcurrency` limits it; `pollers` scale faster. FIFO queues: one invocation at a time per message group.',
    ordering: 'None; per message group in a FIFO queue.',
    retries: 'A failed message reappears after its visibility timeout, until it goes to the queue’s `deadLetter`.',
    failure: 'The queue’s dead-letter queue; without one the message is retried until it expires.',
    page: `${PAGE}/services-sqs-scaling.html`,
  },
} as const;
