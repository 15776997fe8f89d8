import { nameOf, object, required, text } from '../kit.ts';
import { polled } from './pulled.ts';

const PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html';

export const broker = {
  value: object(
    'A queue of a broker of Amazon MQ: Lambda connects to the broker and calls the function with batches of messages.',
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
    caller: 'Lambda connects to the broker with the secret, from the broker’s subnets, and calls the function with batches of messages.',
    permission: 'role',
    invocation: 'poll',
    polls: 'As a client of the broker, all the time.',
    concurrency: 'ActiveMQ: up to five calls for each source. RabbitMQ: one. AWS raises it on request; the function’s own settings do not.',
    ordering: 'None that is promised.',
    retries: 'The whole batch is tried again until it is handled or its messages expire.',
    failure: 'None: Lambda sends nothing elsewhere.',
    page: PAGE,
  },
} as const;
