import { problems, type Fix } from '../diagnostics/problem.ts';
import { atTop, flowTextAt, into, keyAt, sectionAs, withItem } from '../edit/edits.ts';
import type { Place } from '../text/source-text.ts';
import { choosing, fixing, leaveOut, leavingOut, leavingOutIfMeant, write } from '../edit/fixes.ts';
import { listed } from '../text/suggest.ts';

const PRIVATELINK = 'https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html';

interface Unreachable {
  readonly title: string;
  /** What the function does there: `writes to stream orders`. */
  readonly does: string;
  readonly service: string;
  /** Whether `auto` makes the endpoint. */
  readonly byItself: boolean;
}

/** What costs by the hour is not made unasked: the author chooses. */
function roadsTo(services: readonly string[], section: Place): Fix {
  const auto = fixing('Write `endpoints: auto`', sectionAs(section, 'endpoints', 'auto'));
  const [service, another] = services;
  const isList = (flowTextAt(section) ?? '').startsWith('[');
  const list = service === undefined || another !== undefined || !isList ? [] : withItem(section, service);
  return choosing({ ...fixing(`Add ${listed(services.map((one) => `\`${one}\``))} to \`endpoints\``, list) }, auto);
}

/** A NAT for the VPC there is, else for the one that is made. */
const natIn = (section: Place): Fix =>
  fixing(
    'Write `vpc: { nat: one }`',
    keyAt(section) === 'vpc' ? into(section, 'nat', 'one') : atTop(section.source, 'vpc', '{ nat: one }'),
  );

