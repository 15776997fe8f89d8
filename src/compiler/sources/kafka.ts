import { kafka as shape } from '../../schema/sources/kafka.ts';
import type { Acceptance, Part } from '../cloud/part.ts';
import type { Properties } from '../cloud/resource-types.ts';
import { text } from '../cloud/value.ts';
import { isGlue } from '../resources/kafka-cluster-rules.ts';
import { authOf, brokersOf, isManaged, secretsOf, type KafkaAuth, type KafkaCluster } from '../resources/kafka-clusters.ts';
import type { Context, Piece } from '../resources/meaning.ts';
import { signInSecret } from '../resources/sign-in.ts';
import { failureDemands, failureDestination, NOWHERE, type FailureEnd } from './failure.ts';
import { failureTopic, isReachedFromVpc, kafkaStatements } from './kafka-access.ts';
import { verifyKafka } from './kafka-rules.ts';
import { elsewhere, failing, mapping, reading, retrying, startingPosition } from './mapping.ts';
import { interfaces, roads } from './pollers.ts';
import type { Source, SourceMeaning } from './source.ts';

type Mapping = Partial<Properties<'AWS::Lambda::EventSourceMapping'>>;

/** A topic of Kafka. https://docs.aws.amazon.com/lambda/latest/dg/with-msk.html, https://docs.aws.amazon.com/lambda/latest/dg/with-kafka.html */
export const kafka: SourceMeaning<'kafka'> = {
  model: shape.polling,
  pace: ({ settings: { pollers } }) =>
    pollers
      ? `${pollers.min} to ${pollers.max} provisioned pollers read the topic`
      : 'Lambda reads the topic continuously, and scales pollers with its lag',
  named: (settings) => ({ name: settings.kafka.name.name, word: 'Cluster' }),

  verify: verifyKafka,
  demands: (source) => (failureTopic(source) === undefined ? failureDemands(source) : []),

  endpoints(source, context) {
    const { name: cluster } = source.settings.kafka;
    if (cluster.settings.vpc !== true) return [];
    const { sends } = failureOf(source, context);
    const groups = (cluster.settings.securityGroups ?? []).map((group) => context.text(group));
    const provisioned = source.settings.pollers !== undefined;
    return roads(
      source,
      { provisioned, secrets: secretsOf(cluster, source.settings.schemas !== undefined), failure: sends, groups },
      context,
    );
  },

  expand(source, context) {
    const { name: cluster } = source.settings.kafka;
    return [
      polling(source, context),
      ...reading(source, cluster.name, kafkaStatements(source, context)),
      ...(isManaged(cluster) || isReachedFromVpc(cluster) ? interfaces(source, cluster.name) : []),
      ...failureOf(source, context).parts,
    ];
  },
};

/** With pollers of its own a source gives up on a batch some time; what failed must not be lost then. */
function failureOf(source: Source<'kafka'>, context: Context): FailureEnd {
  const topic = failureTopic(source);
  if (topic !== undefined) return { ...NOWHERE, arn: `kafka://${topic}` };
  return source.settings.onFailure || source.settings.pollers ? failureDestination(source, context) : NOWHERE;
}

function polling(source: Source<'kafka'>, context: Context): Part {
  const { settings } = source;
  const { name: cluster, topics } = settings.kafka;
  const { pollers, logLevel, mode } = settings;
  const failure = failureOf(source, context).arn;
  return mapping(
    source,
    {
      ...(isManaged(cluster) ? managed(source, context) : own(source, context)),
      Topics: [...topics],
      ...(mode === 'queue' ? {} : startingPosition(settings.start ?? 'trim-horizon')),
      BatchSize: settings.batchSize ?? 100,
      ...(pollers
        ? {
            ProvisionedPollerConfig: {
              MinimumPollers: pollers.min,
              MaximumPollers: pollers.max,
              ...(pollers.group !== undefined && { PollerGroupName: pollers.group }),
            },
            ...retrying(
              {
                bisect: settings.bisect ?? true,
                retries: settings.retries,
                maxAge: settings.maxAge,
                partialFailures: settings.partialFailures ?? true,
              },
              failure,
            ),
          }
        : failing(failure)),
      ...(logLevel !== undefined && { LoggingConfig: { SystemLogLevel: logLevel.toUpperCase() } }),
    },
    settings,
    context,
    [...(isManaged(cluster) ? elsewhere('cluster') : []), ...newer(source)],
  );
}

/** What CloudFormation knows, and the specification some checkers bring along does not yet. */
function newer({ settings }: Source<'kafka'>): readonly Acceptance[] {
  const { name: cluster } = settings.kafka;
  const auth = authOf(cluster);
  const signsInNewly = auth === 'oauth' || auth === 'iam-oauth' || (auth === 'iam' && !isManaged(cluster));
  const reason = 'It is in CloudFormation’s own specification, which is newer than the checker’s.';
  return [
    ...(signsInNewly || (settings.schemas && cluster.settings.registry?.auth === 'oauth') ? [{ rule: 'W3030', reason }] : []),
    ...(settings.mode !== undefined ? [{ rule: 'F3002', reason }] : []),
  ];
}

