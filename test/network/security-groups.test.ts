import { expect, test } from 'vitest';
import { described } from '../../src/compiler/network/security-groups.ts';
import { foundIn, made, type Made } from './compiled.ts';

const groupOf = (system: Made, id: string) => {
  const config = system.one(id).Properties?.['VpcConfig'] as
    { readonly SecurityGroupIds: readonly { readonly 'Fn::GetAtt': readonly string[] }[] } | undefined;
  return config?.SecurityGroupIds[0]?.['Fn::GetAtt'][0];
};
const put = (settings: string) => `streams: { orders: }\nfunctions: { put: { handler: src/put.ts, vpc: true, ${settings} } }`;
const group = (id: string) => ({ 'Fn::GetAtt': [id, 'GroupId'] });

test('a function and the endpoint it uses each have one rule, for the other and one port', () => {
  const system = made(put('access: { orders: write }'));
  expect(system.all('SecurityGroupEgress')).toEqual({
    KinesisStreamsEndpointEgress: {
      GroupId: group('KinesisStreamsEndpointClientsSecurityGroup'),
      IpProtocol: 'tcp',
      FromPort: 443,
      ToPort: 443,
      DestinationSecurityGroupId: group('KinesisStreamsEndpointSecurityGroup'),
      Description: 'To kinesis-streams',
    },
  });
  expect(system.all('SecurityGroupIngress')).toEqual({
    KinesisStreamsEndpointIngress: {
      GroupId: group('KinesisStreamsEndpointSecurityGroup'),
      IpProtocol: 'tcp',
      FromPort: 443,
      ToPort: 443,
      SourceSecurityGroupId: group('KinesisStreamsEndpointClientsSecurityGroup'),
      Description: 'From functions that go to kinesis-streams',
    },
  });
});

test('no group is without a rule of its own that leads nowhere: an empty list would let everything out', () => {
  const system = made(`databases: { ledger: { engine: postgres } }\n${put('access: { orders: write, ledger: connect }')}`);
  const groups = Object.values(system.all('SecurityGroup'));
  expect(groups.length).toBeGreaterThan(3);
  for (const one of groups) expect(one['SecurityGroupEgress']).toMatchObject([{ IpProtocol: 'icmp', CidrIp: '255.255.255.255/32' }]);
  for (const one of groups) expect(one).not.toHaveProperty('SecurityGroupIngress');
});

test('functions that go to the same places share a group, however they say it', () => {
  const system = made(`streams: { a: {}, b: {} }
functions:
  one: { handler: src/one.ts, access: { a: write }, vpc: true, allow: [dynamodb:GetItem on table/carts], egress: 9094 to 10.0.0.0/8 }
  two: { handler: src/two.ts, allow: [dynamodb:Query on table/other], egress: [9094 to 10.0.0.0/8], access: { b: read }, vpc: true }
  three: { handler: src/three.ts, access: { b: read }, vpc: true }
  four: { handler: src/four.ts, vpc: true }`);
  expect(groupOf(system, 'OneFunction')).toBe(groupOf(system, 'TwoFunction'));
  expect(new Set(['One', 'Three', 'Four'].map((name) => groupOf(system, `${name}Function`))).size).toBe(3);
  expect(groupOf(system, 'FourFunction')).toBe('VpcIsolatedSecurityGroup');
});

test('egress leads to a range, a group or a prefix list, at its port', () => {
  const system = made(
    `vpc: { nat: one }\n${put('egress: [internet, 9094 to 10.0.0.0/8, 5432 to sg-0a1b2c3d4e5f67890, 6379 to pl-0a1b2c3d4e5f67890]')}`,
  );
  const rules = Object.values(system.all('SecurityGroupEgress')).map(
    ({ GroupId: _, Description: __, IpProtocol, FromPort, ToPort, ...to }) => [IpProtocol, FromPort, ToPort, to],
  );
  expect(rules).toHaveLength(4);
  expect(rules).toEqual(
    expect.arrayContaining([
      ['tcp', 443, 443, { CidrIp: '0.0.0.0/0' }],
      ['tcp', 9094, 9094, { CidrIp: '10.0.0.0/8' }],
      ['tcp', 5432, 5432, { DestinationSecurityGroupId: 'sg-0a1b2c3d4e5f67890' }],
      ['tcp', 6379, 6379, { DestinationPrefixListId: 'pl-0a1b2c3d4e5f67890' }],
    ]),
  );
  expect(system.all('SecurityGroupIngress')).toEqual({});
});

