import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { writeFileSync } from 'node:fs';
import { emittedTypes } from '../../scripts/emitted-types.ts';

/** What the fake knows of resource types: `node scripts/run.mjs test/aws/generate.ts`. */
export function main(): void {
  const db = loadAwsServiceSpecSync();
  const all = [...db.all('resource')].sort((one, other) => (one.cloudFormationType < other.cloudFormationType ? -1 : 1));
  const known = new Set<string>([...emittedTypes(), ...ALSO]);
  const types = all.filter(({ cloudFormationType }) => known.has(cloudFormationType));
  const described = types.map(({ cloudFormationType, primaryIdentifier, attributes, properties, isStateful }) => [
    cloudFormationType,
    {
      id: primaryIdentifier ?? [],
      attributes: Object.keys(attributes),
      ...(isStateful ? { stateful: true } : {}),
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, { required, causesReplacement }]) => [
          name,
          `${required ? 'r' : ''}${MARKS[causesReplacement ?? 'no']}`,
        ]),
      ),
    },
  ]);
  const services = [...new Set(all.map(({ cloudFormationType }) => cloudFormationType.split('::').slice(0, 2).join('::')))];
  writeFileSync('test/aws/generated/resource-types.json', `${JSON.stringify({ services, types: Object.fromEntries(described) })}\n`);
}

/** Required, create-only, create-only under conditions. */
const MARKS = { yes: 'c', maybe: 'm', no: '' } as const;

const ALSO = [
  'AWS::CloudFormation::Stack',
  'AWS::CloudFormation::WaitConditionHandle',
  'AWS::EFS::FileSystem',
  'AWS::ECS::Service',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::User',
  'AWS::KMS::Key',
  'AWS::KMS::Alias',
  'AWS::Lambda::Version',
  'AWS::Lambda::Alias',
  'AWS::RDS::DBInstance',
  'AWS::EC2::VPC',
  'AWS::EC2::Instance',
  'AWS::CloudFront::Distribution',
  'AWS::S3::BucketPolicy',
  'AWS::SSM::Parameter',
  'AWS::Kinesis::Stream',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::DynamoDB::GlobalTable',
];
