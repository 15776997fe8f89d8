import { Select, Split, text } from '../cloud/value.ts';
import type { Text, Thing } from '../resolve/model.ts';
import { verifyKafkaCluster } from './kafka-cluster-rules.ts';
import type { Context, Meaning, Piece } from './meaning.ts';
import type { SignInSecret } from './sign-in.ts';

export type KafkaCluster = Thing<'kafkaClusters'>;

/** Whether Lambda reads it through Amazon MSK; else by the addresses of its brokers. */
export const isManaged = ({ settings }: KafkaCluster): boolean => settings.brokers === undefined;

export type KafkaAuth = NonNullable<KafkaCluster['settings']['auth']>;

/** Without a secret Lambda signs in to Amazon MSK with the role. https://docs.aws.amazon.com/lambda/latest/dg/msk-cluster-auth.html */
export const authOf = ({ settings }: KafkaCluster): KafkaAuth => settings.auth ?? 'iam';

/** The secrets that Lambda reads for it, and for its registry where schemas are asked for. */
export function secretsOf({ settings: { secret, ca, registry } }: KafkaCluster, schemas: boolean): readonly SignInSecret[] {
  return [secret, ca, ...(schemas ? [registry?.secret, registry?.ca] : [])].filter((one) => one !== undefined);
}

const clusterArn = ({ settings: { existing } }: KafkaCluster, context: Context): Piece => (existing ? context.text(existing) : '');

/** The addresses of its brokers. */
export const brokersOf = ({ settings }: KafkaCluster, context: Context): readonly Piece[] =>
  (settings.brokers ?? []).map((broker) => context.text(broker));

const addresses = (cluster: KafkaCluster, context: Context): Piece =>
  text(...brokersOf(cluster, context).flatMap((broker, index) => (index === 0 ? [broker] : [',', broker])));

/** A cluster of Kafka. It exists already: what is made are the mappings of its consumers. */
export const kafkaClusters: Meaning<'kafkaClusters'> = {
  arn: clusterArn,
  attributes: {
    '': (cluster, context) => (isManaged(cluster) ? clusterArn(cluster, context) : addresses(cluster, context)),
    arn: clusterArn,
    brokers: addresses,
  },
  verify: verifyKafkaCluster,
  expand: () => [],
};

/** What leave is given on: the cluster of Amazon MSK, and what is in it. */
export interface KafkaArns {
  readonly cluster: Piece;
  /** The managed VPC connection to a cluster of another account. */
  readonly connection: Piece | undefined;
  topic(name: string): Piece;
  group(name: string): Piece;
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonmanagedstreamingforapachekafka.html */
export function kafkaArns(existing: Text, context: Context): KafkaArns {
  const whole = context.text(existing);
  const connection = typeof whole === 'string' ? CONNECTION.exec(whole) : null;
  if (connection) {
    const [, start = '', owner = '', name = ''] = connection;
    // A connection has an id of its own, which says nothing of the cluster’s.
    const of = (kind: string, rest = '') => `${start}:${owner}:${kind}/${name}/*${rest}`;
    return {
      connection: whole,
      cluster: of('cluster'),
      topic: (topic) => of('topic', `/${topic}`),
      group: (group) => of('group', `/${group}`),
    };
  }
  const [start, name] =
    typeof whole === 'string' ? whole.split(CLUSTER) : [0, 1].map((index) => new Select(index, new Split(CLUSTER, whole)));
  const of = (kind: string, inner: string) => text(start ?? '', `:${kind}/`, name ?? '', `/${inner}`);
  return { connection: undefined, cluster: whole, topic: (topic) => of('topic', topic), group: (group) => of('group', group) };
}

const CLUSTER = ':cluster/';

/** `arn:aws:kafka:REGION:OURS:vpc-connection/THEIRS/NAME/ID` */
const CONNECTION = /^(arn:[^:]+:kafka:[^:]*):[^:]*:vpc-connection\/([0-9]+)\/([^/]+)\//;
