import { Ajv } from 'ajv';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import published from '../src/schema/generated/eventsystem.schema.json' with { type: 'json' };
import { kinds } from '../src/schema/system.ts';

type Schema = { readonly [key: string]: Json };
type Json = null | boolean | number | string | readonly Json[] | Schema;

const files = (end: string) =>
  readdirSync('test/samples', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(end))
    .map((path) => join('test/samples', path));

/** Options nobody can show in a sample of one system, each with the reason. */
const UNSHOWN: Readonly<Record<string, string>> = {
  $schema: 'names the schema for editors and has no meaning',
};

test('every option of the language is written in a sample', () => {
  const all = new Set<string>();
  const written = new Set<string>();
  const definitions = (published as unknown as { readonly definitions: Readonly<Record<string, Schema>> }).definitions;
  /** The same option at several places, in a stage for one, is one option: its name and what is said about it. */
  const option = (name: string, schema: Schema): string => {
    const { description, markdownDescription } = targetOf(schema);
    return `${name}: ${String(description ?? markdownDescription).replace(/ Default: .*$/s, '')}`;
  };
  const targetOf = (schema: Schema): Schema =>
    (typeof schema['$ref'] === 'string' && definitions[schema['$ref'].slice('#/definitions/'.length)]) || schema;
  const marked = (node: Json): Json => {
    if (Array.isArray(node)) return node.map(marked);
    if (node === null || typeof node !== 'object') return node;
    return Object.fromEntries(
      Object.entries(node as Schema).map(([key, value]) => {
        if (key !== 'properties') return [key, marked(value)];
        const properties = Object.entries(value as Readonly<Record<string, Schema>>).map(([name, schema]) => {
          if (targetOf(schema)['not'] !== undefined) return [name, schema];
          all.add(option(name, schema));
          return [name, { allOf: [marked(schema)], writes: option(name, schema) }];
        });
        return [key, Object.fromEntries(properties)];
      }),
    );
  };
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  ajv.addKeyword({ keyword: 'writes', validate: (name: string) => written.add(name).has(name) });
  const validate = ajv.compile(marked(published as unknown as Json) as Schema);
  for (const file of files('.yml')) validate(parse(readFileSync(file, 'utf8')));
  expect([...all].filter((name) => !written.has(name) && !Object.hasOwn(UNSHOWN, name.split(':')[0] ?? '')).sort()).toEqual([]);
});

/** What a row of the field becomes: a type, a property of it, and where it matters what stands there. */
type Evidence = readonly [type: string, property?: string, value?: RegExp];

const MAPPING = 'AWS::Lambda::EventSourceMapping';
const FUNCTION = 'AWS::Lambda::Function';
const PERMISSION = 'AWS::Lambda::Permission';
const REST = 'AWS::ApiGateway::RestApi';
const STAGE = 'AWS::ApiGateway::Stage';
const RULE = 'AWS::Events::Rule';
const SCHEDULE = 'AWS::Scheduler::Schedule';
const INTERFACE = /^Interface$/;

