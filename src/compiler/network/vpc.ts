import { address, type Address } from '../cloud/address.ts';
import { resource, type Acceptance, type Part, type Resource } from '../cloud/part.ts';
import { attribute, ref, Select, Zones, type Value } from '../cloud/value.ts';
import type { Context } from '../resources/meaning.ts';
import { tagList } from '../resources/tags.ts';
import type { AddressRange } from '../../schema/vpc.ts';
import { flowLogParts } from './flow-logs.ts';
import { natParts } from './nat.ts';

type Surroundings = Omit<Context, 'network'>;

export const vpcAddress: Address<'AWS::EC2::VPC'> = address('AWS::EC2::VPC', [], 'Vpc');

const DEFAULT_RANGE: AddressRange = { first: 10 * 2 ** 24, bits: 16 };

/** An availability zone of the VPC, counted from 1: what is in it keeps its ids when another zone is added. */
export interface Zone {
  readonly number: number;
  readonly where: { readonly AvailabilityZone: Value } | { readonly AvailabilityZoneId: Value };
}

export function zonesOf({ model }: Surroundings): readonly Zone[] {
  const said = model.settings.vpc?.zones ?? 2;
  if (typeof said === 'number') return Array.from({ length: said }, (_, index) => ({ number: index + 1, where: { AvailabilityZone: new Select(index, new Zones()) } }));
  return said.map((zone, index) => ({ number: index + 1, where: /-az[0-9]$/.test(zone) ? { AvailabilityZoneId: zone } : { AvailabilityZone: zone } }));
}

export const subnetAddress = (zone: Zone, kind: '' | 'Public' = ''): Address<'AWS::EC2::Subnet'> => address('AWS::EC2::Subnet', [], `Vpc${kind}Subnet${zone.number}`);

export const routeTableAddress = (zone: Zone): Address<'AWS::EC2::RouteTable'> => address('AWS::EC2::RouteTable', [], `VpcRouteTable${zone.number}`);

/** The range of a zone’s subnet: one of sixteen equal parts, private ones from the front, public ones from the middle. */
export function subnetRange({ first, bits }: AddressRange, zone: Zone, kind: '' | 'Public'): string {
  const block = zone.number - 1 + (kind === 'Public' ? 8 : 0);
  return written({ first: first + block * 2 ** (32 - bits - 4), bits: bits + 4 });
}

export function written({ first, bits }: AddressRange): string {
  return `${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.')}/${bits}`;
}

export function rangeOf({ model }: Surroundings): AddressRange {
  return model.settings.vpc?.cidr ?? DEFAULT_RANGE;
}

/** A VPC of our own: isolated subnets in each zone, and nothing that leads to the internet unless it is asked for. */
export function vpcParts(context: Context): readonly Part[] {
  const { model } = context;
  const because = model.root.at('vpc').key ?? context.members[0]?.because ?? model.root.place;
  const from = { because, path: 'vpc' };
  const tags = tagList(undefined, context);
  const range = rangeOf(context);
  const flowLogs = model.settings.vpc?.flowLogs;
  const logged = flowLogs !== undefined && flowLogs !== false;
  const vpc: Resource = resource(
    vpcAddress,
    { CidrBlock: written(range), EnableDnsHostnames: true, EnableDnsSupport: true, ...tags },
    { ...from, ...(!logged && { accepted: [{ rule: 'AwsSolutions-VPC7', reason: 'Flow logs cost by volume; `vpc: { flowLogs: true }` turns them on.' }] }) },
  ) as unknown as Resource;
  return [
    vpc,
    ...zonesOf(context).flatMap((zone): readonly Part[] => [
      resource(subnetAddress(zone), { VpcId: ref(vpcAddress), CidrBlock: subnetRange(range, zone, ''), ...zone.where, MapPublicIpOnLaunch: false, ...tags } as never, { ...from, ...named(zone) }),
      resource(routeTableAddress(zone), { VpcId: ref(vpcAddress), ...tags }, from),
      resource(
        address('AWS::EC2::SubnetRouteTableAssociation', [], `VpcRouteTable${zone.number}Association`),
        { SubnetId: ref(subnetAddress(zone)), RouteTableId: ref(routeTableAddress(zone)) },
        from,
      ),
    ]),
    ...natParts(context, from),
    ...(logged ? flowLogParts(flowLogs === true ? {} : flowLogs, context, from) : []),
  ];
}

/** A zone that the file names is meant to be fixed. */
export function named({ where }: Zone): { readonly accepted?: readonly Acceptance[] } {
  const fixed = 'AvailabilityZone' in where && typeof where.AvailabilityZone === 'string';
  return fixed ? { accepted: [{ rule: 'W3010', reason: 'The file names its zones.' }] } : {};
}

/** The VPC’s own range, as CloudFormation knows it. */
export const vpcRange = attribute(vpcAddress, 'CidrBlock');
