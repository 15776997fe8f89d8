import type { Verb } from './script.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** How long AWS usually takes, by type. */
const CREATION: Readonly<Record<string, number>> = {
  'AWS::RDS::DBCluster': 3 * MINUTE,
  'AWS::RDS::DBInstance': 8 * MINUTE,
  'AWS::RDS::DBProxy': 5 * MINUTE,
  'AWS::CloudFront::Distribution': 5 * MINUTE,
  'AWS::EC2::NatGateway': 2 * MINUTE,
  'AWS::EC2::VPCEndpoint': 2 * MINUTE,
  'AWS::DynamoDB::Table': 12 * SECOND,
  'AWS::SQS::Queue': 64 * SECOND,
  'AWS::IAM::Role': 16 * SECOND,
  'AWS::OpenSearchService::Domain': 20 * MINUTE,
  'AWS::MSK::Cluster': 25 * MINUTE,
  'AWS::ElastiCache::ReplicationGroup': 8 * MINUTE,
};

const DEFAULT = 5 * SECOND;

/** A function in a VPC goes when its network interfaces have gone. */
const VPC_FUNCTION_DELETION = 25 * MINUTE;

export function usually(verb: Verb, type: string, inVpc: boolean): number {
  if (verb === 'DELETE' && type === 'AWS::Lambda::Function' && inVpc) return VPC_FUNCTION_DELETION;
  if (verb === 'DELETE' || verb === 'UPDATE' || verb === 'ROLLBACK') return (CREATION[type] ?? DEFAULT) / 2;
  return CREATION[type] ?? DEFAULT;
}
