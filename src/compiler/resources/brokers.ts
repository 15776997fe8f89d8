import { region, text, urlSuffix } from '../cloud/value.ts';
import { problems } from '../diagnostics/problem.ts';
import type { Thing } from '../resolve/model.ts';
import type { Context, Meaning, Piece, Statement } from './meaning.ts';
import { secretToRead } from './secrets.ts';

const PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html';

export const brokerProblems = problems({
  'virtual-host-of-activemq': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` runs ActiveMQ, which has no virtual hosts.`,
    why: 'Virtual hosts are RabbitMQ’s; Lambda refuses one for an ActiveMQ broker.',
    fix: () => ({ title: 'Leave `virtualHost` out' }),
    page: PAGE,
  },
  'key-of-declared-secret': {
    severity: 'error',
    message: ({ name }: { name: string }) => `The secret of \`${name}\` is declared here, and says its key itself.`,
    why: 'A declared secret has its `key` where it is declared; two places could say two keys, and Lambda could not decrypt it.',
    fix: () => ({ title: 'Leave `secretKey` out' }),
    page: PAGE,
  },
  'secret-without-arn': {
    severity: 'error',
    message: ({ name, secret }: { name: string; secret: string }) =>
      `\`${name}\` needs the ARN of \`${secret}\`, which is known by its name alone.`,
    why: 'Lambda takes the secret it signs in with by its whole ARN, whose last six characters Secrets Manager made up.',
    fix: ({ secret }: { name: string; secret: string }) => ({ title: `Say the ARN in \`existing\` of \`${secret}\`` }),
    page: PAGE,
  },
});

export type Broker = Thing<'brokers'>;

export const brokerArn = ({ settings }: Broker, context: Context): Piece => context.text(settings.existing);

/** The secret Lambda signs in with. */
export function brokerSecret({ settings: { secret } }: Broker, context: Context): Piece {
  return 'segments' in secret ? context.text(secret) : context.arn(secret);
}

/** Leave to read that secret. */
export function brokerSecretAccess(broker: Broker, context: Context): readonly Statement[] {
  const { secret, secretKey } = broker.settings;
  if (!('segments' in secret)) return secretToRead(secret as Thing<'secrets'>, context);
  return [
    { actions: ['secretsmanager:GetSecretValue'], on: [context.text(secret)] },
    ...(secretKey
      ? [
          {
            actions: ['kms:Decrypt'],
            on: [context.text(secretKey)],
            when: { StringEquals: { 'kms:ViaService': text('secretsmanager.', region, '.', urlSuffix) } },
          },
        ]
      : []),
  ];
}

/** A broker of Amazon MQ. It exists already: what is made are the mappings of its consumers. */
export const brokers: Meaning<'brokers'> = {
  arn: brokerArn,
  attributes: { '': brokerArn, arn: brokerArn },
  verify({ name, settings, written }, _, report) {
    if (settings.engine === 'activemq' && settings.virtualHost !== undefined)
      report(brokerProblems['virtual-host-of-activemq'], written.at('virtualHost').place, { name });
    if (settings.secretKey && !('segments' in settings.secret))
      report(brokerProblems['key-of-declared-secret'], written.at('secretKey').place, { name });
    const { secret } = settings;
    if ('segments' in secret || secret.written.broken) return;
    const [first] = (secret as Thing<'secrets'>).settings.existing?.segments ?? [];
    if (typeof first === 'string' && !first.startsWith('arn:'))
      report(brokerProblems['secret-without-arn'], written.at('secret').place, { name, secret: secret.name });
  },
  expand: () => [],
};
