import { notAdopted } from './adopt.ts';
import { inVpc } from './in-vpc.ts';
import { interpolatedText, object, required, text, word } from './kit.ts';
import { signInKey, signInSecret } from './sign-in.ts';

const PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html';

const access = (type: string) => `AWS::Lambda::EventSourceMapping SourceAccessConfigurations ${type}`;

export const broker = object(
  'An existing Amazon MQ broker: declared once, for every consumer of its queues.',
  {
    existing: required(
      interpolatedText('The ARN of the broker.', {
        pattern: '^(arn:[^:]+:mq:[^:]*:[^:]*:broker:.+|.*\\$\\(.+)$',
        means: 'the ARN of a broker',
        aws: 'AWS::Lambda::EventSourceMapping EventSourceArn',
        page: PAGE,
        also: ['Broker', 'arn', 'BrokerArn'],
      }),
    ),
    engine: required(
      word('The broker engine.', { activemq: 'ActiveMQ.', rabbitmq: 'RabbitMQ.' }, { page: PAGE, also: ['EngineType', 'engineType'] }),
    ),
    secret: required(
      signInSecret('the `username` and the `password` that Lambda signs in with', {
        aws: access('BASIC_AUTH'),
        page: PAGE,
        also: ['SourceAccessConfigurations', 'BASIC_AUTH', 'basicAuthArn'],
      }),
    ),
    secretKey: signInKey(PAGE),
    vpc: inVpc('broker'),
    virtualHost: text('RabbitMQ: the virtual host its queues are in.', {
      pattern: '^.{1,200}$',
      means: 'up to 200 characters',
      aws: access('VIRTUAL_HOST'),
      page: PAGE,
      also: ['VIRTUAL_HOST'],
      usually: '/',
    }),
  },
  { id: 'broker', without: { adopt: notAdopted.made }, aws: 'AWS::Lambda::EventSourceMapping', page: PAGE },
);
