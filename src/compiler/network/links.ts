import { address } from '../cloud/address.ts';
import { resource, type Part } from '../cloud/part.ts';
import { attribute, ref } from '../cloud/value.ts';
import type { Report } from '../diagnostics/problem.ts';
import type { Text } from '../resolve/model.ts';
import type { Context, Piece } from '../resources/meaning.ts';
import { tagList, tagMap } from '../resources/tags.ts';
import { isMade, linkedAddress, linkedRoutes, type LinkedRoute } from './linked.ts';
import { networkProblems } from './problems.ts';
import { described, NOWHERE } from './security-groups.ts';

const linkAddress = address('AWS::ApiGatewayV2::VpcLink', [], 'VpcLink');
const groupAddress = address('AWS::EC2::SecurityGroup', [], 'VpcLinkSecurityGroup');

/** The rules of the link’s group follow from addresses, and where they lead from the VPC’s range, which must be known. */
export function verifyLinks(context: Context, report: Report): void {
  const { vpc } = context.model.settings;
  const [first] = linkedRoutes(context);
  if (first && vpc?.id !== undefined && !vpc.range) report(networkProblems['range-not-said'], first.because, {});
}

/**
 * One link for all routes that ask for one. It cannot be changed, so its security group has its rules as resources of their
 * own: out into the VPC, by the ports of the addresses. Who is there lets it in by its own group.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-vpc-links-v2.html
 */
export function linkParts(context: Context): readonly Part[] {
  const routes = linkedRoutes(context);
  const [first] = routes;
  if (!first) return [];
  const { id, subnets, range } = context.network;
  const from = { because: first.because, path: first.path };
  const group: Piece = attribute(groupAddress, 'GroupId');
  const ports = new Map<number, LinkedRoute>();
  for (const route of routes) {
    const port = linkedAddress(route.http)?.port;
    if (port !== undefined && !ports.has(port)) ports.set(port, route);
  }
  return [
    resource(
      groupAddress,
      {
        GroupDescription: 'The VPC link of the APIs',
        VpcId: id,
        SecurityGroupEgress: NOWHERE,
        ...tagList(undefined, context),
      } as never,
      from,
    ),
    ...[...ports]
      .sort(([one], [other]) => one - other)
      .map(([port, { because, path }]) =>
        resource(
          address('AWS::EC2::SecurityGroupEgress', { name: `port-${port}`, word: 'Vpc' }, 'LinkEgress'),
          {
            GroupId: group,
            IpProtocol: 'tcp',
            FromPort: port,
            ToPort: port,
            CidrIp: range ?? '',
            Description: described(`To the VPC at port ${port}`),
          } as never,
          { because, path },
        ),
      ),
    resource(
      linkAddress,
      { Name: context.model.stack, SubnetIds: [...subnets], SecurityGroupIds: [group], Tags: tagMap(undefined, context) } as never,
      from,
    ),
  ];
}

/** The id of a route’s link. */
export const linkId = (link: Text, context: Context): Piece => (isMade(link) ? ref(linkAddress) : context.text(link));