/** What users expect of a tool of this kind (P0 and P1), and what shows in a template that it is there. */
const FIELD: Readonly<Record<string, Evidence>> = {
  'S01 REST APIs': [REST],
  'S02 HTTP APIs': ['AWS::ApiGatewayV2::Api', 'ProtocolType', /^HTTP$/],
  'S03 WebSocket APIs': ['AWS::ApiGatewayV2::Api', 'ProtocolType', /^WEBSOCKET$/],
  'S04 Kinesis': [MAPPING, 'EventSourceArn', /Stream"/],
  'S05 Kinesis, enhanced fan-out': ['AWS::Kinesis::StreamConsumer'],
  'S06 DynamoDB Streams': [MAPPING, 'EventSourceArn', /StreamArn/],
  'S07 SQS': [MAPPING, 'EventSourceArn', /Queue"/],
  'S07 SQS, FIFO': ['AWS::SQS::Queue', 'FifoQueue', /true/],
  'S08 SNS': ['AWS::SNS::Subscription', 'Protocol', /^lambda$/],
  'S08 SNS to SQS': ['AWS::SNS::Subscription', 'Protocol', /^sqs$/],
  'S09 S3': ['AWS::S3::Bucket', 'LambdaConfigurations'],
  'S10 S3 through EventBridge': [RULE, 'EventPattern', /aws\.s3/],
  'S11 EventBridge rules': [RULE, 'EventPattern'],
  'S12 schedules': [SCHEDULE],
  'S13 CloudWatch Logs': ['AWS::Logs::SubscriptionFilter'],
  'S14 IoT rules': ['AWS::IoT::TopicRule'],
  'S14 IoT buttons': ['AWS::IoT::TopicRule', 'Sql', /iotbutton/],
  'S15 Alexa skills': [PERMISSION, 'Principal', /alexa-appkit/],
  'S16 Alexa smart home': [PERMISSION, 'Principal', /alexa-connectedhome/],
  'S17 Lambda@Edge': ['AWS::CloudFront::Distribution', 'LambdaFunctionAssociations'],
  'S18 Cognito triggers': ['AWS::Cognito::UserPool', 'LambdaConfig'],
  'S19 function URLs': ['AWS::Lambda::Url'],
  'S20 load balancers': ['AWS::ElasticLoadBalancingV2::TargetGroup', 'TargetType', /lambda/],
  'S21 alarm actions': [PERMISSION, 'Principal', /lambda\.alarms/],
  'S22 SES': ['AWS::SES::ReceiptRule'],
  'S23 MSK': [MAPPING, 'AmazonManagedKafkaEventSourceConfig'],
  'S24 Kafka': [MAPPING, 'SelfManagedEventSource'],
  'S25 MQ': [MAPPING, 'Queues'],
  'S26 DocumentDB': [MAPPING, 'DocumentDBEventSourceConfig'],
  'batch size': [MAPPING, 'BatchSize'],
  'batching window': [MAPPING, 'MaximumBatchingWindowInSeconds'],
  'starting position': [MAPPING, 'StartingPosition'],
  'starting position, a time': [MAPPING, 'StartingPositionTimestamp'],
  enabled: [MAPPING, 'Enabled', /false/],
  parallelization: [MAPPING, 'ParallelizationFactor'],
  bisect: [MAPPING, 'BisectBatchOnFunctionError'],
  'max age': [MAPPING, 'MaximumRecordAgeInSeconds'],
  'max retries, finite by default': [MAPPING, 'MaximumRetryAttempts', /^5$/],
  'tumbling window': [MAPPING, 'TumblingWindowInSeconds'],
  'partial batch response': [MAPPING, 'FunctionResponseTypes'],
  filters: [MAPPING, 'FilterCriteria'],
  'filter key': [MAPPING, 'KmsKeyArn'],
  'on failure to SQS': [MAPPING, 'Destination', /Queue"/],
  'on failure to SNS': [MAPPING, 'Destination', /:sns:|Topic"/],
  'on failure to S3': [MAPPING, 'Destination', /:s3:/],
  'on failure to a Kafka topic': [MAPPING, 'Destination', /kafka:/],
  'max concurrency': [MAPPING, 'MaximumConcurrency'],
  pollers: [MAPPING, 'ProvisionedPollerConfig'],
  'poller group': [MAPPING, 'PollerGroupName'],
  metrics: [MAPPING, 'MetricsConfig'],
  'tags of mappings': [MAPPING, 'Tags'],
  'logging of mappings': [MAPPING, 'LoggingConfig'],
  'schema registry': [MAPPING, 'SchemaRegistryConfig'],
  'source access': [MAPPING, 'SourceAccessConfigurations'],
  SourceArn: [PERMISSION, 'SourceArn'],
  SourceAccount: [PERMISSION, 'SourceAccount'],
  'event token': [PERMISSION, 'EventSourceToken'],
  'async retries': ['AWS::Lambda::EventInvokeConfig', 'MaximumRetryAttempts'],
  'async age': ['AWS::Lambda::EventInvokeConfig', 'MaximumEventAgeInSeconds'],
  'async destinations': ['AWS::Lambda::EventInvokeConfig', 'OnSuccess'],
  'dead letters per target': [RULE, 'DeadLetterConfig'],
  'retries per target': [RULE, 'RetryPolicy'],
  input: [RULE, 'Input'],
  'input path': [RULE, 'InputPath'],
  'input transformer': [RULE, 'InputTransformer'],
  'SNS filter policy': ['AWS::SNS::Subscription', 'FilterPolicy'],
  'SNS filter scope': ['AWS::SNS::Subscription', 'FilterPolicyScope', /MessageBody/],
  'SNS redrive': ['AWS::SNS::Subscription', 'RedrivePolicy'],
  'S3 prefix and suffix': ['AWS::S3::Bucket', 'S3Key'],
  'schedule timezone': [SCHEDULE, 'ScheduleExpressionTimezone', /\//],
  'flexible window': [SCHEDULE, 'MaximumWindowInMinutes'],
  'schedule start': [SCHEDULE, 'StartDate'],
  'schedule end': [SCHEDULE, 'EndDate'],
  'schedule group': [SCHEDULE, 'GroupName'],
  'schedule key': [SCHEDULE, 'KmsKeyArn'],
  'IoT SQL version': ['AWS::IoT::TopicRule', 'AwsIotSqlVersion'],
  'IoT error action': ['AWS::IoT::TopicRule', 'ErrorAction'],
  'Cognito authorizers': [REST, 'x-amazon-apigateway-authorizer', /cognito_user_pools/],
  'Lambda authorizers, TOKEN': [REST, 'x-amazon-apigateway-authorizer', /"token"/],
  'Lambda authorizers, REQUEST': [REST, 'x-amazon-apigateway-authorizer', /"request"/],
  'Lambda authorizers, simple answers': ['AWS::ApiGatewayV2::Authorizer', 'EnableSimpleResponses', /true/],
  'JWT authorizers': ['AWS::ApiGatewayV2::Authorizer', 'JwtConfiguration'],
  IAM: [REST, 'x-amazon-apigateway-authtype', /awsSigv4/],
  'authorizer cache': ['AWS::ApiGatewayV2::Authorizer', 'AuthorizerResultTtlInSeconds'],
  'CORS with gateway responses': [REST, 'x-amazon-apigateway-gateway-responses', /Allow-Origin/],
  'CORS of HTTP APIs': ['AWS::ApiGatewayV2::Api', 'CorsConfiguration'],
  'API keys': ['AWS::ApiGateway::ApiKey'],
  'usage plans': ['AWS::ApiGateway::UsagePlan', 'Quota'],
  'throttling per route': [STAGE, 'MethodSettings', /ThrottlingRateLimit/],
  'request validation': [REST, 'x-amazon-apigateway-request-validators'],
  models: [REST, 'schemas'],
  'access logs': [STAGE, 'AccessLogSetting'],
  'custom domain': ['AWS::ApiGateway::DomainName'],
  DNS: ['AWS::Route53::RecordSet'],
  'private APIs': [REST, 'Types', /PRIVATE/],
  'endpoint policies': ['AWS::EC2::VPCEndpoint', 'PolicyDocument'],
  'resource policies': [REST, 'Policy', /IpAddress|SourceIp/],
  'HTTP backends': [REST, 'x-amazon-apigateway-integration', /"http_proxy"/],
  'VPC links': ['AWS::ApiGatewayV2::VpcLink'],
  'VPC links of REST APIs': [REST, 'integrationTarget'],
  'routes into DynamoDB': [REST, 'uri', /dynamodb:action/],
  mocks: [REST, 'x-amazon-apigateway-integration', /"mock"/],
  'routes into Kinesis': [REST, 'uri', /kinesis:action/],
  'routes into SQS': [REST, 'uri', /:sqs:/],
  'routes into SNS': [REST, 'uri', /sns:/],
  'routes into EventBridge': [REST, 'uri', /events:action/],
  'routes into Step Functions': [REST, 'uri', /states:action/],
  'binary types': [REST, 'x-amazon-apigateway-binary-media-types'],
  compression: [REST, 'MinimumCompressionSize'],
  'integration timeout': [REST, 'timeoutInMillis'],
  'response streaming': [REST, 'responseTransferMode'],
  'tracing of APIs': [STAGE, 'TracingEnabled'],
  'default endpoint off': [REST, 'DisableExecuteApiEndpoint'],
  'a deployment per content': ['AWS::ApiGateway::Deployment'],
  mTLS: ['AWS::ApiGateway::DomainName', 'MutualTlsAuthentication'],
  WAF: ['AWS::WAFv2::WebACLAssociation'],
  'cache of APIs': [STAGE, 'CacheClusterEnabled'],
  'TLS policy': ['AWS::ApiGateway::DomainName', 'SecurityPolicy'],
  'endpoint access mode': ['AWS::ApiGateway::DomainName', 'EndpointAccessMode'],
  'dual stack': [REST, 'IpAddressType'],
  VPC: ['AWS::EC2::VPC'],
  'gateway endpoints': ['AWS::EC2::VPCEndpoint', 'VpcEndpointType', /Gateway/],
  'interface endpoints': ['AWS::EC2::VPCEndpoint', 'VpcEndpointType', INTERFACE],
  NAT: ['AWS::EC2::NatGateway'],
  'regional NAT': ['AWS::EC2::NatGateway', 'AvailabilityMode', /regional/],
  'flow logs': ['AWS::EC2::FlowLog'],
  'RDS instances': ['AWS::RDS::DBInstance', 'ManageMasterUserPassword'],
  Aurora: ['AWS::RDS::DBCluster'],
  'Serverless v2': ['AWS::RDS::DBCluster', 'ServerlessV2ScalingConfiguration'],
  proxy: ['AWS::RDS::DBProxy'],
  'IAM sign-in to databases': ['AWS::RDS::DBInstance', 'EnableIAMDatabaseAuthentication', /true/],
  'Data API': ['AWS::RDS::DBCluster', 'EnableHttpEndpoint', /true/],
  'replicas of clusters': ['AWS::RDS::DBInstance', 'DBClusterIdentifier'],
  'parameter groups': ['AWS::RDS::DBParameterGroup'],
  'stream mode': ['AWS::Kinesis::Stream', 'StreamModeDetails'],
  shards: ['AWS::Kinesis::Stream', 'ShardCount'],
  'record size': ['AWS::Kinesis::Stream', 'MaxRecordSizeInKiB'],
  'warm throughput': ['AWS::Kinesis::Stream', 'WarmThroughputMiBps'],
  'table with a stream': ['AWS::DynamoDB::Table', 'StreamSpecification'],
  buses: ['AWS::Events::EventBus'],
  runtime: [FUNCTION, 'Runtime'],
  layers: [FUNCTION, 'Layers'],
  'reserved concurrency': [FUNCTION, 'ReservedConcurrentExecutions'],
  'log format': [FUNCTION, 'LogFormat'],
  'log retention': ['AWS::Logs::LogGroup', 'RetentionInDays'],
  'tracing of functions': [FUNCTION, 'TracingConfig'],
  'ephemeral storage': [FUNCTION, 'EphemeralStorage'],
  aliases: ['AWS::Lambda::Alias'],
  'provisioned concurrency': ['AWS::Lambda::Alias', 'ProvisionedConcurrencyConfig'],
  'gradual releases': ['AWS::CodeDeploy::DeploymentGroup', 'AlarmConfiguration'],
  SnapStart: [FUNCTION, 'SnapStart'],
  'secret rotation': ['AWS::SecretsManager::RotationSchedule'],
  'durable functions': [FUNCTION, 'DurableConfig'],
  tenancy: [FUNCTION, 'TenancyConfig'],
  'file systems': [FUNCTION, 'FileSystemConfigs'],
  'code signing': [FUNCTION, 'CodeSigningConfigArn'],
  recursion: [FUNCTION, 'RecursiveLoop'],
};

const templates = files('template.json').map(
  (path) =>
    JSON.parse(readFileSync(path, 'utf8')) as {
      readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: Json }>>;
    },
);

/** What is left out, and why: docs/scope.md tells it. Whoever adds one moves its line up. */
const LEFT_OUT: Readonly<Record<string, Evidence>> = {
  'canary of a REST stage': [STAGE, 'CanarySetting'],
  'routing rules': ['AWS::ApiGatewayV2::RoutingRule'],
  'private custom domains': ['AWS::ApiGateway::DomainNameV2'],
  'Aurora DSQL': ['AWS::DSQL::Cluster'],
  'blue/green for databases': ['AWS::RDS::Deployment'],
  'capacity providers': ['AWS::Lambda::CapacityProvider'],
};

/** Whether a property of that name stands anywhere in it, and says what is looked for. */
function says(node: Json | undefined, property: string, value: RegExp | undefined): boolean {
  if (node === null || typeof node !== 'object') return false;
  return Object.entries(node).some(
    ([key, inner]) =>
      (key === property && (value === undefined || value.test(typeof inner === 'string' ? inner : JSON.stringify(inner)))) ||
      says(inner as Json, property, value),
  );
}

function isShown([type, property, value]: Evidence): boolean {
  return templates.some(({ Resources }) =>
    Object.values(Resources).some(
      (resource) => resource.Type === type && (property === undefined || says(resource.Properties, property, value)),
    ),
  );
}

test.each(Object.entries(FIELD))('%s is shown by a sample', (_, evidence) => {
  expect(isShown(evidence)).toBe(true);
});

test.each(Object.entries(LEFT_OUT))('%s is left out, and docs/scope.md says why', (name, evidence) => {
  expect(isShown(evidence)).toBe(false);
  expect(readFileSync('docs/scope.md', 'utf8').toLowerCase()).toContain(`| ${name.toLowerCase()} |`);
});

test('every kind of thing has samples, each with its template and its page of permissions', () => {
  const folders = new Set(readdirSync('test/samples'));
  expect(Object.keys(kinds).filter((kind) => !folders.has(kind))).toEqual([]);
  const samples = files('eventsystem.yml').map((path) => join(path, '..'));
  const without = samples.filter(
    (folder) =>
      !['template.json', 'permissions.txt', 'diagnostics.txt'].every((name) => files(name).includes(join(folder, 'expected', name))),
  );
  expect(without).toEqual([]);
});
