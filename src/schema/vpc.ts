import { count, duration, flag, forms, interpolatedText, list, object, or, reading, text, word } from './kit.ts';
import { Misread } from './kit.ts';

const PAGE = 'https://docs.aws.amazon.com/vpc/latest/userguide';

/** An IPv4 range: its first address as a number, and how many of its bits are fixed. */
export interface AddressRange {
  readonly first: number;
  readonly bits: number;
}

const cidr = reading<AddressRange>('The address range, /16 to /24.', {
  pattern: '^[0-9]{1,3}(\\.[0-9]{1,3}){3}/[0-9]{1,2}$',
  means: 'an IPv4 range such as 10.20.0.0/16',
  examples: ['10.0.0.0/16', '10.20.0.0/16'],
  aws: 'AWS::EC2::VPC CidrBlock',
  page: `${PAGE}/vpc-cidr-blocks.html`,
  also: ['CidrBlock', 'cidrBlock', 'ipAddresses'],
  usually: '10.0.0.0/16',
  read: (written) => {
    const [address = '', length = ''] = written.split('/');
    const bytes = address.split('.').map(Number);
    const bits = Number(length);
    if (bytes.some((byte) => byte > 255)) return new Misread('Each of the four numbers is at most 255.');
    if (bits < 16 || bits > 24)
      return new Misread('A VPC can have a range from /16 to /28; up to /24 there is room for six zones and their subnets.');
    const first = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
    if (first % 2 ** (32 - bits) !== 0)
      return new Misread(`It does not start at a multiple of its size: the bits after /${bits} must be zero.`);
    return { first, bits };
  },
});

const id = (prefix: string, what: string) =>
  text(what, {
    pattern: `^${prefix}-[0-9a-f]{8,17}$`,
    means: `an ID such as ${prefix}-0a1b2c3d4e5f67890`,
    examples: [`${prefix}-0a1b2c3d4e5f67890`],
  });

export const vpc = object(
  'The network for functions that need one: for databases, and for private calls to AWS through VPC endpoints. It is created as soon as something needs it; declare it to choose its range and zones, or to use an existing one.',
  {
    cidr,
    zones: forms(
      'How many Availability Zones, or which: by name or by ID.',
      {
        count: count('How many zones.', { from: 1, to: 6 }),
        list: list(
          'Which zones.',
          text('A zone by name or by ID.', {
            pattern: '^([a-z]{2,4}(-[a-z]+)+-[0-9][a-z]|[a-z]{3,4}[0-9]-az[0-9])$',
            means: 'a zone such as eu-central-1a or euc1-az2',
            examples: ['eu-central-1a', 'euc1-az1'],
          }),
          { min: 1, max: 6 },
        ),
      },
      { aws: 'AWS::EC2::Subnet AvailabilityZone', also: ['maxAzs', 'AvailabilityZones', 'az', 'azs'], usually: '2' },
    ),
    nat: or(
      word(
        'A way to the internet for functions with `egress: internet`. VPC endpoints need none.',
        {
          none: 'No internet at all.',
          one: 'One NAT gateway in the first zone, about $33 a month plus data.',
          'per-zone': 'One NAT gateway in each zone.',
          regional: 'One regional NAT gateway that spans the zones automatically.',
        },
        { aws: 'AWS::EC2::NatGateway', page: `${PAGE}/vpc-nat-gateway.html`, also: ['natGateways', 'NatGateway'] },
      ),
      'none',
    ),
    flowLogs: forms(
      'VPC flow logs, in CloudWatch Logs. Billed by volume. On with `strict: true`.',
      {
        flag: flag('Rejected connections, kept 30 days.'),
        object: object('Which connections are logged, and for how long they are kept.', {
          traffic: or(
            word(
              'Which connections.',
              { all: 'All.', accept: 'Accepted ones.', reject: 'Rejected ones.' },
              { aws: 'AWS::EC2::FlowLog TrafficType', also: ['TrafficType'] },
            ),
            'reject',
          ),
          retention: or(
            duration('How long they are kept.', { words: ['forever'], from: 86_400, to: 3653 * 86_400, examples: ['30 days'] }),
            2_592_000,
          ),
        }),
      },
      { aws: 'AWS::EC2::FlowLog', page: `${PAGE}/flow-logs.html`, also: ['FlowLogs', 'flowLog'] },
    ),
    id: {
      ...id('vpc', 'The ID of an existing VPC. It needs `subnets`, and no network is created.'),
      aws: 'AWS::EC2::VPC',
      also: ['vpcId', 'VpcId'],
    },
    subnets: list('The subnets of the existing VPC that the functions run in.', id('subnet', 'A subnet.'), {
      min: 1,
      max: 16,
      also: ['subnetIds', 'SubnetIds', 'vpcSubnets'],
    }),
    securityGroups: list(
      'Security groups that every function in the existing VPC gets in addition to its own.',
      id('sg', 'A security group.'),
      {
        max: 4,
        also: ['securityGroupIds', 'SecurityGroupIds'],
      },
    ),
    routeTables: list('The route tables of the subnets, for gateway endpoints.', id('rtb', 'A route table.'), {
      min: 1,
      also: ['routeTableIds', 'RouteTableIds'],
    }),
    range: interpolatedText('The address range of the existing VPC; a private API admits it.', { also: ['vpcCidr'] }),
  },
  {
    id: 'vpc',
    without: { endpoints: 'it is a section of its own, beside `vpc`' },
    empty: true,
    aws: 'AWS::EC2::VPC',
    page: `${PAGE}/what-is-amazon-vpc.html`,
    also: ['network', 'Vpc', 'VpcConfig'],
  },
);