test('a gateway is reached by its prefix list where that is known, else by any address: isolated subnets have no other road', () => {
  const reads = put("allow: ['s3:GetObject on arn:aws:s3:::reports/one']");
  const rule = (system: string) => made(system).one('S3EndpointEgress').Properties;
  expect(rule(`region: eu-central-1\n${reads}`)).toMatchObject({ DestinationPrefixListId: 'pl-6ea54007', FromPort: 443 });
  expect(rule(reads)).toMatchObject({ CidrIp: '0.0.0.0/0', FromPort: 443 });
  expect(rule(`region: eu-north-1\n${reads}`)).toMatchObject({ CidrIp: '0.0.0.0/0' });
  expect(foundIn(reads)).toEqual([]);
});

test('with a NAT a rule to any address leads to the internet, which is said, unless the function goes there anyway', () => {
  const found = (system: string) => foundIn(system).map((one) => one.split(' · ')[0]);
  const s3 = "'s3:GetObject on arn:aws:s3:::reports/one'";
  expect(found(`vpc: { nat: one }\n${put(`allow: [${s3}]`)}`)).toEqual(['prefix-list-unknown']);
  expect(found(`region: eu-central-1\nvpc: { nat: one }\n${put(`allow: [${s3}]`)}`)).toEqual([]);
  expect(found(`vpc: { nat: one }\n${put(`allow: [${s3}], egress: internet`)}`)).toEqual([]);
  expect(found(`vpc: { nat: one }\n${put(`allow: [${s3}], access: { orders: write }`)}`)).toEqual([]);
});

const services = [
  'dynamodb:GetItem on table/a',
  'athena:GetWorkGroup on workgroup/a',
  'events:PutEvents on event-bus/a',
  'sns:Publish on arn:aws:sns:eu-central-1:123456789012:a',
  'sqs:SendMessage on arn:aws:sqs:eu-central-1:123456789012:a',
  'states:StartExecution on stateMachine:a',
];
const allow = `allow: [${services.map((one) => `'${one}'`).join(', ')}]`;

test('a set of places too long for a name is a group of the function’s own, which others do not touch and which outlives its destinations', () => {
  const system = (more: string) =>
    `streams: { orders: }\nfunctions:\n  put: { handler: src/put.ts, vpc: true, access: { orders: write }, ${allow} }${more}`;
  const [alone, beside] = [
    made(system('')),
    made(system(`\n  add: { handler: src/add.ts, vpc: true, access: { orders: write }, ${allow} }`)),
  ];
  expect(groupOf(alone, 'PutFunction')).toBe('PutFunctionSecurityGroup');
  expect(beside.one('PutFunctionSecurityGroup')).toEqual(alone.one('PutFunctionSecurityGroup'));
  expect(groupOf(beside, 'AddFunction')).toBe('AddFunctionSecurityGroup');
  const more = made(system('').replace('put: {', "put: { egress: '9094 to 10.0.0.0/8',"));
  expect(more.one('PutFunctionSecurityGroup').Properties).toEqual(alone.one('PutFunctionSecurityGroup').Properties);
  expect(Object.keys(alone.all('SecurityGroupEgress')).filter((id) => id.startsWith('PutFunction'))).toHaveLength(7);
});

test('no logical id is longer than CloudFormation takes', () => {
  const long = (letter: string) => `${letter}${'-1-2-3-4-5-6-7-8-9'.repeat(2)}-12345678`;
  const names = ['a', 'b', 'c', 'd'].map(long);
  const system = made(
    `databases:\n${names.map((name) => `  ${name}: { engine: postgres }`).join('\n')}\nfunctions: { put: { handler: src/put.ts, access: { ${names.map((name) => `${name}: connect`).join(', ')} } } }`,
  );
  expect(groupOf(system, 'PutFunction')).toBe('PutFunctionSecurityGroup');
  expect(Object.keys(system.template.Resources).filter((id) => id.length > 255)).toEqual([]);
});

