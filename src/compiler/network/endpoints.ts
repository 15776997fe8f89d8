import { address } from '../cloud/address.ts';
import { resource, type Part } from '../cloud/part.ts';
import { attribute, ref, region, text, type Value } from '../cloud/value.ts';
import type { Context } from '../resources/meaning.ts';
import { tagList } from '../resources/tags.ts';
import { endpointPolicy } from './endpoint-policies.ts';
import { endpointPlan, type PlannedEndpoint } from './plan.ts';
import { described, endpointGroup, NOWHERE } from './security-groups.ts';
import { standsAlone } from './services.ts';
import { routeTableAddress, zonesOf } from './zones.ts';

/** The endpoints of the VPC, each with a policy, and for interfaces a security group that admits only who uses them. */
export function endpointParts(context: Context): readonly Part[] {
  return endpointPlan(context).flatMap((planned) => {
    const written = context.model.root.at('endpoints').parts.get(planned.service);
    const because = written?.key ?? planned.places[0] ?? context.model.root.at('endpoints').key ?? context.model.root.place;
    return planned.gateway ? [gateway(planned, because, context)] : interfaceParts(planned, because, context);
  });
}

const OWN_RANGE = { rule: 'AwsSolutions-EC23', reason: 'The range is the VPC’s own, which is known only when it is there.' };

const endpointAddress = (service: string) => address('AWS::EC2::VPCEndpoint', { name: service, word: 'Endpoint' });

const serviceName = (service: string): Value => text('com.amazonaws.', region, '.', service);

/** Free, and written into the route tables. https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html */
function gateway(planned: PlannedEndpoint, because: Part['because'], context: Context): Part {
  const { vpc } = context.model.settings;
  const tables: readonly Value[] = vpc?.routeTables ?? zonesOf(context).map((zone) => ref(routeTableAddress(zone)));
  return resource(
    endpointAddress(planned.service),
    {
      VpcEndpointType: 'Gateway',
      VpcId: context.network.id,
      ServiceName: serviceName(planned.service),
      RouteTableIds: tables,
      PolicyDocument: endpointPolicy(planned, context),
      ...tagList(undefined, context),
    } as never,
    { because, path: `endpoints.${planned.service}` },
  );
}

/** https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html */
function interfaceParts(planned: PlannedEndpoint, because: Part['because'], context: Context): readonly Part[] {
  const { service, settings, demands } = planned;
  const path = `endpoints.${service}`;
  const group = endpointGroup(service);
  const subnets = settings?.zones === undefined ? context.network.subnets : context.network.subnets.slice(0, settings.zones);
  const admitted = [...new Set(demands.flatMap(({ from }) => from))].sort();
  const open = demands.some(({ from }) => from.length === 0);
  const { range } = context.network;
  const sources: readonly (readonly [string, Value, 'CidrIp' | 'SourceSecurityGroupId'])[] = [
    ...(open && range !== undefined ? [['vpc', range, 'CidrIp'] as const] : []),
    ...admitted.map((one) => [one, one, one.startsWith('sg-') ? 'SourceSecurityGroupId' : 'CidrIp'] as const),
  ];
  return [
    resource(
      group,
      {
        GroupDescription: described(`The endpoint of ${service}`),
        VpcId: context.network.id,
        SecurityGroupEgress: NOWHERE,
        ...tagList(undefined, context),
      } as never,
      { because, path },
    ),
    ...sources.map(([name, source, key]) =>
      resource(
        address(
          'AWS::EC2::SecurityGroupIngress',
          [
            { name: service, word: 'Endpoint' },
            { name, word: 'Route' },
          ],
          'Ingress',
        ),
        {
          GroupId: attribute(group, 'GroupId'),
          IpProtocol: 'tcp',
          FromPort: 443,
          ToPort: 443,
          [key]: source,
          Description: described(`From ${name}`),
        } as never,
        { because, path, ...(typeof source !== 'string' && { accepted: [OWN_RANGE] }) },
      ),
    ),
    resource(
      endpointAddress(service),
      {
        VpcEndpointType: 'Interface',
        VpcId: context.network.id,
        ServiceName: serviceName(service),
        SubnetIds: subnets,
        SecurityGroupIds: [attribute(group, 'GroupId')],
        ...(standsAlone(service)
          ? { PrivateDnsEnabled: false }
          : { PrivateDnsEnabled: settings?.privateDns ?? true, PolicyDocument: endpointPolicy(planned, context) }),
        ...tagList(undefined, context),
      } as never,
      { because, path },
    ),
  ];
}
