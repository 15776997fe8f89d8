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
    why: 'A function in the VPC reaches AWS through VPC endpoints. `endpoints: auto` creates those that are needed; a list or a map must name them. The IoT Core data endpoint is never created automatically: its usual host name does not resolve to it, so it needs DNS records of your own.',
    fix: ({ service, byItself, section }: Unreachable & { section: Place }) =>
      byItself ? roadsTo([service], section) : choosing(natIn(section)),
    page: PRIVATELINK,
  },
  'road-unknown': {
    severity: 'warning',
    message: ({ title, action }: { title: string; action: string }) =>
      `\`${title}\` runs in the VPC and may call \`${action}\`, whose service has no known VPC endpoint: the call may not get through.`,
    why: 'The table of services and their endpoints is AWS’s own. A service without one can only be reached through a NAT.',
    fix: ({ section }: { section: Place }) => choosing(natIn(section)),
    page: PRIVATELINK,
  },
  'pollers-without-road': {
    severity: 'error',
    message: ({ services }: { services: readonly string[] }) =>
      `Lambda’s pollers in the VPC need ${listed(services)}, but there is no endpoint and no NAT: nothing would ever be read.`,
    why: 'When Lambda reads a source in a VPC, its pollers invoke the function and read secrets from inside that VPC. With `pollers` (provisioned mode) they do not.',
    fix: ({ services, section }: { services: readonly string[]; section: Place }) => roadsTo(services, section),
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/with-msk-cluster-network.html',
  },
  'not-proven': {
    severity: 'hint',
    message: ({ calls }: { calls: readonly string[] }) =>
      `The VPC already exists, so the compiler cannot check that these calls get through: ${calls.join('; ')}.`,
    why: 'The routes of an existing VPC cannot be seen from here. The functions that make these calls may connect to any address on port 443, and the VPC’s routes decide what they reach. `endpoints` creates endpoints that can be checked; `accept` confirms that there is a route.',
    fix: ({ section }: { section: Place }) =>
      choosing(fixing('Write `endpoints: auto`, which is billed by the hour', sectionAs(section, 'endpoints', 'auto'))),
  },
  'unused-endpoint': {
    severity: 'warning',
    message: ({ service, cost }: { service: string; cost: boolean }) =>
      `No function in the VPC calls \`${service}\`${cost ? ', and its endpoint is billed by the hour' : ''}.`,
    why: 'A VPC endpoint serves the functions of this system; its policy admits only them. An unused one is a leftover.',
    fix: leavingOut,
  },
  'internet-without-nat': {
    severity: 'error',
    message: ({ title }: { title: string }) => `\`${title}\` needs to reach the internet, but the VPC has no NAT.`,
    why: 'The subnets are isolated. A NAT gateway leads out; it costs about $33 a month plus data. A function that needs nothing private is better off outside the VPC.',
    fix: ({ section }: { section: Place }) => choosing(natIn(section)),
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html',
  },
  'range-is-no-range': {
    severity: 'error',
    message: ({ range, reason }: { range: string; reason: string }) => `\`${range}\` is not a valid CIDR range: ${reason}.`,
    why: 'A range is an address and the number of its bits that are fixed; the others must be zero.',
    fix: ({ meant }: { meant: string | undefined }, place) => (meant === undefined ? undefined : choosing(write(place, meant))),
  },
  'range-of-ipv6': {
    severity: 'error',
    message: ({ range }: { range: string }) => `\`${range}\` is an IPv6 range, and the VPC has IPv4 only.`,
    why: 'A VPC created here has only IPv4 addresses.',
    fix: leavingOutIfMeant,
  },
  'existing-vpc-without-subnets': {
    severity: 'error',
    message: () => 'An existing VPC needs `subnets` for the functions to run in.',
    why: 'Nothing is looked up in the account, so the file must name them.',
  },
  'setting-of-new-vpc': {
    severity: 'error',
    message: ({ setting }: { setting: string }) => `\`${setting}\` is for a new VPC, and this one already exists.`,
    why: 'This system does not change what already exists.',
    fix: leavingOut,
  },
  'setting-of-existing-vpc': {
    severity: 'error',
    message: ({ setting }: { setting: string }) => `\`${setting}\` is for an existing VPC: add its \`id\`.`,
    why: 'Without `id`, a VPC is created with its own subnets and route tables.',
    fix: leavingOutIfMeant,
  },
  'gateway-without-route-tables': {
    severity: 'error',
    message: ({ service }: { service: string }) => `The endpoint for \`${service}\` needs the \`routeTables\` of the VPC.`,
    why: 'S3 and DynamoDB have gateway endpoints, which are routes. Which route tables the subnets use is not looked up.',
    page: 'https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html',
  },
  'range-not-said': {
    severity: 'error',
    message: () => 'The address range of this VPC is not known: add `range`.',
    why: 'The VPC exists, and nothing is looked up in the account. The range is what `$(vpc.cidr)` stands for, what a private API admits unless it has `from`, and all that a new VPC link may connect to.',
  },
  'odd-zone': {
    severity: 'error',
    message: ({ zone, reason }: { zone: string; reason: string }) => `The zone \`${zone}\` ${reason}.`,
    why: 'Each zone in the list gets one subnet, and an endpoint or a database uses a zone once.',
    fix: ({ twice }: { twice: boolean }, place) => (twice ? leaveOut(place) : undefined),
    page: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-regions-availability-zones.html',
  },
  'prefix-list-unknown': {
    severity: 'warning',
    message: ({ title, service }: { title: string; service: string; region: string | undefined }) =>
      `\`${title}\` calls \`${service}\`, whose prefix list is not known here: its security group allows port 443 to anywhere, and the NAT leads there.`,
    why: 'A security group rule for a gateway endpoint names the service’s prefix list, whose ID differs by region and cannot be looked up in a template; AWS has published it for most regions. Without a NAT the wider rule reaches nothing else.',
    fix: ({ region }: { title: string; service: string; region: string | undefined }) =>
      region === undefined ? { title: 'Set `region`' } : undefined,
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html',
  },
  'more-zones-than-there-are': {
    severity: 'error',
    message: ({ zones, there }: { zones: number; there: number }) => `The endpoint needs ${zones} zones, but the VPC has ${there}.`,
    why: 'An interface endpoint has one ENI in each of its zones, in a subnet of the VPC.',
    fix: ({ there }: { zones: number; there: number }, place) => choosing(write(place, String(there))),
  },
  'too-many-rules': {
    severity: 'error',
    message: ({ what }: { what: string }) => `${what}; a security group can have 60 rules.`,
    why: 'This is an EC2 quota, in each direction. Several ranges can often be one, or a prefix list. Functions with the same destinations share a group.',
    page: 'https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html',
  },
});
