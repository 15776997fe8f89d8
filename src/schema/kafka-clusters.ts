import { notAdopted } from './adopt.ts';
import { inVpc } from './in-vpc.ts';
import { asked, interpolatedText, list, object, required, text, word } from './kit.ts';
import { signInKeys, signInSecret } from './sign-in.ts';

const PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg';

const access = (type: string) => `AWS::Lambda::EventSourceMapping SourceAccessConfigurations ${type}`;

const registryAccess = (type: string) =>
  `AWS::Lambda::EventSourceMapping SelfManagedKafkaEventSourceConfig.SchemaRegistryConfig.AccessConfigs ${type}`;

const SCHEMAS = `${PAGE}/services-consume-kafka-events.html`;

const registry = object(
  'The schema registry of its records: the ARN of an AWS Glue registry, or the URL of a Confluent one and how Lambda signs in there. A source uses it with `schemas`.',
  {
    uri: required(
      interpolatedText('The ARN of an AWS Glue registry, or the URL of a Confluent registry.', {
        pattern: '^(arn:[^:]+:glue:.+|https://.+|.*\\$\\(.+)$',
        means: 'the ARN of a Glue registry, or a URL such as https://registry.example.com',
        examples: ['https://registry.example.com'],
        aws: 'AWS::Lambda::EventSourceMapping SelfManagedKafkaEventSourceConfig.SchemaRegistryConfig.SchemaRegistryURI',
        page: SCHEMAS,
        also: ['SchemaRegistryURI', 'schemaRegistryUri', 'url'],
      }),
    ),
    auth: word(
      'How Lambda signs in to a Confluent registry. For an AWS Glue registry it uses the execution role.',
      {
        basic: 'With the `username` and `password` of the secret.',
        certificate: 'With the `certificate` and `privateKey` of the secret.',
        oauth: 'With a token obtained with the OAuth 2.0 credentials of the secret.',
      },
      { aws: registryAccess('Type'), page: SCHEMAS, also: ['AccessConfigs', 'authenticationType'] },
    ),
    secret: signInSecret('what the registry’s `auth` needs', { aws: registryAccess('URI'), page: SCHEMAS, also: ['URI'] }),
    ca: signInSecret('the root certificate, as `certificate`, if no public CA signed the registry’s', {
      aws: registryAccess('SERVER_ROOT_CA_CERTIFICATE'),
      page: SCHEMAS,
      also: ['SERVER_ROOT_CA_CERTIFICATE'],
    }),
  },
  { short: { text: 'uri' }, page: SCHEMAS, also: ['SchemaRegistryConfig', 'schemaRegistryConfig', 'schemaRegistry'] },
);

const oauth = object(
  'What Lambda requests a token with, for `auth: oauth`, or for `auth: iam-oauth`, which takes only the audience.',
  {
    scope: text('The scope of the token.', {
      pattern: '^[!-~ ]{1,1000}$',
      means: 'a scope',
      aws: access('OAUTHBEARER_SCOPE'),
      page: `${PAGE}/kafka-cluster-auth.html`,
      also: ['OAUTHBEARER_SCOPE'],
    }),
    audience: text('The audience of the token, as the brokers expect it.', {
      pattern: '^[!-~]{1,1000}$',
      means: 'an audience',
      aws: access('OAUTHBEARER_AUDIENCE'),
      page: `${PAGE}/kafka-cluster-auth.html`,
      also: ['OAUTHBEARER_AUDIENCE'],
    }),
    logicalCluster: text('Confluent Cloud: the ID of the logical cluster.', {
      pattern: '^[!-~]{1,1000}$',
      means: 'an ID such as lkc-a1b2c3',
      examples: ['lkc-a1b2c3'],
      aws: access('OAUTHBEARER_LOGICAL_CLUSTER'),
      page: `${PAGE}/kafka-cluster-auth.html`,
      also: ['OAUTHBEARER_LOGICAL_CLUSTER'],
    }),
    identityPool: text('Confluent Cloud: the ID of the identity pool.', {
      pattern: '^[!-~]{1,1000}$',
      means: 'an ID such as pool-a1b2',
      examples: ['pool-a1b2'],
      aws: access('OAUTHBEARER_IDENTITY_POOL'),
      page: `${PAGE}/kafka-cluster-auth.html`,
      also: ['OAUTHBEARER_IDENTITY_POOL'],
    }),
  },
  { page: `${PAGE}/kafka-cluster-auth.html` },
);

