import { isText, nameOfDestination } from '../resources/destination.ts';
import { isGlue } from '../resources/kafka-cluster-rules.ts';
import { authOf, isManaged, kafkaArns, secretsOf, type KafkaArns, type KafkaCluster } from '../resources/kafka-clusters.ts';
import type { Context, Statement } from '../resources/meaning.ts';
import { signInAccess } from '../resources/sign-in.ts';
import type { Source } from './source.ts';

/** The topic of the same cluster where failed batches go: `kafka://failed-orders`. */
export function failureTopic({ settings: { onFailure } }: Source<'kafka'>): string | undefined {
  return onFailure && isText(onFailure) ? /^kafka:\/\/(.+)$/.exec(nameOfDestination(onFailure))?.[1] : undefined;
}

export const isReachedFromVpc = ({ settings }: KafkaCluster): boolean => settings.subnets !== undefined || settings.vpc === true;

/** What Lambda needs to read the topic, and to write where failures go. https://docs.aws.amazon.com/lambda/latest/dg/with-msk-permissions.html */
export function kafkaStatements(source: Source<'kafka'>, context: Context): readonly Statement[] {
  const { name: cluster } = source.settings.kafka;
  const { existing, secretKey = [] } = cluster.settings;
  const arns = existing && kafkaArns(existing, context);
  return [
    ...(arns && isManaged(cluster) ? managedStatements(cluster, arns) : []),
    ...(arns && authOf(cluster) === 'iam' ? iamStatements(source, arns) : []),
    ...tokenStatements(cluster),
    ...signInAccess(secretsOf(cluster, source.settings.schemas !== undefined), secretKey, context),
    ...registryStatements(source, context),
  ];
}

const otherAccount = { rule: 'AwsSolutions-IAM5', reason: 'A connection does not say the id of the cluster of another account behind it.' };

function managedStatements(cluster: KafkaCluster, arns: KafkaArns): readonly Statement[] {
  const accepted = arns.connection === undefined ? {} : { accepted: [otherAccount] };
  return [
    { actions: ['kafka:DescribeClusterV2'], on: [arns.cluster], ...accepted },
    {
      actions: ['kafka:GetBootstrapBrokers'],
      on: ['*'],
      accepted: [{ rule: 'AwsSolutions-IAM5', reason: 'IAM knows no resource for kafka:GetBootstrapBrokers.' }],
    },
    ...(arns.connection === undefined ? [] : [{ actions: ['kafka:DescribeVpcConnection'], on: [arns.connection] }]),
    ...(authOf(cluster) === 'scram-512' ? [{ actions: ['kafka:ListScramSecrets'], on: [arns.cluster], ...accepted }] : []),
  ];
}

/** https://docs.aws.amazon.com/msk/latest/developerguide/kafka-actions.html */
function iamStatements(source: Source<'kafka'>, arns: KafkaArns): readonly Statement[] {
  const { topics, group } = source.settings.kafka;
  const failures = failureTopic(source);
  const accepted = arns.connection === undefined ? {} : { accepted: [otherAccount] };
  const unnamed = { rule: 'AwsSolutions-IAM5', reason: 'Lambda makes up the name of the consumer group: the id of the mapping.' };
  return [
    {
      actions: [
        'kafka-cluster:Connect',
        'kafka-cluster:DescribeClusterDynamicConfiguration',
        ...(failures === undefined ? [] : ['kafka-cluster:DescribeCluster']),
      ],
      on: [arns.cluster],
      ...accepted,
    },
    { actions: ['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'], on: topics.map((topic) => arns.topic(topic)), ...accepted },
    {
      actions: ['kafka-cluster:AlterGroup', 'kafka-cluster:DescribeGroup'],
      on: [arns.group(group ?? '*')],
      ...(group === undefined ? { accepted: [unnamed] } : accepted),
    },
    // https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure-destination.html
    ...(failures === undefined
      ? []
      : [{ actions: ['kafka-cluster:DescribeTopic', 'kafka-cluster:WriteData'], on: [arns.topic(failures)], ...accepted }]),
  ];
}

/** A token of AWS’s for the role, for these brokers alone. https://docs.aws.amazon.com/lambda/latest/dg/kafka-cluster-auth.html#smaa-auth-iam-oauth */
function tokenStatements(cluster: KafkaCluster): readonly Statement[] {
  if (authOf(cluster) !== 'iam-oauth') return [];
  const { audience = '' } = cluster.settings.oauth ?? {};
  return [
    {
      actions: ['sts:GetWebIdentityToken'],
      on: ['*'],
      when: { 'ForAllValues:StringEquals': { 'sts:IdentityTokenAudience': [audience] } },
      accepted: [{ rule: 'AwsSolutions-IAM5', reason: 'IAM knows no resource for sts:GetWebIdentityToken; the audience limits it.' }],
    },
  ];
}

function registryStatements({ settings }: Source<'kafka'>, context: Context): readonly Statement[] {
  const { registry } = settings.kafka.name.settings;
  if (!settings.schemas || !registry || !isGlue(registry)) return [];
  return [
    { actions: ['glue:GetRegistry'], on: [context.text(registry.uri)] },
    {
      actions: ['glue:GetSchemaVersion'],
      on: ['*'],
      accepted: [
        { rule: 'AwsSolutions-IAM5', reason: 'A record names its schema by an id, not by an ARN: Glue checks for this action on *.' },
      ],
    },
  ];
}
