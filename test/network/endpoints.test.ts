import { expect, test } from 'vitest';
import { endpointPlan } from '../../src/compiler/network/plan.ts';
import { isGateway, roadFor } from '../../src/compiler/network/services.ts';
import { findingsOf, foundIn, made } from './compiled.ts';

const put = 'streams: { orders: }\nfunctions: { put: { handler: src/put.ts, vpc: true, access: { orders: write } } }';
const allowed = (...lines: readonly string[]) =>
  `functions: { put: { handler: src/put.ts, vpc: true, allow: [${lines.map((line) => `'${line}'`).join(', ')}] } }`;
const KINESIS = 'kinesis:PutRecord on arn:aws:kinesis:eu-central-1:123456789012:stream/a';
const existing = 'id: vpc-0a1b2c3d4e5f67890, subnets: [subnet-0a1b2c3d4e5f67890, subnet-0a1b2c3d4e5f67891]';
const planned = (system: string) => endpointPlan(made(system).context).map(({ service }) => service);

test('an action leads to the endpoint of its service, by the endpoint’s name', () => {
  expect(
    [
      'kinesis:PutRecord',
      'cloudwatch:PutMetricData',
      'ses:SendEmail',
      'sqs:SendMessage',
      'sagemaker:InvokeEndpoint',
      'bedrock:InvokeModel',
    ].map(roadFor),
  ).toEqual(['kinesis-streams', 'monitoring', 'email', 'sqs', 'sagemaker.runtime', 'bedrock-runtime'].map((service) => ({ service })));
  expect(['s3:GetObject', 'dynamodb:Query'].map(roadFor)).toEqual([{ gateway: 's3' }, { gateway: 'dynamodb' }]);
  // The connection is the database’s own, and the token is signed without a call.
  expect(roadFor('rds-db:connect')).toBe('none');
  expect(['route53:ListHostedZones', 'constructor:Call', 'kinesis'].map(roadFor)).toEqual([
    'unknown',
    'unknown',
    { service: 'kinesis-streams' },
  ]);
  expect(['s3', 'dynamodb', 'kinesis-streams'].map(isGateway)).toEqual([true, true, false]);
});

test('auto makes what the functions in the VPC call, and nothing for the others', () => {
  expect(
    planned(
      `${put.slice(0, -1)}, sold: { handler: src/sold.ts, allow: ['sqs:SendMessage on arn:aws:sqs:eu-central-1:123456789012:jobs'] } }`,
    ),
  ).toEqual(['kinesis-streams']);
  expect(planned(allowed('dynamodb:GetItem on table/carts', 's3:GetObject on arn:aws:s3:::reports/one', KINESIS))).toEqual([
    'dynamodb',
    'kinesis-streams',
    's3',
  ]);
});

test('with a NAT auto makes the free ones alone, and the rest goes through the NAT', () => {
  const system = `region: eu-central-1\nvpc: { nat: one }\n${allowed('s3:GetObject on arn:aws:s3:::reports/one', KINESIS)}`;
  expect(planned(system)).toEqual(['s3']);
  expect(made(system).all('SecurityGroupEgress')).toMatchObject({
    S3Endpoint443ToAnywhereRouteEgress: { CidrIp: '0.0.0.0/0', FromPort: 443, ToPort: 443 },
  });
  expect(foundIn(system)).toEqual([]);
});

test('a service nobody knows an endpoint of goes through the NAT too; without one its road is not proven', () => {
  const route53 = allowed('route53:ListHostedZones on *');
  expect(Object.values(made(`vpc: { nat: one }\n${route53}`).all('SecurityGroupEgress'))).toMatchObject([
    { CidrIp: '0.0.0.0/0', FromPort: 443 },
  ]);
  expect(foundIn(route53).map((one) => one.split(' · ')[0])).toEqual(['road-unknown']);
});

test('a gateway endpoint is a route in every table; an interface stands in every zone, or in as many as are said', () => {
  const gateway = made(allowed('dynamodb:GetItem on table/carts')).one('DynamodbEndpoint').Properties;
  expect(gateway).toMatchObject({ VpcEndpointType: 'Gateway', RouteTableIds: [{ Ref: 'VpcRouteTable1' }, { Ref: 'VpcRouteTable2' }] });
  expect(gateway).not.toHaveProperty('SubnetIds');
  expect(made(put).one('KinesisStreamsEndpoint').Properties).toMatchObject({
    VpcEndpointType: 'Interface',
    ServiceName: { 'Fn::Sub': 'com.amazonaws.${AWS::Region}.kinesis-streams' },
    SubnetIds: [{ Ref: 'VpcSubnet1' }, { Ref: 'VpcSubnet2' }],
    SecurityGroupIds: [{ 'Fn::GetAtt': ['KinesisStreamsEndpointSecurityGroup', 'GroupId'] }],
    PrivateDnsEnabled: true,
  });
  expect(
    made(`vpc: { zones: 3 }\nendpoints: { kinesis-streams: { zones: 1, privateDns: false } }\n${put}`).one('KinesisStreamsEndpoint')
      .Properties,
  ).toMatchObject({ SubnetIds: [{ Ref: 'VpcSubnet1' }], PrivateDnsEnabled: false });
});

