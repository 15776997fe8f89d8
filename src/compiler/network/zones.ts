import { address, type Address } from '../cloud/address.ts';
import type { Acceptance } from '../cloud/part.ts';
import { attribute, Select, Zones, type Value } from '../cloud/value.ts';
import type { Context } from '../resources/meaning.ts';
import type { AddressRange } from '../../schema/vpc.ts';

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
  if (typeof said === 'number')
    return Array.from({ length: said }, (_, index) => ({ number: index + 1, where: { AvailabilityZone: new Select(index, new Zones()) } }));
  return said.map((zone, index) => ({
    number: index + 1,
    where: /-az[0-9]$/.test(zone) ? { AvailabilityZoneId: zone } : { AvailabilityZone: zone },
  }));
}

export const subnetAddress = (zone: Zone, kind: '' | 'Public' = ''): Address<'AWS::EC2::Subnet'> =>
  address('AWS::EC2::Subnet', [], `Vpc${kind}Subnet${zone.number}`);

export const routeTableAddress = (zone: Zone): Address<'AWS::EC2::RouteTable'> =>
  address('AWS::EC2::RouteTable', [], `VpcRouteTable${zone.number}`);

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

/** A zone that the file names is meant to be fixed. */
export function named({ where }: Zone): { readonly accepted?: readonly Acceptance[] } {
  const fixed = 'AvailabilityZone' in where && typeof where.AvailabilityZone === 'string';
  return fixed ? { accepted: [{ rule: 'W3010', reason: 'The file names its zones.' }] } : {};
}

/** The VPC’s own range, as CloudFormation knows it. */
export const vpcRange = attribute(vpcAddress, 'CidrBlock');
