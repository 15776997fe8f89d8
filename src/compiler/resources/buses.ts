import { variableOf } from '../../runtime/contract.ts';
import { address, type Address } from '../cloud/address.ts';
import { resource, type Part } from '../cloud/part.ts';
import { arn, attribute, ref, stackName, text, type Value } from '../cloud/value.ts';
import type { Data, Thing } from '../resolve/model.ts';
import { adopting, nameInAws } from './adoption.ts';
import { busLogParts, verifyBusLogs } from './bus-logs.ts';
import type { Sender } from './demand.ts';
import { existing } from './existing.ts';
import { verifyExistingSettings } from './existing-settings.ts';
import type { Allowance, Context, Meaning, Piece, Use } from './meaning.ts';
import { tagList } from './tags.ts';

export type Bus = Thing<'buses'>;

export const busAddress = ({ name }: Bus): Address<'AWS::Events::EventBus'> => address('AWS::Events::EventBus', { name, word: 'Bus' });

export function busArn(bus: Bus, context: Context): Piece {
  const found = existing(bus.settings.existing, context);
  return found ? (found.arn ?? arn('events', text('event-bus/', found.name))) : attribute(busAddress(bus), 'Arn');
}

export function busName(bus: Bus, context: Context): Piece {
  return existing(bus.settings.existing, context)?.name ?? ref(busAddress(bus));
}

/** The bus sends what it could not handle in its own name. */
const sender = (bus: Bus, context: Context): Sender => ({
  need: 'sender',
  service: 'events',
  // The bus waits for the queue’s policy; its ARN is spelt, so that the policy does not wait for the bus.
  source: arn('events', text('event-bus/', spelt(bus, context))),
});

/** CloudFormation requires a name. */
const spelt = ({ name, settings }: Bus, context: Context): Piece => nameInAws(settings, context) ?? text(stackName, `-${name}`);

/** An EventBridge bus. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-eventbus.html */
export const buses: Meaning<'buses'> = {
  service: 'events',
  arn: busArn,
  attributes: { '': busName, name: busName, arn: busArn },
  access: {
    put: (bus: Bus, _: Use, context: Context): Allowance => ({
      statements: [{ actions: ['events:PutEvents'], on: [busArn(bus, context)] }],
      variables: [{ name: variableOf('bus', bus.called), value: busName(bus, context) }],
    }),
  },
  verify(bus, context, report) {
    verifyExistingSettings(bus, ['key'], report);
    verifyBusLogs(bus, context, report);
  },
  demands(bus, context) {
    const target = bus.settings.deadLetter;
    if (!target || 'segments' in target) return [];
    return [
      { on: target, need: sender(bus, context), because: bus.place },
      { on: target, need: { need: 'failures' }, because: bus.place },
    ];
  },

  expand(bus, context) {
    const { settings, path, place: because } = bus;
    if (settings.existing) return [];
    const { deadLetter, logs } = settings;
    return [
      resource(
        busAddress(bus),
        {
          Name: spelt(bus, context),
          ...(settings.description !== undefined && { Description: settings.description }),
          ...(deadLetter && {
            DeadLetterConfig: { Arn: 'segments' in deadLetter ? context.text(deadLetter) : context.arn(deadLetter) },
          }),
          ...(logs && { LogConfig: { Level: logs.level.toUpperCase(), IncludeDetail: logs.detail ? 'FULL' : 'NONE' } }),
          ...(settings.key && { KmsKeyIdentifier: context.text(settings.key) }),
          ...(settings.policy && { Policy: policy(settings.policy, arn('events', text('event-bus/', spelt(bus, context))), context) }),
          ...tagList(settings.tags, context),
        },
        { because, path, ...adopting(settings, context, (found) => ({ Name: found.name })) },
      ),
      ...archive(bus, context),
      ...busLogParts(bus, attribute(busAddress(bus), 'Arn'), context),
    ];
  },
};

function policy(statements: readonly Data[], on: Piece, context: Context): { readonly [key: string]: Value } {
  return {
    Version: '2012-10-17',
    // EventBridge wants a name for each statement.
    Statement: statements.map((one, index) => ({
      Sid: `Own${index + 1}`,
      Resource: on,
      ...(context.data(one) as { readonly [key: string]: Value }),
    })),
  };
}

function archive(bus: Bus, context: Context): readonly Part[] {
  const { settings, path, place: because, name } = bus;
  const said = settings.archive;
  if (said === undefined) return [];
  const { retention, pattern } = typeof said === 'object' ? said : { retention: said, pattern: undefined };
  return [
    resource(
      address('AWS::Events::Archive', { name, word: 'Bus' }, 'Archive'),
      {
        SourceArn: attribute(busAddress(bus), 'Arn'),
        ...(typeof retention === 'number' && { RetentionDays: Math.ceil(retention / 86_400) }),
        ...(pattern !== undefined && { EventPattern: context.data(pattern) as { readonly [key: string]: Value } }),
        ...(settings.key && { KmsKeyIdentifier: context.text(settings.key) }),
      },
      { because, path },
    ),
  ];
}