export const networkProblems = problems({
  'unreachable-service': {
    severity: 'error',
    message: ({ title, does, service }: Unreachable) =>
      `\`${title}\` runs in the VPC and ${does}, but there is no \`${service}\` endpoint and no NAT: every call would time out.`,
    why: 'A function in the VPC reaches AWS through endpoints. `endpoints: auto` makes those that are needed; a list or a map must name them. The data endpoint of IoT Core is never made by itself: its ordinary name does not lead there, so it needs DNS records of your own.',
    fix: ({ service, byItself, section }: Unreachable & { section: Place }) =>
      byItself ? roadsTo([service], section) : choosing(natIn(section)),
    page: PRIVATELINK,
  },
  'road-unknown': {
    severity: 'warning',
    message: ({ title, action }: { title: string; action: string }) =>
      `\`${title}\` runs in the VPC and may call \`${action}\`, for whose service no endpoint is known: the call may not get through.`,
    why: 'The table of services and their endpoints is AWS’s own. A service without one is reached through a NAT only.',
    fix: ({ section }: { section: Place }) => choosing(natIn(section)),
    page: PRIVATELINK,
  },
  'pollers-without-road': {
    severity: 'error',
    message: ({ services }: { services: readonly string[] }) =>
      `Lambda’s pollers in the VPC need ${listed(services)}, but there is no endpoint and no NAT: nothing would ever be read.`,
    why: 'Where Lambda reads something in a VPC, it calls the function and reads secrets from there. With `pollers` of the source’s own it does not.',
    fix: ({ services, section }: { services: readonly string[]; section: Place }) => roadsTo(services, section),
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/with-msk-cluster-network.html',
  },
  'not-proven': {
    severity: 'hint',
    message: ({ calls }: { calls: readonly string[] }) =>
      `The VPC already exists, so it cannot be checked that these calls get through: ${calls.join('; ')}.`,
    why: 'What roads lead out of a VPC of somebody else cannot be seen from here. The functions that make these calls may go anywhere on port 443, and the VPC’s own routes decide where that leads. `endpoints` can make roads that are proven; `accept` says that they are there.',
    fix: ({ section }: { section: Place }) =>
      choosing(fixing('Write `endpoints: auto`, which costs by the hour', sectionAs(section, 'endpoints', 'auto'))),
  },
  'unused-endpoint': {
    severity: 'warning',
    message: ({ service, cost }: { service: string; cost: boolean }) =>
      `No function in the VPC calls \`${service}\`${cost ? ', and its endpoint costs by the hour' : ''}.`,
    why: 'An endpoint is a road for the functions of this system; its policy admits only them. One that is not used is a leftover.',
    fix: leavingOut,
  },
  'internet-without-nat': {
    severity: 'error',
    message: ({ title }: { title: string }) => `\`${title}\` needs to reach the internet, but the VPC has no NAT.`,
    why: 'The subnets are isolated. A NAT gateway is the road; it costs about $33 a month and data. A function that needs nothing private does better outside of the VPC.',
    fix: ({ section }: { section: Place }) => choosing(natIn(section)),
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html',
  },
  'range-is-no-range': {
    severity: 'error',
    message: ({ range, reason }: { range: string; reason: string }) => `\`${range}\` is not an address range: ${reason}.`,
    why: 'A range is an address and how many of its bits are fixed; the others must be zero.',
    fix: ({ meant }: { meant: string | undefined }, place) => (meant === undefined ? undefined : choosing(write(place, meant))),
  },
  'range-of-ipv6': {
    severity: 'error',
    message: ({ range }: { range: string }) => `\`${range}\` is a range of IPv6, and the VPC has only IPv4.`,
    why: 'A VPC made here has IPv4 addresses alone.',
    fix: leavingOutIfMeant,
  },
  'existing-vpc-without-subnets': {
    severity: 'error',
    message: () => 'An existing VPC needs `subnets`, in which the functions run.',
    why: 'Nothing is looked up in the account: the file is the whole truth.',
  },
  'setting-of-new-vpc': {
    severity: 'error',
    message: ({ setting }: { setting: string }) => `\`${setting}\` is for a new VPC, and this one already exists.`,
    why: 'What exists is not changed by this system.',
    fix: leavingOut,
  },
  'setting-of-existing-vpc': {
    severity: 'error',
    message: ({ setting }: { setting: string }) => `\`${setting}\` is for an existing VPC: add its \`id\`.`,
    why: 'Without `id` a VPC is made, with subnets and route tables of its own.',
    fix: leavingOutIfMeant,
  },
  'gateway-without-route-tables': {
    severity: 'error',
    message: ({ service }: { service: string }) => `The endpoint for \`${service}\` needs the \`routeTables\` of the VPC.`,
    why: 'S3 and DynamoDB have gateway endpoints, which are routes. Which tables the subnets use is not looked up.',
    page: 'https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html',
  },
  'range-not-said': {
    severity: 'error',
    message: () => 'The address range of this VPC is not known: add `range`.',
    why: 'The VPC exists, and nothing is looked up in the account. `$(vpc.cidr)` is that range, and a private API admits who comes from it unless `from` says otherwise, and a VPC link that is made leads nowhere else.',
  },
  'odd-zone': {
    severity: 'error',
    message: ({ zone, reason }: { zone: string; reason: string }) => `The zone \`${zone}\` ${reason}.`,
    why: 'Each zone of the list has a subnet of its own, and an endpoint or a database stands in a zone once.',
    fix: ({ twice }: { twice: boolean }, place) => (twice ? leaveOut(place) : undefined),
    page: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-regions-availability-zones.html',
  },
  'prefix-list-unknown': {
    severity: 'warning',
    message: ({ title, service }: { title: string; service: string; region: string | undefined }) =>
      `\`${title}\` calls \`${service}\`, whose addresses are not known here: its security group lets it out to port 443 anywhere, and the NAT leads there.`,
    why: 'A rule to a gateway endpoint names the service’s prefix list. Its id is another in each region and cannot be looked up in a template; of most regions AWS published it. Without a NAT the wider rule leads nowhere else.',
    fix: ({ region }: { title: string; service: string; region: string | undefined }) =>
      region === undefined ? { title: 'Say `region`' } : undefined,
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html',
  },
  'more-zones-than-there-are': {
    severity: 'error',
    message: ({ zones, there }: { zones: number; there: number }) => `The endpoint needs ${zones} zones, but the VPC has ${there}.`,
    why: 'An interface endpoint has one network interface in each of its zones, in a subnet of the VPC.',
    fix: ({ there }: { zones: number; there: number }, place) => choosing(write(place, String(there))),
  },
  'too-many-rules': {
    severity: 'error',
    message: ({ what }: { what: string }) => `${what}; a security group has 60 rules.`,
    why: 'A quota of EC2, in each direction. Ranges can often be said as one, or as a prefix list. Functions that go to the same places share a group.',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html',
  },
});
