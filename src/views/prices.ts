/**
 * What costs whether it is used or not, in US dollars: list prices of us-east-1 as they were known on the date below, which
 * docs/verify.md says how to check. Taxes, discounts and the free tier are left out. A class that is not here is told as “price not
 * known”, never guessed.
 *
 * https://aws.amazon.com/privatelink/pricing/ https://aws.amazon.com/vpc/pricing/ https://aws.amazon.com/rds/pricing/
 * https://aws.amazon.com/kinesis/data-streams/pricing/ https://aws.amazon.com/secrets-manager/pricing/
 * https://aws.amazon.com/cloudwatch/pricing/
 */
export const PRICES_OF = { region: 'us-east-1', date: 'November 2026' } as const;

/** AWS’s own month. */
export const HOURS = 730;

export const hourly = {
  interfaceEndpoint: 0.01,
  natGateway: 0.045,
  publicAddress: 0.005,
  kinesisOnDemand: 0.04,
  kinesisShard: 0.015,
  /** Beyond 24 hours and up to 7 days, for each shard. */
  kinesisExtendedRetention: 0.02,
  kinesisFanOut: 0.015,
  auroraCapacityUnit: 0.12,
  /** Lambda, for each GB kept ready: https://aws.amazon.com/lambda/pricing/ */
  ready: { arm64: 0.0000033334 * 3600, x86_64: 0.0000041667 * 3600 } as Readonly<Record<string, number>>,
  /** For each virtual processor of the database, at least two. */
  proxyProcessor: 0.015,
  /** For each capacity unit of a serverless cluster, at least eight. */
  proxyCapacityUnit: 0.015,
} as const;

export const monthly = {
  secret: 0.4,
  key: 1,
  /** https://aws.amazon.com/waf/pricing/: the web ACL, and each rule or group of rules in it. */
  webAcl: 5,
  webAclRule: 1,
  /** For each metric an alarm watches: by the minute, and by seconds. */
  alarm: 0.1,
  alarmBySeconds: 0.3,
  /** RDS, per GiB: one zone, and two. */
  storage: { gp3: 0.115, gp2: 0.115 } as Readonly<Record<string, number>>,
  /** RDS, for each operation a second above the ones that are included. */
  iops: 0.02,
} as const;

/** RDS in one zone: a family that costs the same for every engine here. */
const t4g = { micro: 0.016, small: 0.032, medium: 0.065, large: 0.129, xlarge: 0.258, '2xlarge': 0.517 };

/** Instance classes by engine, per hour, in one zone. */
export const instances: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, number>>>>>> = {
  postgres: {
    t4g,
    t3: { micro: 0.018, small: 0.036, medium: 0.072, large: 0.145, xlarge: 0.29, '2xlarge': 0.579 },
    m6g: { large: 0.159, xlarge: 0.318, '2xlarge': 0.636, '4xlarge': 1.272 },
    r6g: { large: 0.225, xlarge: 0.45, '2xlarge': 0.899, '4xlarge': 1.798 },
    r7g: { large: 0.239, xlarge: 0.478, '2xlarge': 0.956, '4xlarge': 1.912 },
  },
  mysql: {
    t4g,
    t3: { micro: 0.017, small: 0.034, medium: 0.068, large: 0.136, xlarge: 0.272, '2xlarge': 0.544 },
    r6g: { large: 0.215, xlarge: 0.43, '2xlarge': 0.859, '4xlarge': 1.718 },
  },
  mariadb: {
    t4g,
    t3: { micro: 0.017, small: 0.034, medium: 0.068, large: 0.136, xlarge: 0.272, '2xlarge': 0.544 },
    r6g: { large: 0.215, xlarge: 0.43, '2xlarge': 0.859, '4xlarge': 1.718 },
  },
  aurora: {
    t4g: { medium: 0.073, large: 0.146 },
    t3: { medium: 0.082, large: 0.164 },
    r6g: { large: 0.26, xlarge: 0.519, '2xlarge': 1.038, '4xlarge': 2.076 },
    r7g: { large: 0.276, xlarge: 0.553, '2xlarge': 1.106, '4xlarge': 2.212 },
  },
};

/** Virtual processors of a size, in every family here. */
export const processors: Readonly<Record<string, number>> = {
  micro: 2,
  small: 2,
  medium: 2,
  large: 2,
  xlarge: 4,
  '2xlarge': 8,
  '4xlarge': 16,
  '8xlarge': 32,
  '12xlarge': 48,
  '16xlarge': 64,
};

/** Caches of an API’s stage, by their size in GB, per hour. */
export const apiCaches: Readonly<Record<string, number>> = {
  '0.5': 0.02,
  '1.6': 0.038,
  '6.1': 0.2,
  '13.5': 0.25,
  '28.4': 0.5,
  '58.2': 1,
  '118': 1.9,
  '237': 3.8,
};

/** Types that cost by the hour and whose price depends on more than is known here: somebody wrote them raw. */
export const unpriced: readonly string[] = [
  'AWS::AmazonMQ::Broker',
  'AWS::DAX::Cluster',
  'AWS::DocDB::DBInstance',
  'AWS::EC2::Instance',
  'AWS::EC2::TransitGatewayAttachment',
  'AWS::EC2::VPNConnection',
  'AWS::ECS::Service',
  'AWS::EKS::Cluster',
  'AWS::ElastiCache::CacheCluster',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::ElastiCache::ServerlessCache',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::MSK::Cluster',
  'AWS::MSK::ServerlessCluster',
  'AWS::MemoryDB::Cluster',
  'AWS::Neptune::DBInstance',
  'AWS::OpenSearchService::Domain',
  'AWS::Redshift::Cluster',
  'AWS::KinesisAnalyticsV2::Application',
  'AWS::SageMaker::Endpoint',
  'AWS::Timestream::InfluxDBInstance',
  'AWS::Transfer::Server',
];
