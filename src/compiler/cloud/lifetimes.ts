import type { Catalogue } from './catalogue.ts';

/** How long things live beside each other, the longest first: each may refer to those before it, never the other way round. */
export const LIFETIMES = ['network', 'data', 'application'] as const;

export type Lifetime = (typeof LIFETIMES)[number];

const ec2 = (names: string): readonly string[] => names.split(' ').map((name) => `AWS::EC2::${name}`);

/** What others live in, or are encrypted with. */
const NETWORK = new Set([
  'AWS::KMS::Key',
  'AWS::KMS::Alias',
  ...ec2('VPC VPCCidrBlock DHCPOptions VPCDHCPOptionsAssociation Subnet SubnetCidrBlock SubnetNetworkAclAssociation NetworkAcl'),
  ...ec2('NetworkAclEntry RouteTable Route SubnetRouteTableAssociation InternetGateway EgressOnlyInternetGateway'),
  ...ec2('VPCGatewayAttachment NatGateway EIP EIPAssociation FlowLog PrefixList VPCPeeringConnection TransitGatewayAttachment'),
  ...ec2('VPNGateway VPNConnection CustomerGateway SecurityGroup SecurityGroupIngress SecurityGroupEgress'),
]);

/** What holds data or a name that others know, besides what the registry calls stateful; nothing in it needs code to be there. */
const DATA = new Set([
  'AWS::SNS::Topic',
  'AWS::Events::EventBus',
  'AWS::Events::Archive',
  'AWS::SSM::Parameter',
  'AWS::SecretsManager::SecretTargetAttachment',
]);

const DATA_SERVICES = /^AWS::(RDS|DocDB|Neptune|ElastiCache|MemoryDB|MSK|AmazonMQ|Redshift|EFS|FSx|OpenSearchService)::/;

/**
 * What holds data and calls code: a bucket’s notifications and a user pool’s triggers stand in the resource itself, and
 * functions must be there first. They live with the application, with or without: the first notification must not move a bucket.
 */
const CALLS_CODE = new Set(['AWS::S3::Bucket', 'AWS::Cognito::UserPool', 'AWS::Logs::LogGroup', 'AWS::CloudFormation::Stack']);

/** Policies name whoever is let in, and get another name with any line of the file; an endpoint’s policy stands in the endpoint. */
const NAMES_OTHERS = new Set([
  'AWS::EC2::VPCEndpoint',
  'AWS::SQS::QueuePolicy',
  'AWS::SNS::TopicPolicy',
  'AWS::SNS::Subscription',
  'AWS::S3::BucketPolicy',
  'AWS::Events::EventBusPolicy',
  'AWS::SecretsManager::ResourcePolicy',
  'AWS::SecretsManager::RotationSchedule',
]);

/**
 * The lifetime of a resource: its type’s own, or for what serves others (a role, a function, a log group) `own`, that of the
 * thing it was made for. Nothing else decides: not what else there is, nor how much.
 */
export function lifetimeOf(type: string, own: Lifetime | undefined, catalogue: Catalogue): Lifetime {
  if (NETWORK.has(type)) return 'network';
  if (NAMES_OTHERS.has(type)) return 'application';
  if (CALLS_CODE.has(type)) return own ?? 'application';
  if (DATA.has(type) || DATA_SERVICES.test(type) || catalogue.resourceType(type)?.stateful === true) return 'data';
  return own ?? 'application';
}
