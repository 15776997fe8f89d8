import { expect, test } from 'vitest';
import { rangeOf, subnetRange, written, zonesOf } from '../../src/compiler/network/zones.ts';
import { foundIn, made } from './compiled.ts';

const lone = 'functions: { put: { handler: src/put.ts, vpc: true } }';
const properties = (system: string, id: string) => made(system).one(id).Properties ?? {};

test('without anything that lives in it there is no VPC', () => {
  const { template } = made('functions: { put: src/put.ts }');
  expect(Object.values(template.Resources).filter(({ Type }) => Type.startsWith('AWS::EC2::'))).toEqual([]);
});

test('a VPC is made because it is said, or because something lives in it', () => {
  for (const system of [
    'vpc: {}',
    lone,
    'outputs: { Vpc: $(vpc.id) }',
    'databases: { ledger: { engine: postgres } }\nfunctions: { put: { handler: src/put.ts, access: { ledger: connect } } }',
  ]) {
    expect(Object.keys(made(system).all('VPC')), system).toEqual(['Vpc']);
  }
});

test('its subnets are isolated: no internet gateway, no address of the internet, a table without routes for each zone', () => {
  const system = made(lone);
  expect(Object.keys(system.all('Subnet'))).toEqual(['VpcSubnet1', 'VpcSubnet2']);
  expect(Object.keys(system.all('RouteTable'))).toEqual(['VpcRouteTable1', 'VpcRouteTable2']);
  for (const type of ['InternetGateway', 'NatGateway', 'Route', 'EIP']) expect(system.all(type)).toEqual({});
  for (const subnet of Object.values(system.all('Subnet'))) expect(subnet['MapPublicIpOnLaunch']).toBe(false);
});

test('another zone moves nothing that is there', () => {
  const [two, six] = [2, 6].map((zones) => made(`vpc: { zones: ${zones}, nat: per-zone }\n${lone}`).template.Resources);
  const fixed = Object.entries(two ?? {}).filter(([, { Type }]) => Type.startsWith('AWS::EC2::'));
  expect(fixed.length).toBeGreaterThan(20);
  for (const [id, resource] of fixed) expect(six?.[id], id).toEqual(resource);
});

test('no two subnets overlap, and all lie in the range, from the largest to the smallest', () => {
  for (let bits = 16; bits <= 24; bits += 1) {
    const { context } = made(`vpc: { cidr: 172.16.0.0/${bits}, zones: 6 }`);
    const all = rangeOf(context);
    const size = 2 ** (32 - bits);
    const taken = zonesOf(context)
      .flatMap((zone) => (['', 'Public'] as const).map((kind) => spanOf(subnetRange(all, zone, kind))))
      .sort((a, b) => a.first - b.first);
    expect(written(all)).toBe(`172.16.0.0/${bits}`);
    expect(taken).toHaveLength(12);
    for (const [index, { first, last }] of taken.entries()) {
      expect(first).toBeGreaterThan(taken[index - 1]?.last ?? all.first - 1);
      expect(last).toBeLessThan(all.first + size);
      // AWS takes subnets down to /28. https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
      expect(last - first + 1).toBeGreaterThanOrEqual(16);
    }
  }
});

function spanOf(range: string): { readonly first: number; readonly last: number } {
  const [address = '', bits = ''] = range.split('/');
  const first = address.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
  return { first, last: first + 2 ** (32 - Number(bits)) - 1 };
}

test('zones are counted, or said by name or by id', () => {
  expect(properties(lone, 'VpcSubnet2')['AvailabilityZone']).toEqual({ 'Fn::Select': [1, { 'Fn::GetAZs': '' }] });
  const listed = `vpc: { zones: [eu-central-1a, euc1-az2] }\n${lone}`;
  expect(properties(listed, 'VpcSubnet1')).toMatchObject({ AvailabilityZone: 'eu-central-1a' });
  expect(properties(listed, 'VpcSubnet2')).toMatchObject({ AvailabilityZoneId: 'euc1-az2' });
});

test('a zone twice or of another region is found', () => {
  expect(foundIn(`region: eu-central-1\nvpc: { zones: [eu-central-1a, eu-central-1a, eu-west-1b, euc1-az3] }\n${lone}`)).toEqual([
    'odd-zone · eu-central-1a · The zone `eu-central-1a` is listed twice.',
    'odd-zone · eu-west-1b · The zone `eu-west-1b` is not in `eu-central-1`, where the system is.',
  ]);
});

