import { address } from '../cloud/address.ts';
import { resource, type Part } from '../cloud/part.ts';
import { attribute, ref, text } from '../cloud/value.ts';
import type { Place } from '../text/source-text.ts';
import { closed } from '../resources/closed-bucket.ts';

const LOG_ACTIONS = [
  'logs:CreateLogGroup',
  'logs:CreateLogStream',
  'logs:DescribeLogGroups',
  'logs:DescribeLogStreams',
  'logs:FilterLogEvents',
  'logs:GetLogEvents',
  'logs:PutLogEvents',
] as const;

/**
 * What an account needs once per region, before the first system: a bucket for the functions’ code, and the role by
 * which API Gateway writes logs. Both are retained: other stacks rely on them.
 */
export function bootstrapParts(because: Place): readonly Part[] {
  const bucket = address('AWS::S3::Bucket', [], 'ArtifactBucket');
  const role = address('AWS::IAM::Role', [], 'ApiGatewayLogsRole');
  const from = { because, path: 'bootstrap' };
  return [
    resource(
      bucket,
      {
        BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
        VersioningConfiguration: { Status: 'Enabled' },
        ...closed,
        LifecycleConfiguration: {
          Rules: [
            { Id: 'AbortUploads', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } },
            { Id: 'OldVersions', Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 30 } },
          ],
        },
      },
      {
        ...from,
        deletion: 'Retain',
        replaced: 'Retain',
        accepted: [
          {
            rule: 'AwsSolutions-S1',
            reason: 'The bucket holds code that every deployment names by its digest; who reads it is in CloudTrail.',
          },
        ],
      },
    ),
    resource(
      address('AWS::S3::BucketPolicy', [], 'ArtifactBucketPolicy'),
      {
        Bucket: ref(bucket),
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Sid: 'OnlyTls',
              Effect: 'Deny',
              Principal: '*',
              Action: 's3:*',
              Resource: [attribute(bucket, 'Arn'), text(attribute(bucket, 'Arn'), '/*')],
              Condition: { Bool: { 'aws:SecureTransport': 'false' } },
            },
          ],
        },
      },
      from,
    ),
    {
      part: 'role',
      address: role,
      service: 'apigateway.amazonaws.com',
      // AWS documents no condition for the account’s own role, and refuses a role it cannot take on.
      // https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
      trust: {},
      condition: 'ApiGatewayLogsOn',
      ...from,
    },
    {
      part: 'grant',
      to: role,
      actions: LOG_ACTIONS,
      on: ['*'],
      by: 'service',
      reason: 'API Gateway writes the logs of all APIs of the account',
      accepted: [{ rule: 'AwsSolutions-IAM5', reason: 'The role is for every API of the account, whose log groups are not known here.' }],
      ...from,
    },
    resource(
      address('AWS::ApiGateway::Account', [], 'ApiGatewayAccount'),
      { CloudWatchRoleArn: attribute(role, 'Arn') },
      { ...from, condition: 'ApiGatewayLogsOn', deletion: 'Retain', replaced: 'Retain' },
    ),
    { part: 'output', name: 'ArtifactBucket', value: ref(bucket), ...from },
  ];
}
