import { address, logicalId, type Address, type Named } from '../cloud/address.ts';
import { resource, type Part } from '../cloud/part.ts';
import { attribute, type Value } from '../cloud/value.ts';
import type { Context, Destination, Member, Piece } from '../resources/meaning.ts';
import { tagList } from '../resources/tags.ts';
import { endpointPlan, hasNat, type PlannedEndpoint } from './plan.ts';
import { prefixListOf } from './prefix-lists.ts';
import { roadFor } from './services.ts';

type Surroundings = Omit<Context, 'network'>;

/** Where a group of functions goes: what it is called, and the two halves of the rule that lets it. */
interface Target {
  readonly named: Named;
  readonly said: string;
  readonly port: number;
  readonly to: Readonly<Record<string, Value>>;
  /** The group behind which it stands; its own rule lets the functions in. */
  readonly behind: Piece | undefined;
}

/** A security group of functions that go to the same places, with those places. */
interface Group {
  readonly address: Address<'AWS::EC2::SecurityGroup'>;
  readonly targets: readonly Target[];
  readonly members: readonly Member[];
}

export const endpointGroup = (service: string): Address<'AWS::EC2::SecurityGroup'> => address('AWS::EC2::SecurityGroup', { name: service, word: 'Endpoint' }, 'SecurityGroup');

/** A security group with an empty list of rules lets everything out; one that leads nowhere lets nothing. */
export const NOWHERE = [{ IpProtocol: 'icmp', FromPort: 252, ToPort: 86, CidrIp: '255.255.255.255/32', Description: 'Nothing: rules are resources of their own' }] as const;

/** The security group of a function. */
export function groupOf(fn: Address, context: Surroundings): Piece | undefined {
  const id = logicalId(fn);
  const group = groupsOf(context).find(({ members }) => members.some((member) => logicalId(member.fn) === id));
  return group && attribute(group.address, 'GroupId');
}

const known = new WeakMap<Surroundings, readonly Group[]>();

/** One group for each distinct set of destinations, shared by the functions that have it. */
function groupsOf(context: Surroundings): readonly Group[] {
  const before = known.get(context);
  if (before) return before;
  const plan = endpointPlan(context);
  const groups = new Map<string, { targets: readonly Target[]; members: Member[] }>();
  for (const member of context.members) {
    const targets = targetsOf(member, plan, context);
    const key = targets.map(({ named, port }) => `${named.word} ${named.name} ${port}`).join('\n');
    const group = groups.get(key);
    if (group) group.members.push(member);
    else groups.set(key, { targets, members: [member] });
  }
  const found = [...groups.values()].map(({ targets, members }): Group => ({ address: addressOf(targets, members), targets, members }));
  known.set(context, found);
  return found;
}

/** Named by where it leads, as long as that stays readable; else by the first of its functions. */
function addressOf(targets: readonly Target[], [first]: readonly Member[]): Group['address'] {
  if (targets.length === 0) return address('AWS::EC2::SecurityGroup', [], 'VpcIsolatedSecurityGroup');
  if (targets.length <= 3) return address('AWS::EC2::SecurityGroup', targets.map(({ named }) => named), 'ClientsSecurityGroup');
  return address('AWS::EC2::SecurityGroup', first?.fn.names ?? [], 'ClientsSecurityGroup');
}

function targetsOf(member: Member, plan: readonly PlannedEndpoint[], context: Surroundings): readonly Target[] {
  const services = new Set(member.calls.flatMap(({ actions }) => actions.flatMap((action) => {
    const road = roadFor(action);
    return typeof road === 'string' ? [] : ['gateway' in road ? road.gateway : road.service];
  })));
  const reached = [...services].filter((service) => plan.some((one) => one.service === service));
  const targets = [
    ...reached.map((service) => endpointTarget(service, context)),
    // Without an endpoint the NAT is the road.
    ...(reached.length < services.size && hasNat(context) ? [rangeTarget(443, '0.0.0.0/0')] : []),
    ...member.reaches.map((one) => (one.to === 'group' ? groupTarget(one) : rangeTarget(one.port, one.range))),
  ];
  const unique = new Map(targets.map((target) => [`${target.named.word} ${target.named.name} ${target.port}`, target]));
  return [...unique].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, target]) => target);
}