test.each([
  { nat: 'one', gateways: ['VpcNat1'], through: ['VpcNat1', 'VpcNat1', 'VpcNat1'], publicSubnets: 1 },
  { nat: 'per-zone', gateways: ['VpcNat1', 'VpcNat2', 'VpcNat3'], through: ['VpcNat1', 'VpcNat2', 'VpcNat3'], publicSubnets: 3 },
  { nat: 'regional', gateways: ['VpcNat'], through: ['VpcNat', 'VpcNat', 'VpcNat'], publicSubnets: 0 },
])('the NAT $nat is the way out of every zone', ({ nat, gateways, through, publicSubnets }) => {
  const system = made(`vpc: { zones: 3, nat: ${nat} }\nfunctions: { put: { handler: src/put.ts, vpc: true, egress: internet } }`);
  expect(Object.keys(system.all('NatGateway'))).toEqual(gateways);
  expect([1, 2, 3].map((zone) => system.one(`VpcRouteTable${zone}Internet`).Properties)).toEqual(
    through.map((id, index) => ({
      RouteTableId: { Ref: `VpcRouteTable${index + 1}` },
      DestinationCidrBlock: '0.0.0.0/0',
      NatGatewayId: { Ref: id },
    })),
  );
  expect(Object.keys(system.all('Subnet')).filter((id) => id.includes('Public'))).toHaveLength(publicSubnets);
  expect(Object.keys(system.all('EIP'))).toHaveLength(publicSubnets);
  // Without the internet gateway a NAT gateway has no way out. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html
  for (const id of gateways) expect(system.one(id).DependsOn).toEqual(['VpcInternetGatewayAttachment']);
});

test('a regional NAT gateway names the VPC and no subnet', () => {
  expect(properties(`vpc: { nat: regional }\n${lone}`, 'VpcNat')).toEqual({
    AvailabilityMode: 'regional',
    ConnectivityType: 'public',
    VpcId: { Ref: 'Vpc' },
  });
});

test('flow logs are off with a reason, and on with a role that VPC alone takes for this account', () => {
  const off = made(lone);
  expect(off.all('FlowLog')).toEqual({});
  expect(off.one('Vpc').Metadata?.eventsystem.accepted?.map(({ rule }) => rule)).toEqual(['AwsSolutions-VPC7']);

  const on = made(`vpc: { flowLogs: { traffic: all, retention: 90 days } }\n${lone}`);
  expect(on.one('VpcFlowLog').Properties).toMatchObject({
    TrafficType: 'ALL',
    LogDestinationType: 'cloud-watch-logs',
    LogGroupName: { Ref: 'VpcFlowLogGroup' },
  });
  expect(on.one('VpcFlowLogGroup').Properties).toMatchObject({ RetentionInDays: 90 });
  expect(on.one('VpcFlowLogRole').Properties?.['AssumeRolePolicyDocument']).toMatchObject({
    Statement: [
      {
        Principal: { Service: 'vpc-flow-logs.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      },
    ],
  });
  expect(on.one('Vpc').Metadata?.eventsystem.accepted).toBeUndefined();
});

test('of an existing VPC nothing is made', () => {
  const existing =
    'vpc: { id: vpc-0a1b2c3d4e5f67890, subnets: [subnet-0a1b2c3d4e5f67890], securityGroups: [sg-0a1b2c3d4e5f67890], range: 10.9.0.0/16 }';
  const system = made(`${existing}\noutputs: { Vpc: $(vpc.id), Range: $(vpc.cidr), Subnets: $(vpc.subnets) }\n${lone}`);
  for (const type of ['VPC', 'Subnet', 'RouteTable', 'VPCEndpoint']) expect(system.all(type)).toEqual({});
  expect(system.template.Outputs).toEqual({
    Range: { Value: '10.9.0.0/16' },
    Subnets: { Value: 'subnet-0a1b2c3d4e5f67890' },
    Vpc: { Value: 'vpc-0a1b2c3d4e5f67890' },
  });
  expect(system.one('PutFunction').Properties?.['VpcConfig']).toEqual({
    SubnetIds: ['subnet-0a1b2c3d4e5f67890'],
    SecurityGroupIds: [{ 'Fn::GetAtt': ['VpcIsolatedSecurityGroup', 'GroupId'] }, 'sg-0a1b2c3d4e5f67890'],
  });
});

test('settings of the one kind of VPC are no settings of the other', () => {
  expect(
    foundIn(`vpc: { subnets: [subnet-0a1b2c3d4e5f67890], range: 10.0.0.0/16 }\n${lone}`).map((one) => one.split(' · ').slice(0, 2)),
  ).toEqual([
    ['setting-of-existing-vpc', 'subnets'],
    ['setting-of-existing-vpc', 'range'],
  ]);
  expect(
    foundIn(`vpc: { id: vpc-0a1b2c3d4e5f67890, cidr: 10.0.0.0/16, nat: one }\noutputs: { Range: $(vpc.cidr) }\n${lone}`).map((one) =>
      one.split(' · ').slice(0, 2),
    ),
  ).toEqual([
    ['existing-vpc-without-subnets', 'id'],
    ['setting-of-new-vpc', 'cidr'],
    ['setting-of-new-vpc', 'nat'],
    ['range-not-said', '$(vpc.cidr)'],
  ]);
});
