import { broker as shape } from '../../schema/sources/broker.ts';
import { brokerArn } from '../resources/brokers.ts';
import { signInAccess, signInSecret } from '../resources/sign-in.ts';
import { verifyFilter } from './filter.ts';
import { elsewhere, mapping, reading } from './mapping.ts';
import { interfaces, roads, verifyTimeout } from './pollers.ts';
import type { SourceMeaning } from './source.ts';

/** A queue of Amazon MQ. https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html */
export const broker: SourceMeaning<'broker'> = {
  model: shape.polling,
  pace: () => 'Lambda reads the broker continuously, as a client',
  named: (settings) => ({ name: settings.broker.name.name, word: 'Broker' }),

  verify(source, _, report) {
    verifyFilter(source.written.at('filter'), ['data'], report);
    verifyTimeout(source, report);
  },

  endpoints(source, context) {
    const { vpc, secret } = source.settings.broker.name.settings;
    return vpc ? roads(source, { provisioned: false, secrets: [secret], failure: undefined, groups: [] }, context) : [];
  },

  expand(source, context) {
    const { settings } = source;
    const { name: of, queue } = settings.broker;
    const { virtualHost, secret, secretKey } = of.settings;
    return [
      mapping(
        source,
        {
          EventSourceArn: brokerArn(of, context),
          Queues: [queue],
          SourceAccessConfigurations: [
            { Type: 'BASIC_AUTH', URI: signInSecret(secret, context) },
            ...(virtualHost !== undefined ? [{ Type: 'VIRTUAL_HOST' as const, URI: virtualHost }] : []),
          ],
          BatchSize: settings.batchSize ?? 100,
        },
        settings,
        context,
        elsewhere('broker'),
      ),
      // https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html#events-mq-permissions
      ...reading(source, of.name, [
        { actions: ['mq:DescribeBroker'], on: [brokerArn(of, context)] },
        ...signInAccess([secret], secretKey ? [secretKey] : [], context),
      ]),
      ...interfaces(source, of.name),
    ];
  },
};
