import { interpolatedText, nameOr, object, required, text, word } from './kit.ts';
import { NAME } from './names.ts';

const PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html';

const access = (type: string) => `AWS::Lambda::EventSourceMapping SourceAccessConfigurations ${type}`;

export const broker = object(
  'A broker of Amazon MQ that exists: said once, for every consumer of its queues.',
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
      word('What it runs.', { activemq: 'ActiveMQ.', rabbitmq: 'RabbitMQ.' }, { page: PAGE, also: ['EngineType', 'engineType'] }),
    ),
    secret: required(
      nameOr(
        'The secret with the `username` and the `password` that Lambda signs in with: one of `secrets`, or the ARN of one.',
        ['secrets'],
        {
          pattern: `^(([A-Za-z]+\\.)?${NAME}|arn:.+|.*\\$\\(.+)$`,
          means: 'the name of a secret, or the ARN of one',
          aws: access('BASIC_AUTH'),
          page: PAGE,
          also: ['SourceAccessConfigurations', 'BASIC_AUTH', 'basicAuthArn'],
        },
      ),
    ),
    secretKey: interpolatedText('The ARN of the KMS key that encrypts a secret said by its ARN, where it is not AWS’s own.', {
      pattern: '^(arn:|.*\\$\\().+',
      means: 'the ARN of a KMS key',
      page: PAGE,
      also: ['SecretsManagerKmsKeyId'],
    }),
    virtualHost: text('RabbitMQ: the virtual host its queues are in.', {
      pattern: '^.{1,200}$',
      means: 'up to 200 characters',
      aws: access('VIRTUAL_HOST'),
      page: PAGE,
      also: ['VIRTUAL_HOST'],
      usually: '/',
    }),
  },
  { id: 'broker', aws: 'AWS::Lambda::EventSourceMapping', page: PAGE },
);
