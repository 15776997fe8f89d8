import { address } from '../cloud/address.ts';
import { resource, type Part } from '../cloud/part.ts';
import { attribute, ref, stackName, text } from '../cloud/value.ts';
import type { Report } from '../diagnostics/problem.ts';
import type { Thing } from '../resolve/model.ts';
import { retention } from './function-parts.ts';
import { verifyLength } from './long-names.ts';
import type { Context } from './meaning.ts';
import { tagList } from './tags.ts';

type Bus = Thing<'buses'>;

/** A level holds those before it, and each is delivered on its own. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-logs.html */
const LEVELS = ['error', 'info', 'trace'] as const;

/** Where log lines come from and go to have names, which CloudFormation wants. */
const suffix = ({ name }: Bus, what: string): string => `-${name}-bus-${what}`;

const titled = (level: string): string => level.slice(0, 1).toUpperCase() + level.slice(1);

const LONGEST = 60;

export function verifyBusLogs(bus: Bus, { model }: Context, report: Report): void {
  if (!bus.settings.logs || bus.settings.existing) return;
  const place = bus.written.at('logs').key ?? bus.place;
  verifyLength('Its log delivery', `${model.stack}${suffix(bus, 'error')}`, LONGEST, place, report);
}

/**
 * A log group, and the deliveries that bring the bus’s lines there: a level alone brings them nowhere. CloudWatch Logs lets its own
 * delivery write to the group when the delivery is made.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-V2-CloudWatchLogs.html
 */
export function busLogParts(bus: Bus, arn: ReturnType<typeof attribute>, context: Context): readonly Part[] {
  const { settings, name, path, place } = bus;
  const { logs } = settings;
  if (!logs) return [];
  const from = { because: bus.written.at('logs').key ?? place, path: `${path}.logs` };
  const tags = tagList(settings.tags, context);
  const own = { name, word: 'Bus' } as const;
  const group = address('AWS::Logs::LogGroup', own, 'LogGroup');
  const destination = address('AWS::Logs::DeliveryDestination', own, 'LogDestination');
  const kept = context.model.protected ? 'Retain' : 'Delete';
  const levels = LEVELS.slice(0, LEVELS.indexOf(logs.level) + 1);
  const deliveryOf = (level: string) => address('AWS::Logs::Delivery', own, `${titled(level)}LogDelivery`);
  return [
    resource(group, { ...retention(undefined, context), ...tags }, { ...from, deletion: kept, replaced: kept }),
    resource(
      destination,
      { Name: text(stackName, suffix(bus, 'logs')), DestinationResourceArn: attribute(group, 'Arn'), ...tags } as never,
      from,
    ),
    ...levels.flatMap((level, index): readonly Part[] => {
      const source = address('AWS::Logs::DeliverySource', own, `${titled(level)}LogSource`);
      const before = levels[index - 1];
      return [
        resource(
          source,
          { Name: text(stackName, suffix(bus, level)), LogType: `${level.toUpperCase()}_LOGS`, ResourceArn: arn, ...tags } as never,
          from,
        ),
        resource(
          deliveryOf(level),
          { DeliverySourceName: ref(source), DeliveryDestinationArn: attribute(destination, 'Arn'), ...tags } as never,
          // One after another: two deliveries that are made for one destination at once refuse each other.
          { ...from, ...(before !== undefined && { dependsOn: [deliveryOf(before)] }) },
        ),
      ];
    }),
  ];
}
