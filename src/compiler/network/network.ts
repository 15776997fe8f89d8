import type { vpcAttributes } from '../../schema/attributes.ts';
import { Join, ref } from '../cloud/value.ts';
import type { Context, Network, Piece, SystemMeaning } from '../resources/meaning.ts';
import { endpointParts } from './endpoints.ts';
import { linkParts } from './links.ts';
import { needsVpc } from './plan.ts';
import { groupOf, securityGroupParts } from './security-groups.ts';
import { verifyNetwork } from './verify.ts';
import { vpcParts } from './vpc.ts';
import { subnetAddress, vpcAddress, vpcRange, zonesOf } from './zones.ts';

/** The VPC, the roads out of it, and who may use them: all of it follows from the functions that live in it. */
export const network: SystemMeaning = {
  lifetime: 'network',
  verify: verifyNetwork,
  expand(context) {
    if (!needsVpc(context)) return [];
    const exists = context.model.settings.vpc?.id !== undefined;
    return [...(exists ? [] : vpcParts(context)), ...endpointParts(context), ...securityGroupParts(context), ...linkParts(context)];
  },
};

/** The VPC as those who live in it see it: one that is made, or one that exists. */
export function networkOf(context: Omit<Context, 'network'>): Network {
  const { vpc } = context.model.settings;
  const groupsOf = (fn: Parameters<Network['groupsOf']>[0]): readonly Piece[] => {
    const own = groupOf(fn, context);
    return [...(own === undefined ? [] : [own]), ...(vpc?.securityGroups ?? [])];
  };
  if (vpc?.id !== undefined) {
    return { id: vpc.id, subnets: vpc.subnets ?? [], zones: undefined, range: vpc.range && context.text(vpc.range), groupsOf };
  }
  const zones = zonesOf(context);
  return { id: ref(vpcAddress), subnets: zones.map((zone) => ref(subnetAddress(zone))), zones: zones.length, range: vpcRange, groupsOf };
}

/** What `$(vpc.…)` stands for. */
export function vpcAttribute({ network: { id, subnets, range } }: Context, attribute: keyof typeof vpcAttributes): Piece {
  switch (attribute) {
    case 'id':
      return id;
    case 'cidr':
      return range ?? '';
    case 'subnets':
      return subnets.every((one) => typeof one === 'string') ? subnets.join(',') : new Join(subnets, ',');
  }
}
