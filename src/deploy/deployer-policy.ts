import { BOOTSTRAP, bucketUrl } from './bucket.ts';
import { OURS } from './run.ts';

export interface PolicyFacts {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
  /** The stacks the deployer may change, by a beginning of their names. */
  readonly prefix: string;
  readonly bucket: string;
  /** The role CloudFormation works with; nothing where it works with the deployer’s own rights. */
  readonly role: string | undefined;
}

/** What the one who deploys needs, and nothing else: `eventsystem bootstrap --print-policy`. */
export function deployerPolicy({ partition, account, region, prefix, bucket, role }: PolicyFacts): object {
  const [own, bootstrap] = [`${prefix}*`, BOOTSTRAP].map((name) => `arn:${partition}:cloudformation:${region}:${account}:stack/${name}/*`);
  const stacks = [own, bootstrap];
  return {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'WhoAmI', Effect: 'Allow', Action: 'sts:GetCallerIdentity', Resource: '*' },
      {
        Sid: 'Plan',
        Effect: 'Allow',
        Action: 'cloudformation:CreateChangeSet',
        Resource: own,
        // Plans of this tool, of templates that lie in the bucket, carried out with the role.
        Condition: {
          StringLike: {
            'cloudformation:ChangeSetName': `${OURS}*`,
            'cloudformation:TemplateUrl': `${bucketUrl(partition, region, bucket)}/templates/*`,
          },
          ...(role !== undefined && { StringEquals: { 'cloudformation:RoleArn': role } }),
        },
      },
      {
        Sid: 'PlanBootstrap',
        Effect: 'Allow',
        Action: 'cloudformation:CreateChangeSet',
        Resource: bootstrap,
        Condition: { StringLike: { 'cloudformation:ChangeSetName': `${OURS}*` } },
      },
      {
        Sid: 'Deploy',
        Effect: 'Allow',
        Action: STACK_ACTIONS.map((action) => `cloudformation:${action}`),
        Resource: stacks,
      },
      { Sid: 'LookAround', Effect: 'Allow', Action: ACCOUNT_ACTIONS.map((action) => `cloudformation:${action}`), Resource: '*' },
      ...onBucket(partition, account, bucket),
      ...(role === undefined
        ? []
        : [
            {
              Sid: 'HandOver',
              Effect: 'Allow',
              Action: 'iam:PassRole',
              Resource: role,
              Condition: { StringEquals: { 'iam:PassedToService': 'cloudformation.amazonaws.com' } },
            },
          ]),
    ],
  };
}

/** What is brought to the artifact bucket, and how it is looked at. */
function onBucket(partition: string, account: string, bucket: string): readonly object[] {
  return [
    {
      Sid: 'Artifacts',
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject'],
      Resource: `arn:${partition}:s3:::${bucket}/*`,
      Condition: { StringEquals: { 'aws:ResourceAccount': account } },
    },
    {
      Sid: 'ArtifactBucket',
      Effect: 'Allow',
      Action: [
        's3:GetBucketLocation',
        's3:GetBucketPublicAccessBlock',
        's3:GetBucketVersioning',
        's3:GetEncryptionConfiguration',
        's3:ListBucket',
      ],
      Resource: `arn:${partition}:s3:::${bucket}`,
      Condition: { StringEquals: { 'aws:ResourceAccount': account } },
    },
  ];
}

const STACK_ACTIONS = [
  'CancelUpdateStack',
  'ContinueUpdateRollback',
  'DeleteChangeSet',
  'DeleteStack',
  'DescribeChangeSet',
  'DescribeEvents',
  'DescribeStackEvents',
  'DescribeStacks',
  'ExecuteChangeSet',
  'GetStackPolicy',
  'GetTemplate',
  'ListChangeSets',
  'ListStackResources',
  'RollbackStack',
  'SetStackPolicy',
  'TagResource',
  'UpdateTerminationProtection',
];

/** These know no stack. https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudformation.html */
const ACCOUNT_ACTIONS = ['DescribeAccountLimits', 'GetHookResult', 'ListHookResults', 'ListImports', 'ListStacks'];
