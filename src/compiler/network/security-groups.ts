import { address, logicalId, type Address, type Named } from '../cloud/address.ts';
import { resource, type Part } from '../cloud/part.ts';
import { attribute, type Value } from '../cloud/value.ts';
import type { Context, Destination, Member, Piece } from '../resources/meaning.ts';
import { tagList } from '../resources/tags.ts';
import { endpointPlan, hasOtherRoad, serviceOf, type PlannedEndpoint } from './plan.ts';
import { prefixListOf } from './prefix-lists.ts';
import { isGateway } from './services.ts';

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
export interface Group {
  readonly address: GroupAddress;
  readonly description: string;
  readonly targets: readonly Target[];
  readonly members: readonly Member[];
}

type GroupAddress = Address<'AWS::EC2::SecurityGroup'>;

export const endpointGroup = (service: string): Address<'AWS::EC2::SecurityGroup'> =>
  address('AWS::EC2::SecurityGroup', { name: service, word: 'Endpoint' }, 'SecurityGroup');

/** A security group with an empty list of rules lets everything out; one that leads nowhere lets nothing. */
export const NOWHERE = [
  { IpProtocol: 'icmp', FromPort: 252, ToPort: 86, CidrIp: '255.255.255.255/32', Description: 'Nothing: rules are resources of their own' },
] as const;

/** The security group of a function. */
export function groupOf(fn: Address, context: Surroundings): Piece | undefined {
  const id = logicalId(fn);
  const group = groupsOf(context).find(({ members }) => members.some((member) => logicalId(member.fn) === id));
  return group && attribute(group.address, 'GroupId');
}

const known = new WeakMap<Surroundings, readonly Group[]>();

/** One group for each distinct set of destinations, shared by the functions that have it; where the set is too long for a name, each has its own. */
export function groupsOf(context: Surroundings): readonly Group[] {
  const before = known.get(context);
  if (before) return before;
  const plan = endpointPlan(context);
  const groups = new Map<string, Group & { readonly members: Member[] }>();
  for (const member of context.members) {
    const targets = targetsOf(member, plan, context);
    const shared = sharedAddress(targets);
    const group = shared ?? address('AWS::EC2::SecurityGroup', member.fn.names, `${member.fn.role}SecurityGroup`);
    const found = groups.get(logicalId(group));
    if (found) found.members.push(member);
    else
      groups.set(logicalId(group), {
        address: group,
        description: shared ? saidOf(targets) : `The function ${member.title}`,
        targets,
        members: [member],
      });
  }
  known.set(context, [...groups.values()]);
  return [...groups.values()];
}

/** The most that a logical id has is 255; the rules of a group have the same names. */
const MOST_NAMED = { targets: 6, characters: 220 } as const;

const SHARED = 'ClientsSecurityGroup';

/** A group is called after where it leads: so no function that comes or goes changes the group of another. */
function sharedAddress(targets: readonly Target[]): GroupAddress | undefined {
  if (targets.length === 0) return address('AWS::EC2::SecurityGroup', [], 'VpcIsolatedSecurityGroup');
  const shared = address(
    'AWS::EC2::SecurityGroup',
    targets.map(({ named }) => named),
    SHARED,
  );
  return targets.length <= MOST_NAMED.targets && logicalId(shared).length <= MOST_NAMED.characters ? shared : undefined;
}

/** A description cannot be changed: a shared group’s says where it leads, which is its name; a function’s own group outlives its destinations. */
function saidOf(targets: readonly Target[]): string {
  return targets.length === 0 ? 'Functions that go nowhere' : `Functions that go to ${targets.map(({ said }) => said).join(', ')}`;
}

function targetsOf(member: Member, plan: readonly PlannedEndpoint[], context: Surroundings): readonly Target[] {
  const services = new Set(member.calls.flatMap(({ actions }) => actions.map(serviceOf)));
  services.delete('none');
  const reached = [...services].filter((service) => plan.some((one) => one.service === service));
  const targets = [
    ...reached.map((service) => endpointTarget(service, context)),
    // Without an endpoint of ours the NAT is the road, or whatever the existing VPC has: where that leads is not known.
    ...(reached.length < services.size && hasOtherRoad(context) ? [rangeTarget(443, '0.0.0.0/0')] : []),
    ...member.reaches.map((one) => (one.to === 'group' ? groupTarget(one) : rangeTarget(one.port, one.range))),
  ];
  const unique = new Map(targets.map((target) => [`${target.named.word} ${target.named.name} ${target.port}`, target]));
  return [...unique].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, target]) => target);
}

function endpointTarget(service: string, { model }: Surroundings): Target {
  const named: Named = { name: service, word: 'Endpoint' };
  if (!isGateway(service)) {
    const behind = attribute(endpointGroup(service), 'GroupId');
    return { named, said: service, port: 443, to: { DestinationSecurityGroupId: behind }, behind };
  }
  const list = prefixListOf(service, model.region);
  // Isolated subnets have no other road than the endpoint, so a wider rule opens nothing.
  return {
    named,
    said: service,
    port: 443,
    to: list === undefined ? { CidrIp: '0.0.0.0/0' } : { DestinationPrefixListId: list },
    behind: undefined,
  };
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
  return groupsOf(context).flatMap(({ address: group, description, targets, members }) => {
    const [first] = members;
    if (!first) return [];
    const from = { because: first.because, path: first.path };
    return [
      resource(
        group,
        {
          GroupDescription: described(description),
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

function rules(
  group: GroupAddress,
  { named, port, to, behind, said }: Target,
  from: { readonly because: Member['because']; readonly path: string },
): readonly Part[] {
  const names = [...group.names.filter(({ name, word }) => name !== named.name || word !== named.word), named];
  const owner = group.role === SHARED ? '' : group.role.slice(0, -'SecurityGroup'.length);
  const own = attribute(group, 'GroupId');
  const ports = { IpProtocol: 'tcp', FromPort: port, ToPort: port } as const;
  return [
    resource(
      address('AWS::EC2::SecurityGroupEgress', names, `${owner}Egress`),
      { GroupId: own, ...ports, ...to, Description: described(`To ${said}`) } as never,
      from,
    ),
    ...(behind === undefined
      ? []
      : [
          resource(
            address('AWS::EC2::SecurityGroupIngress', names, `${owner}Ingress`),
            { GroupId: behind, ...ports, SourceSecurityGroupId: own, Description: described(`From functions that go to ${said}`) } as never,
            from,
          ),
        ]),
  ];
}

/** EC2 takes a few signs in a description, and 255 of them. */
export function described(text: string): string {
  return text.replace(/[^a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]/g, '-').slice(0, 255);
}
