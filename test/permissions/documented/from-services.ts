import { PHOTOS, SCHEDULER, invoke, ofAccount, on, type Documented } from './kit.ts';

/** Services that call a function, and whoever calls its URL. */
export const fromServices = {
  topic: [
    {
      of: 'SNS',
      sample: 'sources/topic',
      page: 'https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html',
      into: { id: 'PlainFunction', by: invoke('sns.amazonaws.com', 'SourceArn=${OrdersTopic}') },
    },
  ],
  bucket: [
    {
      of: 'S3, a bucket made here',
      sample: 'sources/bucket',
      page: 'https://docs.aws.amazon.com/lambda/latest/dg/with-s3.html',
      into: { id: 'ThumbsFunction', by: invoke('s3.amazonaws.com', ofAccount(PHOTOS)) },
    },
    {
      of: 'S3, a bucket that exists, by EventBridge',
      sample: 'sources/bucket',
      page: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-lambda-permissions',
      into: { id: 'OldFunction', by: invoke('events.amazonaws.com', 'SourceArn=${OldFunctionIncomingSourceRule.Arn}') },
    },
  ],
  bus: [
    {
      of: 'an EventBridge rule',
      sample: 'sources/bus',
      page: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-lambda-permissions',
      into: { id: 'PlainFunction', by: invoke('events.amazonaws.com', 'SourceArn=${PlainFunctionShopBusRule.Arn}') },
    },
  ],
  schedule: [
    {
      of: 'EventBridge Scheduler',
      sample: 'sources/schedule',
      page: 'https://docs.aws.amazon.com/scheduler/latest/UserGuide/setting-up.html#setting-up-execution-role',
      role: {
        id: 'OftenFunctionXScheduleScheduleScheduleRole',
        carriers: SCHEDULER,
        may: [
          ...on('${OftenFunction.Arn}', 'lambda:InvokeFunction'),
          ...on('${OftenFunctionXScheduleScheduleDeadLetterQueue.Arn}', 'sqs:SendMessage'),
        ],
      },
      into: { id: 'OftenFunction', by: [] },
    },
  ],
  logGroup: [
    {
      of: 'CloudWatch Logs',
      sample: 'sources/log-group',
      page: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html#LambdaFunctionExample',
      into: {
        id: 'AuditFunction',
        by: invoke(
          'logs.amazonaws.com',
          ofAccount('${SettleFunctionLogGroup.Arn}'),
          ofAccount('arn:aws:logs:eu-central-1:123456789012:log-group:/central/everything:*'),
        ),
      },
    },
  ],
  alarm: [
    {
      of: 'an alarm',
      sample: 'sources/alarm',
      page: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html',
      into: {
        id: 'PageFunction',
        by: invoke(
          'lambda.alarms.cloudwatch.amazonaws.com',
          ofAccount('${PageFunctionSlowSourceAlarm.Arn}'),
          ofAccount('${PageFunctionXAlarmSourceAlarm.Arn}'),
          'SourceAccount=210987654321 and SourceArn=arn:aws:cloudwatch:eu-central-1:210987654321:alarm:everything',
          'SourceAccount={"Fn::Select":[4,{"Fn::Split":[":",{"Fn::GetAtt":["Raw","Arn"]}]}]} and SourceArn=${Raw.Arn}',
        ),
      },
    },
  ],
  email: [
    {
      of: 'an SES receipt rule',
      sample: 'sources/email',
      page: 'https://docs.aws.amazon.com/ses/latest/dg/receiving-email-permissions.html',
      into: {
        id: 'PlainFunction',
        by: invoke(
          'ses.amazonaws.com',
          ofAccount('arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:receipt-rule-set/default-rule-set:receipt-rule/*'),
        ),
      },
    },
    {
      of: 'an SES receipt rule that keeps the mail',
      sample: 'sources/email',
      page: 'https://docs.aws.amazon.com/ses/latest/dg/receiving-email-permissions.html',
      role: {
        id: 'EveryFunctionEmailSourceRole',
        carriers: ['ses.amazonaws.com if aws:SourceAccount=${AWS::AccountId}'],
        may: on('arn:${AWS::Partition}:s3:::${AWS::StackName}-mail-${AWS::AccountId}-${AWS::Region}-an/incoming/*', 's3:PutObject'),
      },
    },
  ],
  url: [
    {
      of: 'a function URL for signed requests of two accounts',
      sample: 'sources/url',
      page: 'https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
      into: {
        id: 'SignedFunction',
        by: ['123456789012', '210987654321'].flatMap((who) => [
          `${who} may lambda:InvokeFunction if InvokedViaFunctionUrl=true`,
          `${who} may lambda:InvokeFunctionUrl if FunctionUrlAuthType=AWS_IAM`,
        ]),
      },
    },
    {
      of: 'a function URL for everyone',
      sample: 'sources/url',
      page: 'https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
      into: {
        id: 'OpenFunction',
        by: ['* may lambda:InvokeFunction if InvokedViaFunctionUrl=true', '* may lambda:InvokeFunctionUrl if FunctionUrlAuthType=NONE'],
      },
    },
  ],
  deploy: [
    {
      of: 'CloudFormation, which calls with the deployer’s own permission',
      sample: 'sources/deploy',
      page: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-custom-resources-lambda.html',
      into: { id: 'FillFunction', by: [] },
    },
  ],
  permission: [
    {
      of: 'whoever is named',
      sample: 'sources/permission',
      page: 'https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html',
      into: {
        id: 'CheckFunction',
        by: [
          '* may lambda:InvokeFunction if PrincipalOrgID=o-a1b2c3d4e5',
          ...invoke('alexa-connectedhome.amazon.com', 'EventSourceToken=amzn1.ask.skill.1'),
          ...invoke('config.amazonaws.com', 'SourceAccount=${AWS::AccountId}'),
          ...invoke(
            'secretsmanager.amazonaws.com',
            'SourceAccount=123456789012 and SourceArn=arn:aws:secretsmanager:eu-central-1:123456789012:secret:partner-AbCdEf',
          ),
        ],
      },
    },
  ],
} as const satisfies Readonly<Record<string, readonly Documented[]>>;