export const kafkaCluster = object(
  'An existing Kafka cluster: an Amazon MSK cluster by its ARN, any other by the addresses of its brokers. Declared once, for every consumer of its topics.',
  {
    existing: asked(
      interpolatedText(
        'The ARN of an Amazon MSK cluster, or of the managed VPC connection to one in another account. Next to `brokers`: the MSK cluster behind those addresses.',
        {
          pattern: '^(arn:[^:]+:kafka:[^:]*:[^:]*:(cluster|vpc-connection)/.+|.*\\$\\(.+)$',
          means: 'the ARN of an MSK cluster',
          aws: 'AWS::Lambda::EventSourceMapping EventSourceArn',
          page: `${PAGE}/with-msk.html`,
          also: ['Cluster', 'clusterArn', 'arn', 'EventSourceArn'],
        },
      ),
    ),
    brokers: list(
      'The brokers of a cluster that is not read through Amazon MSK.',
      interpolatedText('A broker.', {
        pattern: '^([A-Za-z0-9.-]{1,290}:[0-9]{1,5}|.*\\$\\(.+)$',
        means: 'a host and a port, such as kafka-1.example.com:9092',
        examples: ['kafka-1.example.com:9092'],
      }),
      {
        min: 1,
        max: 10,
        aws: 'AWS::Lambda::EventSourceMapping SelfManagedEventSource.Endpoints.KafkaBootstrapServers',
        page: `${PAGE}/with-kafka.html`,
        also: ['KafkaBootstrapServers', 'bootstrapServers', 'SelfManagedEventSource'],
      },
    ),
    auth: word(
      'How Lambda signs in. Required for brokers given by address.',
      {
        iam: 'With the execution role. Only for Amazon MSK.',
        'scram-512': 'SASL/SCRAM with SHA-512, with the `username` and `password` of the secret.',
        'scram-256': 'The same with SHA-256. Not for Amazon MSK.',
        plain: 'SASL/PLAIN over TLS, with the `username` and `password` of the secret. Not for Amazon MSK.',
        certificate: 'Mutual TLS, with the `certificate` and the `privateKey` of the secret.',
        oauth: 'SASL/OAUTHBEARER, with a token obtained with the OAuth 2.0 credentials of the secret. Not for Amazon MSK.',
        'iam-oauth': 'SASL/OAUTHBEARER, with an AWS token for the execution role. Not for Amazon MSK.',
        none: 'Not at all: anyone who can reach the brokers may read.',
      },
      {
        aws: access('Type'),
        page: `${PAGE}/kafka-cluster-auth.html`,
        also: [
          'SourceAccessConfigurations',
          'accessConfigurations',
          'authenticationMethod',
          'authentication',
          'SASL_SCRAM_512_AUTH',
          'SASL_SCRAM_256_AUTH',
          'BASIC_AUTH',
          'CLIENT_CERTIFICATE_TLS_AUTH',
          'OAUTHBEARER_AUTH',
          'IAM_AUTH',
          'IAM_OAUTHBEARER_AUTH',
        ],
        usually: 'iam for an Amazon MSK cluster',
      },
    ),
    secret: signInSecret('what `auth` needs', {
      aws: access('URI'),
      page: `${PAGE}/kafka-cluster-auth.html`,
      also: ['saslScram512Auth', 'saslScram256Auth', 'saslPlainAuth', 'clientCertificateTlsAuth', 'secretArn'],
    }),
    oauth,
    ca: signInSecret('the root certificate, as `certificate`, if no public CA signed the brokers’', {
      aws: access('SERVER_ROOT_CA_CERTIFICATE'),
      page: `${PAGE}/kafka-cluster-auth.html`,
      also: ['SERVER_ROOT_CA_CERTIFICATE', 'serverRootCaCertificate', 'rootCACertificate'],
    }),
    secretKey: signInKeys(`${PAGE}/with-kafka-permissions.html`),
    subnets: list(
      'The subnets from which Lambda reaches the brokers. Without any, it uses the internet; with `vpc: true`, the VPC’s own.',
      interpolatedText('A subnet.', { pattern: '^(subnet-[0-9a-f]{8,17}|.*\\$\\(.+)$', means: 'an ID such as subnet-0a1b2c3d4e5f67890' }),
      {
        min: 1,
        max: 16,
        aws: access('VPC_SUBNET'),
        page: `${PAGE}/with-kafka-cluster-network.html`,
        also: ['VPC_SUBNET', 'vpcSubnet', 'subnetIds', 'vpcSubnets'],
      },
    ),
    securityGroups: list(
      'The security groups with which Lambda reaches the brokers.',
      interpolatedText('A security group.', { pattern: '^(sg-[0-9a-f]{8,17}|.*\\$\\(.+)$', means: 'an ID such as sg-0a1b2c3d4e5f67890' }),
      {
        min: 1,
        max: 5,
        aws: access('VPC_SECURITY_GROUP'),
        page: `${PAGE}/with-kafka-cluster-network.html`,
        also: ['VPC_SECURITY_GROUP', 'vpcSecurityGroup', 'securityGroupIds', 'securityGroup'],
      },
    ),
    vpc: inVpc('cluster'),
    registry,
  },
  { id: 'kafkaCluster', without: { adopt: notAdopted.made }, aws: 'AWS::Lambda::EventSourceMapping', page: `${PAGE}/with-kafka.html` },
);