function endpointTarget(service: string, { model }: Surroundings): Target {
  const named: Named = { name: service, word: 'Endpoint' };
  if (service !== 's3' && service !== 'dynamodb') {
    const behind = attribute(endpointGroup(service), 'GroupId');
    return { named, said: service, port: 443, to: { DestinationSecurityGroupId: behind }, behind };
  }
  const list = prefixListOf(service, model.region);
  // Isolated subnets have no other road than the endpoint, so a wider rule opens nothing.
  return { named, said: service, port: 443, to: list === undefined ? { CidrIp: '0.0.0.0/0' } : { DestinationPrefixListId: list }, behind: undefined };
}

function groupTarget({ name, group, port }: Extract<Destination, { to: 'group' }>): Target {
  const [, own = name] = name.split('.');
  return { named: { name: own, word: 'Database' }, said: name, port, to: { DestinationSecurityGroupId: group }, behind: group };
}

function rangeTarget(port: number, range: string): Target {
  const named: Named = { name: `${port}-to-${range === '0.0.0.0/0' ? 'anywhere' : range}`, word: 'Route' };
  const to = range.startsWith('sg-')
    ? { DestinationSecurityGroupId: range }
    : range.startsWith('pl-')
      ? { DestinationPrefixListId: range }
      : range.includes(':')
        ? { CidrIpv6: range }
        : { CidrIp: range };
  return { named, said: `${range} at port ${port}`, port, to, behind: undefined };
}

/** The groups of the functions, and a rule at each end of every road: out of the function, into where it goes. */
export function securityGroupParts(context: Context): readonly Part[] {
  return groupsOf(context).flatMap(({ address: group, targets, members }) => {
    const [first] = members;
    if (!first) return [];
    const from = { because: first.because, path: first.path };
    return [
      resource(
        group,
        {
          GroupDescription: described(targets.length === 0 ? 'Functions that go nowhere' : `Functions that go to ${targets.map(({ said }) => said).join(', ')}`),
          VpcId: context.network.id,
          SecurityGroupEgress: NOWHERE,
          ...tagList(undefined, context),
        } as never,
        from,
      ),
      ...targets.flatMap((target) => rules(group, target, from)),
    ];
  });
}

function rules(group: Group['address'], { named, port, to, behind, said }: Target, from: { readonly because: Member['because']; readonly path: string }): readonly Part[] {
  const at = (role: string) => ({ names: [...group.names.filter(({ name, word }) => name !== named.name || word !== named.word), named], role });
  const out = at('Egress');
  const into = at('Ingress');
  const own = attribute(group, 'GroupId');
  const ports = { IpProtocol: 'tcp', FromPort: port, ToPort: port } as const;
  return [
    resource(address('AWS::EC2::SecurityGroupEgress', out.names, out.role), { GroupId: own, ...ports, ...to, Description: described(`To ${said}`) } as never, from),
    ...(behind === undefined
      ? []
      : [resource(address('AWS::EC2::SecurityGroupIngress', into.names, into.role), { GroupId: behind, ...ports, SourceSecurityGroupId: own, Description: described(`From functions that go to ${said}`) } as never, from)]),
  ];
}

/** EC2 takes a few signs in a description, and 255 of them. */
export function described(text: string): string {
  return text.replace(/[^a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]/g, '-').slice(0, 255);
}

/** How many rules each group of functions has, for limits. */
export function ruleCounts(context: Surroundings): readonly { readonly member: Member; readonly rules: number }[] {
  return groupsOf(context).flatMap(({ members: [member], targets }) => (member ? [{ member, rules: targets.length + 1 }] : []));
}
