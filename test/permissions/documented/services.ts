import { brought, on, type Documented } from './kit.ts';

/** Everything else that a service does for a system with a role of its own. */
export const services: readonly Documented[] = [
  brought(
    'a REST route into a stream of another key',
    {
      page: 'https://docs.aws.amazon.com/streams/latest/dev/permissions-user-key-KMS.html',
      carriers: ['apigateway.amazonaws.com'],
      sample: 'apis/shop',
    },
    'ShopApiXSecretOrdersStreamRole',
    on('${SecretOrdersStream.Arn}', 'kinesis:PutRecord'),
    [
      'kms:GenerateDataKey on arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000 if kms:ViaService=kinesis.${AWS::Region}.${AWS::URLSuffix}',
    ],
  ),
  brought(
    'a REST route into a topic of a key of the system’s own',
    {
      page: 'https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html',
      carriers: ['apigateway.amazonaws.com'],
      sample: 'strict/every',
    },
    'ShopApiOpsTopicRole',
    on('${OpsTopic}', 'sns:Publish'),
    ['kms:Decrypt', 'kms:GenerateDataKey'].map(
      (action) => `${action} on \${SystemKey.Arn} if kms:ViaService=sns.\${AWS::Region}.\${AWS::URLSuffix}`,
    ),
  ),
  brought(
    'REST routes to a table',
    {
      page: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/api-permissions-reference.html',
      carriers: ['apigateway.amazonaws.com'],
      sample: 'apis/tables',
    },
    'ShopApiCartsTableRole',
    on('${CartsTable.Arn}', 'dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem'),
  ),
  brought(
    'a REST route to a table of another key',
    {
      page: 'https://docs.aws.amazon.com/kms/latest/developerguide/services-dynamodb.html',
      carriers: ['apigateway.amazonaws.com'],
      sample: 'apis/tables',
    },
    'ShopApiVisitsTableRole',
    on('${VisitsTable.Arn}', 'dynamodb:PutItem'),
    [
      'kms:Decrypt on arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000 if kms:ViaService=dynamodb.${AWS::Region}.${AWS::URLSuffix}',
    ],
  ),
  brought(
    'a REST route to a table that exists',
    {
      page: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/api-permissions-reference.html',
      carriers: ['apigateway.amazonaws.com'],
      sample: 'apis/tables',
    },
    'ShopApiLegacyTableRole',
    on('arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/legacy', 'dynamodb:PutItem'),
  ),
  brought(
    'AWS IoT to a queue',
    {
      page: 'https://docs.aws.amazon.com/iot/latest/developerguide/sqs-rule-action.html',
      carriers: ['iot.amazonaws.com if aws:SourceAccount=${AWS::AccountId}'],
      sample: 'receivers/iot',
    },
    'ReadingsQueueIotSourceRole',
    on('${LostQueue.Arn}', 'sqs:SendMessage'),
    on('${ReadingsQueue.Arn}', 'sqs:SendMessage'),
  ),
  brought(
    'AWS IoT to a topic',
    {
      page: 'https://docs.aws.amazon.com/iot/latest/developerguide/sns-rule-action.html',
      carriers: ['iot.amazonaws.com if aws:SourceAccount=${AWS::AccountId}'],
      sample: 'receivers/iot',
    },
    'AlertsTopicIotSourceRole',
    on('${AlertsTopic}', 'sns:Publish'),
  ),
  brought(
    'AWS IoT to a stream, and to a topic of MQTT what failed',
    {
      page: 'https://docs.aws.amazon.com/iot/latest/developerguide/kinesis-rule-action.html',
      carriers: ['iot.amazonaws.com if aws:SourceAccount=${AWS::AccountId}'],
      sample: 'receivers/iot',
    },
    'HistoryStreamGatesSourceRole',
    on('arn:${AWS::Partition}:iot:${AWS::Region}:${AWS::AccountId}:topic/lost/gates', 'iot:Publish'),
    on('${HistoryStream.Arn}', 'kinesis:PutRecord'),
  ),
  brought(
    'AWS IoT to a stream',
    {
      page: 'https://docs.aws.amazon.com/iot/latest/developerguide/kinesis-rule-action.html',
      carriers: ['iot.amazonaws.com if aws:SourceAccount=${AWS::AccountId}'],
      sample: 'receivers/iot',
    },
    'HistoryStreamIotSourceRole',
    on('${HistoryStream.Arn}', 'kinesis:PutRecord'),
    on('${HistoryStreamIotSourceFailureQueue.Arn}', 'sqs:SendMessage'),
  ),
  brought(
    'AWS IoT to a state machine',
    {
      page: 'https://docs.aws.amazon.com/iot/latest/developerguide/stepfunctions-rule-action.html',
      carriers: ['iot.amazonaws.com if aws:SourceAccount=${AWS::AccountId}'],
      sample: 'receivers/iot',
    },
    'SettleMachineIotSourceRole',
    on('${SettleMachineIotSourceFailureQueue.Arn}', 'sqs:SendMessage'),
    on('${SettleMachine}', 'states:StartExecution'),
  ),
  brought(
    'what AWS IoT could not hand over, to a topic of MQTT',
    {
      page: 'https://docs.aws.amazon.com/iot/latest/developerguide/republish-rule-action.html',
      carriers: ['iot.amazonaws.com if aws:SourceAccount=${AWS::AccountId}'],
      sample: 'sources/iot',
    },
    'EveryFunctionRepublishedSourceRole',
    on('arn:${AWS::Partition}:iot:${AWS::Region}:${AWS::AccountId}:topic/failed/*', 'iot:Publish'),
  ),
  brought(
    'what AWS IoT could not hand over, to a bucket',
    {
      page: 'https://docs.aws.amazon.com/iot/latest/developerguide/s3-rule-action.html',
      carriers: ['iot.amazonaws.com if aws:SourceAccount=${AWS::AccountId}'],
      sample: 'sources/iot',
    },
    'EveryFunctionToXBucketSourceRole',
    on('arn:aws:s3:::faults-of-greenhouse/*', 's3:PutObject'),
  ),
  brought(
    'what AWS IoT could not hand over, to Firehose',
    {
      page: 'https://docs.aws.amazon.com/iot/latest/developerguide/kinesis-firehose-rule-action.html',
      carriers: ['iot.amazonaws.com if aws:SourceAccount=${AWS::AccountId}'],
      sample: 'sources/iot',
    },
    'EveryFunctionToFirehoseSourceRole',
    on('arn:aws:firehose:eu-central-1:123456789012:deliverystream/faults', 'firehose:PutRecord'),
  ),
  brought(
    'what AWS IoT could not hand over, to a log group',
    {
      page: 'https://docs.aws.amazon.com/iot/latest/developerguide/cloudwatch-logs-rule-action.html',
      carriers: ['iot.amazonaws.com if aws:SourceAccount=${AWS::AccountId}'],
      sample: 'sources/iot',
    },
    'EveryFunctionToLogSourceRole',
    on('arn:aws:logs:eu-central-1:123456789012:log-group:/greenhouse/faults:log-stream:*', 'logs:CreateLogStream', 'logs:PutLogEvents'),
    on('arn:aws:logs:eu-central-1:123456789012:log-group:/greenhouse/faults:*', 'logs:DescribeLogStreams'),
  ),
  brought(
    'what AWS IoT could not hand over, to a stream',
    {
      page: 'https://docs.aws.amazon.com/iot/latest/developerguide/kinesis-rule-action.html',
      carriers: ['iot.amazonaws.com if aws:SourceAccount=${AWS::AccountId}'],
      sample: 'sources/iot',
    },
    'EveryFunctionToXStreamSourceRole',
    on('arn:aws:kinesis:eu-central-1:123456789012:stream/faults', 'kinesis:PutRecord'),
  ),
  brought(
    'what AWS IoT could not hand over, to a topic of another key',
    {
      page: 'https://docs.aws.amazon.com/iot/latest/developerguide/sns-rule-action.html',
      carriers: ['iot.amazonaws.com if aws:SourceAccount=${AWS::AccountId}'],
      sample: 'sources/iot',
    },
    'EveryFunctionToXTopicSourceRole',
    [
      'kms:Decrypt on arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000 if kms:ViaService=sns.${AWS::Region}.${AWS::URLSuffix}',
    ],
    [
      'kms:GenerateDataKey on arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000 if kms:ViaService=sns.${AWS::Region}.${AWS::URLSuffix}',
    ],
    on('${FaultsTopic}', 'sns:Publish'),
  ),
  brought(
    'a schedule encrypted with another key',
    {
      page: 'https://docs.aws.amazon.com/scheduler/latest/UserGuide/encryption-rest.html',
      carriers: [
        'scheduler.amazonaws.com if aws:SourceAccount=${AWS::AccountId} and aws:SourceArn=arn:${AWS::Partition}:scheduler:${AWS::Region}:${AWS::AccountId}:schedule-group/mornings',
      ],
      sample: 'sources/schedule',
    },
    'EveryFunctionMorningSourceScheduleRole',
    [
      'kms:Decrypt on arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000 if kms:ViaService=scheduler.${AWS::Region}.${AWS::URLSuffix}',
    ],
    on('${EveryFunction.Arn}', 'lambda:InvokeFunction'),
    on('${LostQueue.Arn}', 'sqs:SendMessage'),
  ),
  brought(
    'a schedule that keeps nothing',
    {
      page: 'https://docs.aws.amazon.com/scheduler/latest/UserGuide/setting-up.html#setting-up-execution-role',
      carriers: [
        'scheduler.amazonaws.com if aws:SourceAccount=${AWS::AccountId} and aws:SourceArn=arn:${AWS::Partition}:scheduler:${AWS::Region}:${AWS::AccountId}:schedule-group/default',
      ],
      sample: 'sources/schedule',
    },
    'ManyFunctionWeeklySourceScheduleRole',
    on('${ManyFunction.Arn}', 'lambda:InvokeFunction'),
  ),
  brought(
    'a pipe from a queue to a state machine',
    {
      page: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-permissions.html',
      carriers: ['pipes.amazonaws.com if aws:SourceAccount=${AWS::AccountId}'],
      sample: 'stateMachines/all-options',
    },
    'EveryMachineOrdersQueueRole',
    [
      'kms:Decrypt on arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000 if kms:ViaService=states.${AWS::Region}.${AWS::URLSuffix}',
    ],
    [
      'kms:GenerateDataKey on arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000 if kms:ViaService=states.${AWS::Region}.${AWS::URLSuffix}',
    ],
    on('${OrdersQueue.Arn}', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'),
    on('${EveryMachine}', 'states:StartExecution'),
  ),
  brought(
    'a schedule to a state machine',
    {
      page: 'https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-templated.html',
      carriers: [
        'scheduler.amazonaws.com if aws:SourceAccount=${AWS::AccountId} and aws:SourceArn=arn:${AWS::Partition}:scheduler:${AWS::Region}:${AWS::AccountId}:schedule-group/default',
      ],
      sample: 'stateMachines/all-options',
    },
    'EveryMachineXScheduleScheduleScheduleRole',
    [
      'kms:Decrypt on arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000 if kms:ViaService=states.${AWS::Region}.${AWS::URLSuffix}',
    ],
    [
      'kms:GenerateDataKey on arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000 if kms:ViaService=states.${AWS::Region}.${AWS::URLSuffix}',
    ],
    on('${EveryMachineXScheduleScheduleDeadLetterQueue.Arn}', 'sqs:SendMessage'),
    on('${EveryMachine}', 'states:StartExecution'),
  ),
  brought(
    'a rule to a state machine',
    {
      page: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-identity-based.html',
      carriers: ['events.amazonaws.com if aws:SourceAccount=${AWS::AccountId}'],
      sample: 'stateMachines/all-options',
    },
    'EveryMachineShopBusRole',
    [
      'kms:Decrypt on arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000 if kms:ViaService=states.${AWS::Region}.${AWS::URLSuffix}',
    ],
    [
      'kms:GenerateDataKey on arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000 if kms:ViaService=states.${AWS::Region}.${AWS::URLSuffix}',
    ],
    on('${EveryMachine}', 'states:StartExecution'),
  ),
  brought(
    'a state machine, its log and its traces',
    {
      page: 'https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html',
      carriers: [
        'states.amazonaws.com if aws:SourceAccount=${AWS::AccountId} and aws:SourceArn=arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:*',
      ],
      sample: 'stateMachines/all-options',
    },
    'OrderMachineRole',
    on('${SettleFunction.Arn}', 'lambda:InvokeFunction'),
    on(
      '*',
      'logs:CreateLogDelivery',
      'logs:DeleteLogDelivery',
      'logs:DescribeLogGroups',
      'logs:DescribeResourcePolicies',
      'logs:GetLogDelivery',
      'logs:ListLogDeliveries',
      'logs:PutResourcePolicy',
      'logs:UpdateLogDelivery',
      'xray:GetSamplingRules',
      'xray:GetSamplingTargets',
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
    ),
  ),
  brought(
    'a state machine that calls nothing',
    {
      page: 'https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html',
      carriers: [
        'states.amazonaws.com if aws:SourceAccount=${AWS::AccountId} and aws:SourceArn=arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:*',
      ],
      sample: 'receivers/iot',
    },
    'SettleMachineRole',
    on(
      '*',
      'logs:CreateLogDelivery',
      'logs:DeleteLogDelivery',
      'logs:DescribeLogGroups',
      'logs:DescribeResourcePolicies',
      'logs:GetLogDelivery',
      'logs:ListLogDeliveries',
      'logs:PutResourcePolicy',
      'logs:UpdateLogDelivery',
      'xray:GetSamplingRules',
      'xray:GetSamplingTargets',
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
    ),
  ),
  brought(
    'a state machine with traces only',
    {
      page: 'https://docs.aws.amazon.com/step-functions/latest/dg/concepts-xray-tracing.html',
      carriers: [
        'states.amazonaws.com if aws:SourceAccount=${AWS::AccountId} and aws:SourceArn=arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:*',
      ],
      sample: 'stateMachines/all-options',
    },
    'QuietMachineRole',
    on('${SettleFunction.Arn}', 'lambda:InvokeFunction'),
    on('*', 'xray:GetSamplingRules', 'xray:GetSamplingTargets', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments'),
  ),
  brought(
    'a state machine and what its steps were granted',
    {
      page: 'https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html',
      carriers: [
        'states.amazonaws.com if aws:SourceAccount=${AWS::AccountId} and aws:SourceArn=arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:*',
      ],
      sample: 'stateMachines/all-options',
    },
    'EveryMachineRole',
    on(
      '${CartsTable.Arn}',
      'dynamodb:BatchGetItem',
      'dynamodb:ConditionCheckItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
    ),
    on('arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000000', 'kms:Decrypt', 'kms:GenerateDataKey'),
    on(
      '*',
      'logs:CreateLogDelivery',
      'logs:DeleteLogDelivery',
      'logs:DescribeLogGroups',
      'logs:DescribeResourcePolicies',
      'logs:GetLogDelivery',
      'logs:ListLogDeliveries',
      'logs:PutResourcePolicy',
      'logs:UpdateLogDelivery',
    ),
    on('arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:identity/example.com', 'ses:SendEmail'),
    on('${OrdersQueue.Arn}', 'sqs:SendMessage'),
  ),
  brought(
    'enhanced monitoring of RDS',
    {
      page: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.Enabling.html',
      carriers: ['monitoring.rds.amazonaws.com if aws:SourceAccount=${AWS::AccountId}'],
      sample: 'databases/engines',
    },
    'ClassicDatabaseMonitoringRole',
    on('arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:RDS*', 'logs:CreateLogGroup', 'logs:PutRetentionPolicy'),
    on(
      'arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:RDS*:log-stream:*',
      'logs:CreateLogStream',
      'logs:DescribeLogStreams',
      'logs:GetLogEvents',
      'logs:PutLogEvents',
    ),
  ),
  brought(
    'RDS Proxy, by IAM',
    {
      page: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-iam-setup.html',
      carriers: ['rds.amazonaws.com'],
      sample: 'databases/proxy',
    },
    'LedgerDatabaseProxyRole',
    on('arn:${AWS::Partition}:rds-db:${AWS::Region}:${AWS::AccountId}:dbuser:${LedgerDatabase.DbiResourceId}/app', 'rds-db:connect'),
  ),
  brought(
    'RDS Proxy, by a secret',
    {
      page: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-iam-setup.html',
      carriers: ['rds.amazonaws.com'],
      sample: 'databases/proxy',
    },
    'ShopDatabaseProxyRole',
    on('${ShopDatabaseAppClientSecret}', 'secretsmanager:GetSecretValue'),
  ),
  brought(
    'a release of environments kept ready',
    {
      page: 'https://docs.aws.amazon.com/codedeploy/latest/userguide/managed-policies.html',
      carriers: [
        'codedeploy.amazonaws.com if aws:SourceAccount=${AWS::AccountId} and aws:SourceArn=arn:${AWS::Partition}:codedeploy:${AWS::Region}:${AWS::AccountId}:deploymentgroup:${Releases}/*',
      ],
      sample: 'functions/releases',
    },
    'ReadyFunctionReleaseRole',
    on('${ReadyFunction.Arn}', 'lambda:GetAlias', 'lambda:UpdateAlias'),
    on('${ReadyFunction.Arn}:live', 'lambda:GetProvisionedConcurrencyConfig'),
  ),
  brought(
    'a release of a route’s function',
    {
      page: 'https://docs.aws.amazon.com/codedeploy/latest/userguide/managed-policies.html',
      carriers: [
        'codedeploy.amazonaws.com if aws:SourceAccount=${AWS::AccountId} and aws:SourceArn=arn:${AWS::Partition}:codedeploy:${AWS::Region}:${AWS::AccountId}:deploymentgroup:${Releases}/*',
      ],
      sample: 'functions/releases',
    },
    'ShopApiGetStockFunctionReleaseRole',
    on('arn:${AWS::Partition}:cloudwatch:${AWS::Region}:${AWS::AccountId}:alarm:*', 'cloudwatch:DescribeAlarms'),
    on('${ShopApiGetStockFunction.Arn}', 'lambda:GetAlias', 'lambda:UpdateAlias'),
  ),
  brought(
    'text messages of Cognito',
    {
      page: 'https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-sms-userpool-settings.html',
      carriers: ['cognito-idp.amazonaws.com if aws:SourceAccount=${AWS::AccountId} and sts:ExternalId=${AWS::StackName}-every'],
      sample: 'userPools/all-options',
    },
    'EveryPoolSmsRole',
    on('*', 'sns:Publish'),
  ),
  brought(
    'the log of a VPC’s connections',
    {
      page: 'https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html',
      carriers: [
        'vpc-flow-logs.amazonaws.com if aws:SourceAccount=${AWS::AccountId} and aws:SourceArn=arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:vpc-flow-log/*',
      ],
      sample: 'vpc/new',
    },
    'VpcFlowLogRole',
    on('${VpcFlowLogGroup.Arn}', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'),
    on('*', 'logs:DescribeLogGroups'),
  ),
];
