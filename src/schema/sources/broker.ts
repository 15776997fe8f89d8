import { nameOf, object, required, text } from '../kit.ts';
import { polled } from './pulled.ts';

const PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html';

export const broker = {
  value: object(
    'A queue of an Amazon MQ broker: Lambda connects to the broker and invokes the function with batches of messages.',
    {
      name: required(nameOf('The broker.', 'brokers')),
      queue: required(
        text('The queue.', {
          pattern: '^.{1,1000}$',
          means: 'up to 1000 characters',
          aws: 'AWS::Lambda::EventSourceMapping Queues',
          page: PAGE,
          also: ['Queues', 'queues'],
        }),
      ),
    },
    { aws: 'AWS::Lambda::EventSourceMapping', page: PAGE, also: ['MQ', 'activemq', 'rabbitmq', 'mq'] },
  ),
  options: polled,
  polling: {
    delivery: 'pull',
    caller: 'Lambda connects to the broker with the secret, from the broker’s subnets, and invokes the function with batches of messages.',
    permission: 'role',
    invocation: 'poll',
    polls: 'Continuously, as a client of the broker.',
    concurrency: 'ActiveMQ: up to five invocations per source. RabbitMQ: one. AWS raises it on request; the function’s settings do not.',
    ordering: 'Not guaranteed.',
    retries: 'The whole batch is retried until it succeeds or its messages expire.',
    failure: 'None: Lambda supports no failure destination here.',
    page: PAGE,
  },
} as const;