test('where a function wants to go and the VPC does not lead is found', () => {
  expect(foundIn(put('egress: [internet, "443 to 2001:db8::/32", 9094 to 10.0.0.1/8, 1 to 300.0.0.0/8, 1 to 10.0.0.0/33]'))).toEqual([
    'internet-without-nat · internet · `put` needs to reach the internet, but the VPC has no NAT.',
    'range-of-ipv6 · 443 to 2001:db8::/32 · `2001:db8::/32` is an IPv6 range, and the VPC has IPv4 only.',
    'range-is-no-range · 9094 to 10.0.0.1/8 · `10.0.0.1/8` is not a valid CIDR range: the bits after /8 are not zero.',
    'range-is-no-range · 1 to 300.0.0.0/8 · `300.0.0.0/8` is not a valid CIDR range: each of the four numbers is at most 255.',
    'range-is-no-range · 1 to 10.0.0.0/33 · `10.0.0.0/33` is not a valid CIDR range: an address has 32 bits.',
  ]);
  const existing = 'vpc: { id: vpc-0a1b2c3d4e5f67890, subnets: [subnet-0a1b2c3d4e5f67890] }';
  expect(foundIn(`${existing}\n${put('egress: [internet, "443 to 2001:db8::/32"]')}`)).toEqual([]);
});

test('rules are counted before CloudFormation refuses them, out of a function and into an endpoint', () => {
  const ports = (count: number) => Array.from({ length: count }, (_, index) => `${index + 1} to 10.0.0.0/8`).join(', ');
  expect(foundIn(put(`egress: [${ports(59)}]`))).toEqual([]);
  expect(foundIn(put(`egress: [${ports(60)}]`))).toEqual([
    'too-many-rules · put · `put` connects to 60 destinations; a security group can have 60 rules.',
  ]);
  const clients = (count: number) =>
    `streams: { orders: }\nfunctions:\n${Array.from({ length: count }, (_, index) => `  f${index}: { handler: src/f.ts, vpc: true, access: { orders: write }, egress: ${index + 1} to 10.0.0.0/8 }`).join('\n')}`;
  expect(foundIn(clients(60))).toEqual([]);
  expect(foundIn(clients(61))).toEqual([
    'too-many-rules · orders · The endpoint of `kinesis-streams` would admit 61 ranges and groups of functions; a security group can have 60 rules.',
  ]);
});

test('the endpoint of a private API admits the VPC, or who is said', () => {
  const api = (is: string) =>
    `apis: { inner: { type: rest, private: ${is}, authorizer: iam, logs: false, routes: { GET /things: src/get.ts } } }`;
  const sources = (system: string) =>
    Object.values(made(system).all('SecurityGroupIngress')).map(({ CidrIp, SourceSecurityGroupId }) => CidrIp ?? SourceSecurityGroupId);
  expect(sources(api('true'))).toEqual([{ 'Fn::GetAtt': ['Vpc', 'CidrBlock'] }]);
  expect(sources(api('{ from: [10.1.0.0/16, sg-0a1b2c3d4e5f67890] }'))).toEqual(['10.1.0.0/16', 'sg-0a1b2c3d4e5f67890']);
  const existing = 'vpc: { id: vpc-0a1b2c3d4e5f67890, subnets: [subnet-0a1b2c3d4e5f67890] }';
  expect(foundIn(`${existing}\n${api('true')}`)).toEqual([
    'range-not-said · private · The address range of this VPC is not known: add `range`.',
  ]);
  expect(foundIn(`${existing}\n${api('{ from: [10.1.0.0/16] }')}`)).toEqual([]);
});

test('a description holds what EC2 takes', () => {
  expect(described('Größe’s “place”')).toBe('Gr--e-s -place-');
  expect(described('x'.repeat(300))).toHaveLength(255);
});
