import { expect, test } from 'vitest';
import { costsOf } from '../../src/views/cost.ts';
import type { Template } from '../../src/compiler/emit/emit.ts';

const of = (Resources: Template['Resources']) =>
  costsOf({ Resources }).map(({ what, monthly }) => [what, monthly === undefined ? undefined : Math.round(monthly * 100) / 100]);

test('endpoints cost by zone, gateways to S3 nothing', () => {
  expect(
    of({
      A: {
        Type: 'AWS::EC2::VPCEndpoint',
        Properties: {
          VpcEndpointType: 'Interface',
          ServiceName: { 'Fn::Sub': 'com.amazonaws.${AWS::Region}.kinesis-streams' },
          SubnetIds: [{ Ref: 'S1' }, { Ref: 'S2' }],
        },
      },
      B: { Type: 'AWS::EC2::VPCEndpoint', Properties: { VpcEndpointType: 'Gateway' } },
      C: {
        Type: 'AWS::EC2::VPCEndpoint',
        Properties: { VpcEndpointType: 'Interface', ServiceName: 'com.amazonaws.eu-central-1.sqs', SubnetIds: { Ref: 'Subnets' } },
      },
    }),
  ).toEqual([
    ['interface endpoint kinesis-streams, 2 zones', 14.6],
    ['interface endpoint sqs', undefined],
  ]);
});

test('a database costs by class, zones and storage', () => {
  const properties = {
    Engine: 'postgres',
    DBInstanceClass: 'db.t4g.micro',
    AllocatedStorage: '20',
    StorageType: 'gp3',
    ManageMasterUserPassword: true,
  };
  expect(of({ D: { Type: 'AWS::RDS::DBInstance', Properties: properties } })).toEqual([
    ['20 GiB of gp3 storage', 2.3],
    ['db.t4g.micro', 11.68],
    ['master user secret', 0.4],
  ]);
  expect(of({ D: { Type: 'AWS::RDS::DBInstance', Properties: { ...properties, MultiAZ: true, Iops: 4000 } } })).toEqual([
    ['1000 IOPS above the included ones', 40],
    ['20 GiB of gp3 storage, 2 zones', 4.6],
    ['db.t4g.micro, 2 zones', 23.36],
    ['master user secret', 0.4],
  ]);
  expect(
    of({
      D: { Type: 'AWS::RDS::DBInstance', Properties: { ...properties, DBInstanceClass: 'db.x9g.huge', ManageMasterUserPassword: false } },
    }),
  ).toContainEqual(['db.x9g.huge', undefined]);
});

test('a serverless cluster costs its least capacity for each instance, its proxy at least eight units', () => {
  const cluster = {
    Type: 'AWS::RDS::DBCluster',
    Properties: { ServerlessV2ScalingConfiguration: { MinCapacity: 0.5, MaxCapacity: 4 }, ManageMasterUserPassword: true },
  };
  const instance = {
    Type: 'AWS::RDS::DBInstance',
    Properties: { Engine: 'aurora-postgresql', DBInstanceClass: 'db.serverless', DBClusterIdentifier: { Ref: 'C' } },
  };
  const target = { Type: 'AWS::RDS::DBProxyTargetGroup', Properties: { DBProxyName: { Ref: 'P' }, DBClusterIdentifiers: [{ Ref: 'C' }] } };
  expect(of({ C: cluster, I: instance, P: { Type: 'AWS::RDS::DBProxy' }, T: target })).toEqual([
    ['master user secret', 0.4],
    ['serverless instance, at least 0.5 capacity units', 43.8],
    ['proxy', 87.6],
  ]);
});

test('streams cost by the hour on demand, by the shard else; fan-out only by the shard', () => {
  const demand = { Type: 'AWS::Kinesis::Stream', Properties: { StreamModeDetails: { StreamMode: 'ON_DEMAND' }, RetentionPeriodHours: 48 } };
  const shards = {
    Type: 'AWS::Kinesis::Stream',
    Properties: { StreamModeDetails: { StreamMode: 'PROVISIONED' }, ShardCount: 2, RetentionPeriodHours: 48 },
  };
  const reader = (id: string) => ({ Type: 'AWS::Kinesis::StreamConsumer', Properties: { StreamARN: { 'Fn::GetAtt': [id, 'Arn'] } } });
  expect(
    of({
      A: demand,
      AR: reader('A'),
      B: shards,
      BR: reader('B'),
      CR: { Type: 'AWS::Kinesis::StreamConsumer', Properties: { StreamARN: 'arn:aws:kinesis:eu-central-1:1:stream/x' } },
    }),
  ).toEqual([
    ['on-demand stream', 29.2],
    ['extended retention, 2 shards', 29.2],
    ['stream, 2 shards', 21.9],
    ['enhanced fan-out, 2 shards', 21.9],
    ['enhanced fan-out', undefined],
  ]);
});

test('raw resources that cost by the hour are named, those that do not are not', () => {
  expect(
    of({ Cache: { Type: 'AWS::ElastiCache::CacheCluster' }, Topic: { Type: 'AWS::SNS::Topic' }, Nat: { Type: 'AWS::EC2::NatGateway' } }),
  ).toEqual([
    ['AWS::ElastiCache::CacheCluster', undefined],
    ['NAT gateway', 32.85],
  ]);
});
