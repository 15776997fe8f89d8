import { IOT, invoke, log, ofAccount, on, type Documented } from './kit.ts';

/** Devices, skills, browsers and balancers that call a function. */
export const fromDevices = {
  iot: [
    {
      of: 'an AWS IoT rule, and its error action',
      sample: 'sources/iot',
      page: 'https://docs.aws.amazon.com/iot/latest/developerguide/lambda-rule-action.html',
      role: {
        id: 'WaterFunctionIotSourceRole',
        carriers: IOT,
        may: on('${WaterFunctionIotSourceFailureQueue.Arn}', 'sqs:SendMessage'),
      },
      into: { id: 'WaterFunction', by: invoke('iot.amazonaws.com', ofAccount('${WaterFunctionIotSourceRule.Arn}')) },
    },
  ],
  iotButton: [
    {
      of: 'an AWS IoT button',
      sample: 'sources/iot-button',
      page: 'https://docs.aws.amazon.com/iot/latest/developerguide/lambda-rule-action.html',
      into: {
        id: 'SoapFunction',
        by: invoke(
          'iot.amazonaws.com',
          ofAccount('${SoapFunctionIotButtonSourceRule.Arn}'),
          ofAccount('${SoapFunctionSpareSourceRule.Arn}'),
        ),
      },
    },
  ],
  alexaSkill: [
    {
      of: 'an Alexa skill',
      sample: 'sources/alexa-skill',
      page: 'https://developer.amazon.com/en-US/docs/alexa/custom-skills/host-a-custom-skill-as-an-aws-lambda-function.html',
      into: {
        id: 'WineFunction',
        by: invoke(
          'alexa-appkit.amazon.com',
          'EventSourceToken=${TrialSkill}',
          'EventSourceToken=amzn1.ask.skill.0a1b2c3d-0000-4000-8000-000000000000',
        ),
      },
    },
  ],
  alexaSmartHome: [
    {
      of: 'an Alexa smart home skill',
      sample: 'sources/alexa-smart-home',
      page: 'https://developer.amazon.com/en-US/docs/alexa/smarthome/steps-to-build-a-smart-home-skill.html',
      into: {
        id: 'LampsFunction',
        by: invoke('alexa-connectedhome.amazon.com', 'EventSourceToken=amzn1.ask.skill.0a1b2c3d-0000-4000-8000-000000000000'),
      },
    },
  ],
  distribution: [
    {
      of: 'CloudFront, whose copies write their logs in the region they run in',
      sample: 'sources/distribution',
      page: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-edge-permissions.html',
      role: {
        id: 'GuardFunctionRole',
        carriers: ['edgelambda.amazonaws.com', 'lambda.amazonaws.com'],
        may: [
          ...log('GuardFunction'),
          ...on('arn:${AWS::Partition}:logs:*:${AWS::AccountId}:log-group:${GuardFunctionLogGroup}', 'logs:CreateLogGroup'),
          ...on('arn:${AWS::Partition}:logs:*:${AWS::AccountId}:log-group:${GuardFunctionLogGroup}:*', 'logs:CreateLogGroup'),
          ...on(
            'arn:${AWS::Partition}:logs:*:${AWS::AccountId}:log-group:${GuardFunctionLogGroup}:log-stream:*',
            'logs:CreateLogStream',
            'logs:PutLogEvents',
          ),
        ],
      },
      into: { id: 'GuardFunction', by: [] },
    },
    {
      of: 'CloudFront, in front of a bucket',
      sample: 'sources/distribution',
      page: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html',
      into: {
        id: 'PagesBucket',
        by: [
          'cloudfront.amazonaws.com may s3:GetObject if aws:SourceArn=arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${SiteDistribution}',
        ],
      },
    },
  ],
  userPool: [
    {
      of: 'a Cognito trigger',
      sample: 'sources/user-pool',
      page: 'https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html',
      into: { id: 'ClaimsFunction', by: invoke('cognito-idp.amazonaws.com', ofAccount('${CustomersPool.Arn}')) },
    },
  ],
  loadBalancer: [
    {
      of: 'a load balancer',
      sample: 'sources/load-balancer',
      page: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html',
      into: {
        id: 'PageFunction',
        by: invoke(
          'elasticloadbalancing.amazonaws.com',
          'SourceArn=arn:${AWS::Partition}:elasticloadbalancing:${AWS::Region}:${AWS::AccountId}:targetgroup/page-24d80b89/*',
        ),
      },
    },
  ],
} as const satisfies Readonly<Record<string, readonly Documented[]>>;
