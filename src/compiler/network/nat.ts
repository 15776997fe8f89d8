import { address } from '../cloud/address.ts';
import { resource, type Part } from '../cloud/part.ts';
import { attribute, ref } from '../cloud/value.ts';
import type { Context } from '../resources/meaning.ts';
import { tagList } from '../resources/tags.ts';
import type { Place } from '../text/source-text.ts';
import { named, rangeOf, routeTableAddress, subnetAddress, subnetRange, vpcAddress, zonesOf, type Zone } from './zones.ts';

const gateway = address('AWS::EC2::InternetGateway', [], 'VpcInternetGateway');
const attachment = address('AWS::EC2::VPCGatewayAttachment', [], 'VpcInternetGatewayAttachment');
const publicTable = address('AWS::EC2::RouteTable', [], 'VpcPublicRouteTable');
const natAddress = (zone: Zone | undefined) => address('AWS::EC2::NatGateway', [], `VpcNat${zone?.number ?? ''}`);

/** A road to the internet for functions that need one: none, one for all zones, one in each, or one that spans them. */
export function natParts(context: Context, from: { readonly because: Place; readonly path: string }): readonly Part[] {
  const nat = context.model.settings.vpc?.nat ?? 'none';
  if (nat === 'none') return [];
  const zones = zonesOf(context);
  const tags = tagList(undefined, context);
  const dependsOn = [attachment];
  const withNat = nat === 'regional' ? [] : nat === 'one' ? zones.slice(0, 1) : zones;
  const natOf = (zone: Zone) =>
    natAddress(nat === 'regional' ? undefined : (withNat.find((one) => one.number === zone.number) ?? withNat[0]));
  return [
    resource(gateway, { ...tags }, from),
    resource(attachment, { VpcId: ref(vpcAddress), InternetGatewayId: ref(gateway) }, from),
    // A regional NAT gateway needs no subnet; it finds the internet gateway itself.
    // https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html
    ...(nat === 'regional'
      ? [
          resource(
            natAddress(undefined),
            { AvailabilityMode: 'regional', ConnectivityType: 'public', VpcId: ref(vpcAddress), ...tags },
            { ...from, dependsOn },
          ),
        ]
      : []),
    ...(withNat.length > 0
      ? [
          resource(publicTable, { VpcId: ref(vpcAddress), ...tags }, from),
          resource(
            address('AWS::EC2::Route', [], 'VpcPublicRoute'),
            { RouteTableId: ref(publicTable), DestinationCidrBlock: '0.0.0.0/0', GatewayId: ref(gateway) },
            { ...from, dependsOn },
          ),
        ]
      : []),
    ...withNat.flatMap((zone) => zoneParts(zone, context, from)),
    ...zones.map((zone) =>
      resource(
        address('AWS::EC2::Route', [], `VpcRouteTable${zone.number}Internet`),
        { RouteTableId: ref(routeTableAddress(zone)), DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: ref(natOf(zone)) },
        from,
      ),
    ),
  ];
}

function zoneParts(zone: Zone, context: Context, from: { readonly because: Place; readonly path: string }): readonly Part[] {
  const tags = tagList(undefined, context);
  const subnet = subnetAddress(zone, 'Public');
  const eip = address('AWS::EC2::EIP', [], `VpcNat${zone.number}Address`);
  return [
    resource(
      subnet,
      {
        VpcId: ref(vpcAddress),
        CidrBlock: subnetRange(rangeOf(context), zone, 'Public'),
        ...zone.where,
        MapPublicIpOnLaunch: false,
        ...tags,
      } as never,
      { ...from, ...named(zone) },
    ),
    resource(
      address('AWS::EC2::SubnetRouteTableAssociation', [], `VpcPublicSubnet${zone.number}Association`),
      { SubnetId: ref(subnet), RouteTableId: ref(publicTable) },
      from,
    ),
    resource(eip, { Domain: 'vpc', ...tags }, { ...from, dependsOn: [attachment] }),
    resource(
      natAddress(zone),
      { AllocationId: attribute(eip, 'AllocationId'), SubnetId: ref(subnet), ...tags },
      { ...from, dependsOn: [attachment] },
    ),
  ];
}
