import { broker as shape } from '../../schema/sources/broker.ts';
import { brokerArn, brokerSecret, brokerSecretAccess } from '../resources/brokers.ts';
import { verifyFilter } from './filter.ts';
import { elsewhere, mapping, reading } from './mapping.ts';
import type { SourceMeaning } from './source.ts';

/** Network interfaces in the broker’s subnets: none of these actions can be limited to what does not exist yet. */
const INTERFACES = [
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets',
  'ec2:DescribeVpcs',
] as const;

/** A queue of Amazon MQ. https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html */
export const broker: SourceMeaning<'broker'> = {
  model: shape.polling,
  pace: () => 'Lambda reads the broker all the time, as a client of it',
  named: (settings) => ({ name: settings.broker.name.name, word: 'Broker' }),

  verify: ({ written }, _, report) => verifyFilter(written.at('filter'), ['data'], report),

  expand(source, context) {
    const { settings } = source;
    const { name: of, queue } = settings.broker;
    const { virtualHost } = of.settings;
    return [
      mapping(
        source,
        {
          EventSourceArn: brokerArn(of, context),
          Queues: [queue],
          SourceAccessConfigurations: [
            { Type: 'BASIC_AUTH', URI: brokerSecret(of, context) },
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
        ...brokerSecretAccess(of, context),
        {
          actions: INTERFACES,
          on: ['*'],
          accepted: [{ rule: 'AwsSolutions-IAM5', reason: 'Lambda checks for these actions on * when it connects to a broker in a VPC.' }],
        },
      ]),
    ];
  },
};
