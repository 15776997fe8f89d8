import { address, type Address } from '../cloud/address.ts';
import { resource, type Part, type ServicePrincipal } from '../cloud/part.ts';
import { account, attribute, type Value } from '../cloud/value.ts';
import type { Demand, Sender } from '../resources/demand.ts';
import type { Context, Statement } from '../resources/meaning.ts';
import { topicArn } from '../resources/topics.ts';
import { bucketPattern, eventsOf } from './bucket.ts';
import { busNamed } from './bus.ts';
import { retryPolicy, undelivered, undeliveredDemands } from './delivery.ts';
import { inputOf } from './event-pattern.ts';
import { admitting, bringing, reaches, type Landing, type Reception } from './receiver.ts';
import { scheduleOf } from './schedule.ts';
import { filterPolicy } from './topic-filter.ts';

/** What stands between a source of one kind and whatever receives from it. */
export interface Between<S extends Reception['settings']['kind']> {
  demands(reception: Reception<S>, context: Context): readonly Demand[];
  expand(reception: Reception<S>, context: Context): readonly Part[];
}

const fromTopic = ({ settings }: Reception<'topic'>, context: Context): Sender => ({
  need: 'sender',
  service: 'sns',
  source: topicArn(settings.topic, context),
});

/** A subscription. https://docs.aws.amazon.com/sns/latest/dg/sns-sqs-as-subscriber.html */
export const topic: Between<'topic'> = {
  demands: (reception, context) => [
    ...admitting(reception, fromTopic(reception, context)),
    ...undeliveredDemands(reception, [fromTopic(reception, context)]),
  ],
  expand(reception, context) {
    const { settings, names, receiver, place: because, path } = reception;
    const { arn, parts } = undelivered(reception, [fromTopic(reception, context)], context, settings.topic.settings.fifo);
    return [
      resource(
        address('AWS::SNS::Subscription', names, 'Subscription'),
        {
          TopicArn: topicArn(settings.topic, context),
          Protocol: 'sqs',
          Endpoint: context.arn(receiver),
          ...(settings.raw && { RawMessageDelivery: true }),
          ...filterPolicy(settings.filter, context),
          ...(arn !== undefined && { RedrivePolicy: { deadLetterTargetArn: arn } }),
        },
        { because, path },
      ),
      ...parts,
    ];
  },
};

/** A notification; from a bucket that exists already, a rule. */
export const bucket: Between<'bucket'> = {
  demands(reception, context) {
    const { settings, receiver, place: because } = reception;
    const { policy } = reaches[receiver.kind];
    if (settings.bucket.settings.existing) return admitting(reception, fromRule(reception));
    return [
      {
        on: settings.bucket,
        need: {
          need: 'notification',
          to: receiver.kind === 'topics' ? 'topic' : 'queue',
          arn: context.arn(receiver),
          events: eventsOf(settings.when),
          prefix: settings.prefix,
          suffix: settings.suffix,
          after: policy ? [policy(receiver)] : [],
        },
        because,
      },
      ...admitting(reception, { need: 'sender', service: 's3', source: context.arn(settings.bucket), ofAccount: true }),
    ];
  },
  expand(reception, context) {
    const { settings, receiver, place: because, path } = reception;
    if (!settings.bucket.settings.existing) return [];
    return [
      resource(
        ruleAddress(reception),
        { EventPattern: bucketPattern(settings, context), Targets: [{ Id: 'receiver', Arn: context.arn(receiver) }] },
        { because, path },
      ),
    ];
  },
};

const ruleAddress = ({ names }: Landing): Address<'AWS::Events::Rule'> => address('AWS::Events::Rule', names, 'Rule');

const fromRule = (reception: Landing): Sender => ({
  need: 'sender',
  service: 'events',
  source: attribute(ruleAddress(reception), 'Arn'),
});

/** A role that brings something to the receiver, and does nothing else. */
export function bearer(
  { names, place: because, path }: Landing,
  { service, statements }: { readonly service: ServicePrincipal; readonly statements: readonly Statement[] },
): { readonly role: Address<'AWS::IAM::Role'>; readonly parts: readonly Part[] } {
  const role = address('AWS::IAM::Role', names, 'Role');
  return {
    role,
    parts: [
      {
        part: 'role',
        address: role,
        service,
        trust: { StringEquals: { 'aws:SourceAccount': account } },
        because,
        path,
      },
      ...statements.map((statement): Part => ({
        part: 'grant',
        to: role,
        by: 'service',
        because,
        path,
        reason: 'It delivers the events',
        ...statement,
      })),
    ],
  };
}

/** A rule. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html */
export const bus: Between<'bus'> = {
  demands: (reception) => [...admitting(reception, fromRule(reception)), ...undeliveredDemands(reception, [fromRule(reception)])],
  expand(reception, context) {
    const { settings, receiver, place: because, path } = reception;
    const { arn, parts } = undelivered(reception, [fromRule(reception)], context);
    const byRole = reaches[receiver.kind].policy === undefined;
    const { role, parts: rolled } = bearer(reception, { service: 'events.amazonaws.com', statements: bringing(reception, context) });
    return [
      resource(
        ruleAddress(reception),
        {
          ...busNamed(settings.bus, context),
          ...(settings.description !== undefined && { Description: settings.description }),
          EventPattern: context.data(settings.pattern) as { readonly [key: string]: Value },
          State: settings.enabled ? 'ENABLED' : 'DISABLED',
          Targets: [
            {
              Id: 'receiver',
              Arn: context.arn(receiver),
              ...(byRole && { RoleArn: attribute(role, 'Arn') }),
              ...inputOf(settings.input, context),
              ...(settings.messageGroup !== undefined && { SqsParameters: { MessageGroupId: settings.messageGroup } }),
              ...(settings.partitionKey !== undefined && { KinesisParameters: { PartitionKeyPath: settings.partitionKey } }),
              ...retryPolicy(settings.delivery),
              ...(arn !== undefined && { DeadLetterConfig: { Arn: arn } }),
            },
          ],
        },
        { because, path },
      ),
      ...(byRole ? rolled : []),
      ...parts,
    ];
  },
};

/** A schedule. */
export const schedule: Between<'schedule'> = {
  demands: (reception) => undeliveredDemands(reception, []),
  expand(reception, context) {
    const { settings, receiver } = reception;
    const { arn, parts } = undelivered(reception, [], context);
    const parameters = {
      ...(settings.messageGroup !== undefined && { SqsParameters: { MessageGroupId: settings.messageGroup } }),
      ...(settings.partitionKey !== undefined && { KinesisParameters: { PartitionKey: settings.partitionKey } }),
      ...(settings.source !== undefined &&
        settings.detailType !== undefined && { EventBridgeParameters: { Source: settings.source, DetailType: settings.detailType } }),
    };
    return [
      ...scheduleOf(
        reception,
        settings,
        { target: context.arn(receiver), parameters, deadLetter: arn, grants: bringing(reception, context) },
        context,
      ),
      ...parts,
    ];
  },
};
