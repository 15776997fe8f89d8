import { bus as shape } from '../../schema/sources/bus.ts';
import { address } from '../cloud/address.ts';
import { resource } from '../cloud/part.ts';
import { attribute, type Value } from '../cloud/value.ts';
import type { Text, Thing } from '../resolve/model.ts';
import type { Sender } from '../resources/demand.ts';
import { invokedArn } from '../resources/function-address.ts';
import type { Context, Piece } from '../resources/meaning.ts';
import { retryPolicy, undelivered, undeliveredDemands, verifyDelivery } from './delivery.ts';
import { inputOf, verifyEventPattern } from './event-pattern.ts';
import { permission } from './permission.ts';
import type { Source, SourceMeaning } from './source.ts';

const ruleAddress = ({ names }: Source<'bus'>) => address('AWS::Events::Rule', names, 'Rule');

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html */
const sender = (source: Source<'bus'>): Sender => ({ need: 'sender', service: 'events', source: attribute(ruleAddress(source), 'Arn') });

/** Nothing for the bus that is there in every account. */
export function busNamed(bus: Thing<'buses'> | Text, context: Context): { readonly EventBusName?: Piece } {
  if (!('segments' in bus)) return { EventBusName: context.attribute(bus, 'name') };
  return bus.segments[0] === 'default' ? {} : { EventBusName: context.text(bus) };
}

/** An EventBridge rule. https://docs.aws.amazon.com/lambda/latest/dg/services-cloudwatchevents.html */
export const bus: SourceMeaning<'bus'> = {
  model: shape.polling,
  pace: () => 'EventBridge invokes it with each matching event',
  named: ({ bus: of }) => ({ name: 'segments' in of ? 'default' : of.name, word: 'Bus' }),

  verify(source, _, report) {
    verifyEventPattern(source.written.at('pattern'), report);
    verifyDelivery(source, report);
  },

  demands: (source) => undeliveredDemands(source, [sender(source)]),

  expand(source, context) {
    const { settings, fn, place: because, path } = source;
    const { arn, parts } = undelivered(source, [sender(source)], context);
    return [
      resource(
        ruleAddress(source),
        {
          ...busNamed(settings.bus, context),
          ...(settings.description !== undefined && { Description: settings.description }),
          EventPattern: context.data(settings.pattern) as { readonly [key: string]: Value },
          State: settings.enabled ? 'ENABLED' : 'DISABLED',
          Targets: [
            {
              Id: 'function',
              Arn: invokedArn(fn),
              ...inputOf(settings.input, context),
              ...retryPolicy(settings.delivery),
              ...(arn !== undefined && { DeadLetterConfig: { Arn: arn } }),
            },
          ],
        },
        { because, path },
      ),
      permission(source, { principal: 'events.amazonaws.com', source: attribute(ruleAddress(source), 'Arn') }),
      ...parts,
    ];
  },
};
