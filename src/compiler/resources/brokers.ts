import { problems } from '../diagnostics/problem.ts';
import { leavingOut } from '../edit/fixes.ts';
import type { Thing } from '../resolve/model.ts';
import type { Context, Meaning, Piece } from './meaning.ts';
import { verifySignIn } from './sign-in.ts';

const PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html';

export const brokerProblems = problems({
  'virtual-host-of-activemq': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` runs ActiveMQ, which has no virtual hosts.`,
    why: 'Only RabbitMQ has virtual hosts; Lambda rejects one for an ActiveMQ broker.',
    fix: leavingOut,
    page: PAGE,
  },
});

export type Broker = Thing<'brokers'>;

export const brokerArn = ({ settings }: Broker, context: Context): Piece => context.text(settings.existing);

/** A broker of Amazon MQ. It exists already: what is made are the mappings of its consumers. */
export const brokers: Meaning<'brokers'> = {
  arn: brokerArn,
  attributes: { '': brokerArn, arn: brokerArn },
  verify({ name, settings, written }, _, report) {
    if (settings.engine === 'activemq' && settings.virtualHost !== undefined)
      report(brokerProblems['virtual-host-of-activemq'], written.at('virtualHost').place, { name });
    const secret = { secret: settings.secret, place: written.at('secret').place };
    verifySignIn(name, [secret], written.parts.get('secretKey')?.place, report);
  },
  expand: () => [],
};
