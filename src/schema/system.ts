import { alarms } from './alarms.ts';
import { api } from './apis.ts';
import { authorizer } from './authorizers.ts';
import { bucket } from './buckets.ts';
import { broker } from './brokers.ts';
import { bus } from './buses.ts';
import { consumer } from './consumers.ts';
import { database } from './databases.ts';
import { documentCluster } from './document-clusters.ts';
import { distribution } from './distributions.ts';
import { endpoints } from './endpoints.ts';
import { declaredFunction, defaults, environment, tags } from './function.ts';
import { kafkaCluster } from './kafka-clusters.ts';
import { interpolatedText, list, map, nameKey, object, required, text, type TypeOf } from './kit.ts';
import { FREE_NAME, NAME } from './names.ts';
import { partial } from './partial.ts';
import { plan } from './plans.ts';
import { queueShape } from './queues.ts';
import { secret } from './secrets.ts';
import { setting } from './settings.ts';
import { stateMachine } from './state-machines.ts';
import { stream } from './streams.ts';
import { table } from './tables.ts';
import { topic } from './topics.ts';
import { accept, moved, outputs, overrides, parameters, resources, roles, stacks } from './template.ts';
import { userPool } from './user-pools.ts';
import { vpc } from './vpc.ts';
import { flag } from './kit.ts';

/** The kinds of thing a system declares by name: one section each, in the order the reference tells them. */
export const kinds = {
  databases: database,
  streams: stream,
  tables: table,
  queues: queueShape,
  topics: topic,
  buckets: bucket,
  buses: bus,
  stateMachines: stateMachine,
  secrets: secret,
  settings: setting,
  kafkaClusters: kafkaCluster,
  brokers: broker,
  documentClusters: documentCluster,
  userPools: userPool,
  authorizers: authorizer,
  apis: api,
  plans: plan,
  distributions: distribution,
  consumers: consumer,
  functions: declaredFunction,
} as const;

export type Kind = keyof typeof kinds;

/** What one entry of a section says, as `check` gives it. */
export type Entry<K extends Kind> = TypeOf<(typeof kinds)[K]>;

const declaring = <K extends Kind>(kind: K, title: string, doc: string, also: readonly string[]) =>
  map<Entry<K>>(doc, nameKey(title), kinds[kind] as never, { declares: kind, fixed: true, also });

const region = text('A region.', {
  pattern: '^[a-z]{2,4}(-[a-z]+)+-[0-9]$',
  means: 'a region such as eu-central-1',
  examples: ['eu-central-1', 'us-east-1'],
  also: ['Region'],
});

