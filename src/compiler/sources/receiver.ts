import type { Address } from '../cloud/address.ts';
import { address } from '../cloud/address.ts';
import type { Settings, Text, Thing } from '../resolve/model.ts';
import type { Demand, Sender } from '../resources/demand.ts';
import type { Context, Statement } from '../resources/meaning.ts';
import { keyOf, usingKey } from '../resources/system-key.ts';
import type { Hop } from './source.ts';

/** The kinds of thing that receive, with no function between. */
export type Receiver = 'queues' | 'topics' | 'streams' | 'buses' | 'stateMachines';

type SourceOf<K extends Receiver> = NonNullable<Settings<K>['from']>[number];

/** What a receiver says of one source, of whatever kind the receiver is. */
export type Received = SourceOf<Receiver>;

/** A way into a receiver, whatever comes by it. */
export interface Landing extends Hop {
  readonly receiver: Thing<Receiver>;
}

/** One way into a receiver. */
export interface Reception<S extends Received['kind'] = Received['kind']> extends Landing {
  readonly settings: Extract<Received, { readonly kind: S }>;
}

/** How others reach a receiver. */
export interface Reach {
  /** The action of who comes with a role. */
  readonly actions: readonly string[];
  /** Services come through a policy of its own, and need no role. */
  readonly policy?: (receiver: Thing<Receiver>) => Address;
  /** The name of the service in `kms:ViaService`. */
  readonly service: string;
}

const own = (type: 'AWS::SQS::QueuePolicy' | 'AWS::SNS::TopicPolicy', word: 'Queue' | 'Topic') => (receiver: Thing<Receiver>) =>
  address(type, { name: receiver.name, word }, 'Policy');

export const reaches: { readonly [K in Receiver]: Reach } = {
  queues: { actions: ['sqs:SendMessage'], policy: own('AWS::SQS::QueuePolicy', 'Queue'), service: 'sqs' },
  topics: { actions: ['sns:Publish'], policy: own('AWS::SNS::TopicPolicy', 'Topic'), service: 'sns' },
  streams: { actions: ['kinesis:PutRecord'], service: 'kinesis' },
  buses: { actions: ['events:PutEvents'], service: 'events' },
  stateMachines: { actions: ['states:StartExecution'], service: 'states' },
};

/** What a receiver needs to let a service in that comes without a role. */
export function admitting({ receiver, place: because }: Landing, sender: Sender): readonly Demand[] {
  return receiver.kind === 'queues' || receiver.kind === 'topics'
    ? [{ on: receiver as Thing<'queues' | 'topics'>, need: sender, because }]
    : [];
}

/** What a role needs to bring something to a receiver. */
export function bringing({ receiver }: Landing, context: Context): readonly Statement[] {
  const { actions, service } = reaches[receiver.kind];
  const key: Text | undefined = receiver.settings.key;
  const used =
    receiver.kind === 'streams' || receiver.kind === 'topics' ? keyOf(receiver.settings, key, context) : key && context.text(key);
  return [{ actions, on: [context.arn(receiver)] }, ...usingKey(used, service, 'kms:Decrypt', 'kms:GenerateDataKey')];
}

export const isFifo = (thing: Thing<'queues' | 'topics' | 'streams' | 'buses' | 'stateMachines'>): boolean =>
  'fifo' in thing.settings && thing.settings.fifo === true;