function managed(source: Source<'kafka'>, context: Context): Mapping {
  const { name: cluster, group } = source.settings.kafka;
  const config = { ...groupOf(group), ...schemasOf(source, context) };
  const access = signIn(cluster, context);
  return {
    EventSourceArn: context.arn(cluster),
    ...(Object.keys(config).length > 0 && { AmazonManagedKafkaEventSourceConfig: config }),
    ...(access.length > 0 && { SourceAccessConfigurations: access }),
  };
}

function own(source: Source<'kafka'>, context: Context): Mapping {
  const { settings } = source;
  const { name: cluster, group } = settings.kafka;
  const config = {
    ...groupOf(group),
    ...schemasOf(source, context),
    ...(settings.mode !== undefined && { ConsumptionMode: settings.mode === 'queue' ? 'Queue' : 'Stream' }),
  };
  return {
    SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers: [...brokersOf(cluster, context)] } },
    ...(Object.keys(config).length > 0 && { SelfManagedKafkaEventSourceConfig: config }),
    SourceAccessConfigurations: [...signIn(cluster, context), ...surroundings(cluster, context)],
  };
}

const groupOf = (group: string | undefined) => (group === undefined ? {} : { ConsumerGroupId: group });

type Access = { readonly Type: string; readonly URI?: Piece }[];

const TYPES: { readonly [A in KafkaAuth]?: string } = {
  'scram-512': 'SASL_SCRAM_512_AUTH',
  'scram-256': 'SASL_SCRAM_256_AUTH',
  plain: 'BASIC_AUTH',
  certificate: 'CLIENT_CERTIFICATE_TLS_AUTH',
  oauth: 'OAUTHBEARER_AUTH',
};

/** https://docs.aws.amazon.com/lambda/latest/dg/kafka-cluster-auth.html */
function signIn(cluster: KafkaCluster, context: Context): Access {
  const { secret, oauth = {} } = cluster.settings;
  const auth = authOf(cluster);
  const type = TYPES[auth];
  if (auth === 'iam') return isManaged(cluster) ? [] : [{ Type: 'IAM_AUTH' }];
  return [
    ...(type !== undefined && secret ? [{ Type: type, URI: signInSecret(secret, context) }] : []),
    ...(auth === 'iam-oauth' ? [{ Type: 'IAM_OAUTHBEARER_AUTH' }] : []),
    ...(oauth.scope !== undefined ? [{ Type: 'OAUTHBEARER_SCOPE', URI: oauth.scope }] : []),
    ...(oauth.audience !== undefined ? [{ Type: 'OAUTHBEARER_AUDIENCE', URI: oauth.audience }] : []),
    ...(oauth.logicalCluster !== undefined ? [{ Type: 'OAUTHBEARER_LOGICAL_CLUSTER', URI: oauth.logicalCluster }] : []),
    ...(oauth.identityPool !== undefined ? [{ Type: 'OAUTHBEARER_IDENTITY_POOL', URI: oauth.identityPool }] : []),
  ];
}

/** From where brokers are reached, and whom Lambda trusts there. */
function surroundings(cluster: KafkaCluster, context: Context): Access {
  const { ca, subnets, securityGroups = [] } = cluster.settings;
  const from = subnets?.map((subnet) => context.text(subnet)) ?? (isReachedFromVpc(cluster) ? context.network.subnets : []);
  return [
    ...(ca ? [{ Type: 'SERVER_ROOT_CA_CERTIFICATE', URI: signInSecret(ca, context) }] : []),
    ...from.map((subnet) => ({ Type: 'VPC_SUBNET', URI: text('subnet:', subnet) })),
    ...securityGroups.map((group) => ({ Type: 'VPC_SECURITY_GROUP', URI: text('security_group:', context.text(group)) })),
  ];
}

const REGISTRY_TYPES = { basic: 'BASIC_AUTH', certificate: 'CLIENT_CERTIFICATE_TLS_AUTH', oauth: 'OAUTHBEARER_AUTH' } as const;

/** https://docs.aws.amazon.com/lambda/latest/dg/services-consume-kafka-events.html */
function schemasOf({ settings }: Source<'kafka'>, context: Context) {
  const { registry } = settings.kafka.name.settings;
  const { schemas } = settings;
  if (!schemas || !registry) return {};
  const access = isGlue(registry)
    ? []
    : [
        ...(registry.auth !== undefined && registry.secret
          ? [{ Type: REGISTRY_TYPES[registry.auth], URI: signInSecret(registry.secret, context) }]
          : []),
        ...(registry.ca ? [{ Type: 'SERVER_ROOT_CA_CERTIFICATE', URI: signInSecret(registry.ca, context) }] : []),
      ];
  return {
    SchemaRegistryConfig: {
      SchemaRegistryURI: context.text(registry.uri),
      EventRecordFormat: schemas.format.toUpperCase(),
      SchemaValidationConfigs: schemas.validate.map((part) => ({ Attribute: part.toUpperCase() })),
      ...(access.length > 0 && { AccessConfigs: access }),
    },
  };
}
