import { count, flag, forms, list, map, object, or, raw, text, word } from './kit.ts';

const PAGE = 'https://docs.aws.amazon.com/vpc/latest/privatelink';

/** The services people reach from functions; any other service name AWS has can be written too. */
export const SERVICES: readonly string[] = [
  'athena',
  'bedrock-runtime',
  'cognito-idp',
  'dynamodb',
  'ecr.api',
  'ecr.dkr',
  'elasticfilesystem',
  'email',
  'events',
  'execute-api',
  'firehose',
  'glue',
  'iot.data',
  'kinesis-streams',
  'kms',
  'lambda',
  'logs',
  'monitoring',
  'rds-data',
  's3',
  'scheduler',
  'secretsmanager',
  'sns',
  'sqs',
  'ssm',
  'states',
  'sts',
  'textract',
  'timestream.query-cell1',
  'xray',
];

const service = text('The service as in the endpoint’s name: `com.amazonaws.REGION.SERVICE`.', {
  pattern: '^[a-z0-9][a-z0-9-]*([.][a-z0-9-]+)*$',
  means: 'the name of a service as in an endpoint’s name, such as kinesis-streams',
  examples: SERVICES,
  page: `${PAGE}/aws-services-privatelink-support.html`,
});

export const endpoint = object(
  'A VPC endpoint for one AWS service.',
  {
    zones: count('In how many of the VPC’s zones an interface endpoint is; each is billed by the hour. All by default.', {
      from: 1,
      to: 6,
      also: ['SubnetIds', 'subnets'],
    }),
    policy: list(
      'Statements added to the endpoint’s policy, which allows what the functions in the VPC were granted.',
      raw('A statement in IAM’s form.', 'object'),
      { single: true, aws: 'AWS::EC2::VPCEndpoint PolicyDocument', also: ['PolicyDocument'] },
    ),
    privateDns: or(
      flag('The service’s usual host name resolves to the endpoint (private DNS).', {
        aws: 'AWS::EC2::VPCEndpoint PrivateDnsEnabled',
        also: ['PrivateDnsEnabled', 'privateDnsEnabled'],
      }),
      true,
    ),
  },
  { id: 'endpoint', empty: true },
);

export const endpoints = forms(
  'How functions in the VPC reach AWS: through VPC endpoints instead of a NAT. `auto` creates exactly what the declared access needs; a list or a map creates what it names, and a call that cannot get through is an error. S3 and DynamoDB get gateway endpoints, which are free; other services get interface endpoints, about $7.30 a month per zone.',
  {
    text: word('`auto`, or `none`.', { auto: 'What the declared access needs, and nothing else.', none: 'None.' }),
    list: list('The services.', service, {}),
    object: map('The services, with settings.', service, endpoint),
  },
  {
    id: 'endpoints',
    aws: 'AWS::EC2::VPCEndpoint',
    page: `${PAGE}/concepts.html`,
    also: ['VPCEndpoint', 'vpcEndpoints', 'interfaceEndpoints', 'gatewayEndpoints', 'privateLink'],
    usually: 'auto (none in an existing VPC)',
  },
);