const sections = {
  description: interpolatedText('What the system does.', { max: 1024, aws: 'Description', also: ['Description'] }),
  region: {
    ...region,
    doc: 'The region. Optional: the template works in any region; prices and availability are then shown for us-east-1.',
  },
  tags,
  vpc,
  endpoints,
  databases: declaring('databases', 'A database', 'Relational databases, never public.', ['rds', 'DBInstance', 'aurora', 'database']),
  streams: declaring('streams', 'A stream', 'Kinesis data streams.', ['kinesis', 'Stream', 'stream']),
  tables: declaring('tables', 'A table', 'DynamoDB tables.', ['dynamodb', 'table', 'Table', 'dynamo']),
  queues: declaring('queues', 'A queue', 'SQS queues.', ['sqs', 'queue', 'Queue']),
  topics: declaring('topics', 'A topic', 'SNS topics.', ['sns', 'topic', 'Topic']),
  buckets: declaring('buckets', 'A bucket', 'S3 buckets, never public.', ['s3', 'bucket', 'Bucket']),
  buses: declaring('buses', 'A bus', 'EventBridge event buses.', ['eventBridge', 'eventBus', 'EventBus', 'bus', 'eventBuses']),
  stateMachines: declaring('stateMachines', 'A state machine', 'Step Functions state machines.', [
    'stepFunctions',
    'StateMachine',
    'stateMachine',
    'workflows',
  ]),
  secrets: declaring('secrets', 'A secret', 'Secrets that AWS generates and stores.', ['secretsManager', 'secret', 'Secret']),
  settings: declaring('settings', 'A setting', 'Settings in Parameter Store.', [
    'ssm',
    'parameterStore',
    'ssmParameters',
    'setting',
    'config',
  ]),
  kafkaClusters: declaring('kafkaClusters', 'A cluster', 'Existing Kafka clusters: Amazon MSK, or your own.', [
    'msk',
    'kafka',
    'kafkaCluster',
    'MSKCluster',
    'amazonManagedKafka',
  ]),
  brokers: declaring('brokers', 'A broker', 'Existing Amazon MQ brokers.', ['mq', 'amazonMq', 'broker', 'activemq', 'rabbitmq']),
  documentClusters: declaring('documentClusters', 'A cluster', 'Existing Amazon DocumentDB clusters.', [
    'documentDb',
    'docdb',
    'documentCluster',
    'mongodb',
  ]),
  userPools: declaring('userPools', 'A user pool', 'Cognito user pools.', ['cognito', 'userPool', 'UserPool', 'auth']),
  authorizers: declaring('authorizers', 'An authorizer', 'Who may call an API.', ['authorizer', 'Authorizers', 'Auth']),
  apis: declaring('apis', 'An API', 'API Gateway APIs.', ['api', 'http', 'apiGateway', 'Api', 'rest', 'httpApi']),
  plans: declaring('plans', 'A plan', 'Usage plans and API keys.', ['usagePlan', 'UsagePlan', 'usagePlans', 'apiKeys']),
  distributions: declaring('distributions', 'A distribution', 'CloudFront distributions.', [
    'cloudFront',
    'cloudfront',
    'CloudFront',
    'distribution',
    'Distribution',
    'cdn',
  ]),
  consumers: declaring('consumers', 'A consumer', 'Functions that are invoked by event sources.', [
    'consumer',
    'workers',
    'subscribers',
    'listeners',
  ]),
  functions: declaring('functions', 'A function', 'Functions that are invoked by others.', ['function', 'lambdas', 'lambda', 'Functions']),
  environment: { ...environment, doc: 'Environment variables of every function.' },
  alarms,
  defaults,
  roles,
  parameters,
  strict: flag(
    'Security controls that cost extra: a KMS key for the system, traces, logs for a year, flow logs, bucket access logs, a web ACL for REST APIs, ' +
      'a second zone and monitoring for databases, MFA for everyone. Each is only a default: a construct’s own setting wins.',
    { also: ['compliance', 'hardened', 'nist'] },
  ),
  outputs,
  resources,
  overrides,
  accept,
  moved,
  stacks,
  values: map(
    'Values by name, used as `$(values.NAME)`. A stage may override them.',
    text('A value', { pattern: `^${FREE_NAME}$`, means: 'a name' }),
    text('The text.'),
    { also: ['params', 'custom', 'variables', 'vars'] },
  ),
  include: list(
    'Other files with the same sections: one system in several files.',
    text('A file of this project.', {
      pattern: '^[^\\\\]+\\.ya?ml$',
      means: 'a YAML file of this project, such as network.yml',
      file: true,
    }),
    { single: true, also: ['includes', 'imports', 'extends', 'files'] },
  ),
} as const;

const editor = text('The schema of this file, for editors.');

/** A stage: a partial file laid over the rest, and what is true of the stage alone. */
const { include: _include, values: _values, ...laidOver } = sections;

export const stage = object(
  'A stage: what differs from the rest of the file.',
  {
    protect: flag(
      'Protects data: deletion protection, backups, two zones; nothing that holds data is deleted or replaced without approval.',
      { also: ['protected', 'production', 'terminationProtection'] },
    ),
    account: text('The only account that this stage may be deployed to.', {
      pattern: '^[0-9]{12}$',
      means: 'a 12-digit account ID',
      examples: ["'123456789012'"],
      also: ['accountId', 'AccountId', 'env'],
    }),
    ...partial({ ...laidOver, values: sections.values }),
  },
  { id: 'stage', empty: true },
);

const stages = map(
  'Stages by name, merged over the rest by `--stage`. The default is `dev`.',
  text('A stage', { pattern: `^${NAME}$`, means: 'a name: lowercase letters, digits and single hyphens' }),
  stage,
  {
    also: ['environments', 'stage', 'env', 'profiles'],
  },
);

/** A file named by `include`. */
export const part = object('A part of a system.', { $schema: editor, ...sections, stages }, { id: 'part' });

/** The whole of eventsystem.yml. */
export const system = object(
  'An event-driven system on AWS.',
  {
    $schema: editor,
    name: required(
      text('The system’s name. The stack is NAME-STAGE.', {
        pattern: '^(?=.{1,40}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$',
        means: 'up to 40 lowercase letters, digits and single hyphens, starting with a letter',
        also: ['service', 'app', 'stackName', 'Name'],
      }),
    ),
    ...sections,
    stages,
  },
  { id: 'system' },
);

export type System = TypeOf<typeof system>;
export type Stage = TypeOf<typeof stage>;