test('the data endpoint of IoT, whose name leads elsewhere, is made only where it is listed, and without what it does not take', () => {
  const publish = allowed('iot:Publish on topic/sold');
  const [found] = findingsOf(publish);
  expect([found?.code, found?.fix?.title]).toEqual(['unreachable-service', 'Write `vpc: { nat: one }`']);
  const listed = made(`endpoints: [iot.data]\n${publish}`).one('IotXh2edataEndpoint').Properties;
  expect(listed).toMatchObject({ PrivateDnsEnabled: false });
  expect(listed).not.toHaveProperty('PolicyDocument');
});

test('in an existing VPC endpoints are made where they are listed: in its subnets and its route tables', () => {
  const system = made(
    `vpc: { ${existing}, routeTables: [rtb-0a1b2c3d4e5f67890] }\nendpoints: [dynamodb, kinesis-streams]\n${allowed('dynamodb:GetItem on table/carts', KINESIS)}`,
  );
  expect(system.one('DynamodbEndpoint').Properties).toMatchObject({
    VpcId: 'vpc-0a1b2c3d4e5f67890',
    RouteTableIds: ['rtb-0a1b2c3d4e5f67890'],
  });
  expect(system.one('KinesisStreamsEndpoint').Properties).toMatchObject({
    SubnetIds: ['subnet-0a1b2c3d4e5f67890', 'subnet-0a1b2c3d4e5f67891'],
  });
  expect(foundIn(`vpc: { ${existing} }\nendpoints: [s3]\n${allowed('s3:GetObject on arn:aws:s3:::reports/one')}`)).toEqual([
    'gateway-without-route-tables · s3 · The endpoint for `s3` needs the `routeTables` of the VPC.',
  ]);
});

test('in an existing VPC without endpoints of ours one hint says what is not proven, and the calls may leave', () => {
  const system = `vpc: { ${existing} }\n${put.slice(0, -1)}, get: { handler: src/get.ts, vpc: true, allow: ['route53:ListHostedZones on *', 'sqs:SendMessage on arn:aws:sqs:eu-central-1:123456789012:jobs'] } }`;
  expect(foundIn(system)).toEqual([
    'not-proven · vpc · The VPC already exists, so the compiler cannot check that these calls get through: `get` to `route53`; `get` to `sqs`; `put` to `kinesis-streams`.',
  ]);
  expect(Object.values(made(system).all('SecurityGroupEgress'))).toMatchObject([{ CidrIp: '0.0.0.0/0', FromPort: 443, ToPort: 443 }]);
});

test('with an explicit list, a call without a road is an error that says who does what', () => {
  const others =
    'streams: { orders: }\nfunctions: { put: { handler: src/put.ts, vpc: true, access: { orders: [read, PutRecord], other: invoke } }, other: { handler: src/other.ts, vpc: true, access: { orders: write } } }';
  expect(foundIn(`endpoints: none\n${others}`).map((one) => one.split(' · ').slice(1))).toEqual([
    [
      'orders',
      '`put` runs in the VPC and calls `kinesis:DescribeStreamSummary`, but there is no `kinesis-streams` endpoint and no NAT: every call would time out.',
    ],
    [
      'orders',
      '`put` runs in the VPC and calls `kinesis:PutRecord`, but there is no `kinesis-streams` endpoint and no NAT: every call would time out.',
    ],
    ['other', '`put` runs in the VPC and invokes `other`, but there is no `lambda` endpoint and no NAT: every call would time out.'],
    [
      'orders',
      '`other` runs in the VPC and writes to stream `orders`, but there is no `kinesis-streams` endpoint and no NAT: every call would time out.',
    ],
  ]);
  expect(foundIn(`endpoints: [sqs]\n${put}`)).toEqual([
    'unused-endpoint · sqs · No function in the VPC calls `sqs`, and its endpoint is billed by the hour.',
    'unreachable-service · orders · `put` runs in the VPC and writes to stream `orders`, but there is no `kinesis-streams` endpoint and no NAT: every call would time out.',
  ]);
  expect(foundIn(`vpc: { nat: one }\nendpoints: none\n${put}`)).toEqual([]);
});

test('an endpoint stands in no more zones than there are', () => {
  expect(foundIn(`endpoints: { kinesis-streams: { zones: 3 } }\n${put}`)).toEqual([
    'more-zones-than-there-are · 3 · The endpoint needs 3 zones, but the VPC has 2.',
  ]);
});
