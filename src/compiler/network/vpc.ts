import { address } from '../cloud/address.ts';
import { resource, type Part, type Resource } from '../cloud/part.ts';
import { ref } from '../cloud/value.ts';
import type { Context } from '../resources/meaning.ts';
import { tagList } from '../resources/tags.ts';
import { flowLogParts } from './flow-logs.ts';
import { natParts } from './nat.ts';
import { named, rangeOf, routeTableAddress, subnetAddress, subnetRange, vpcAddress, written, zonesOf } from './zones.ts';

/** A VPC of our own: isolated subnets in each zone, and nothing that leads to the internet unless it is asked for. */
export function vpcParts(context: Context): readonly Part[] {
  const { model } = context;
  const because = model.root.at('vpc').key ?? context.members[0]?.because ?? model.root.place;
  const from = { because, path: 'vpc' };
  const tags = tagList(undefined, context);
  const range = rangeOf(context);
  const flowLogs = model.settings.vpc?.flowLogs ?? model.strict;
  const logged = flowLogs !== false;
  const vpc: Resource = resource(
    vpcAddress,
    { CidrBlock: written(range), EnableDnsHostnames: true, EnableDnsSupport: true, ...tags },
    {
      ...from,
      ...(!logged && {
        accepted: [{ rule: 'AwsSolutions-VPC7', reason: 'Flow logs cost by volume; `vpc: { flowLogs: true }` turns them on.' }],
      }),
    },
  ) as unknown as Resource;
  return [
    vpc,
    ...zonesOf(context).flatMap((zone): readonly Part[] => [
      resource(
        subnetAddress(zone),
        { VpcId: ref(vpcAddress), CidrBlock: subnetRange(range, zone, ''), ...zone.where, MapPublicIpOnLaunch: false, ...tags } as never,
        { ...from, ...named(zone) },
      ),
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
