import type { Report } from '../diagnostics/problem.ts';
import type { Context, Member } from '../resources/meaning.ts';
import { verifyRetention } from '../resources/function-settings.ts';
import { callsByService, endpointPlan, hasNat, said } from './plan.ts';
import { networkProblems } from './problems.ts';
import { roadFor } from './services.ts';
import { ruleCounts } from './security-groups.ts';
import { zonesOf } from './zones.ts';

/** Reports what would not work in the network: calls without a road, roads without a call, and settings that collide. */
export function verifyNetwork(context: Context, report: Report): void {
  verifyVpc(context, report);
  verifyEndpoints(context, report);
  verifyRoads(context, report);
  for (const member of context.members) verifyReach(member, context, report);
  for (const { member, rules } of ruleCounts(context)) if (rules > 60) report(networkProblems['too-many-rules'], member.because, { title: member.title, rules: rules - 1 });
}

const NEW = ['cidr', 'zones', 'flowLogs'] as const;
const EXISTING = ['subnets', 'securityGroups', 'routeTables', 'range'] as const;

function verifyVpc({ model }: Context, report: Report): void {
  const { vpc } = model.settings;
  const written = model.root.at('vpc');
  if (!vpc || written.broken) return;
  const exists = vpc.id !== undefined;
  for (const setting of exists ? NEW : EXISTING) {
    const part = written.parts.get(setting);
    if (part) report(networkProblems[exists ? 'setting-of-new-vpc' : 'setting-of-existing-vpc'], part.key ?? part.place, { setting });
  }
  const nat = written.parts.get('nat');
  if (exists && nat?.key) report(networkProblems['setting-of-new-vpc'], nat.key, { setting: 'nat' });
  if (exists && !vpc.subnets) report(networkProblems['existing-vpc-without-subnets'], written.parts.get('id')?.key ?? written.place, {});
  if (typeof vpc.flowLogs === 'object') verifyRetention(vpc.flowLogs.retention, written.parts.get('flowLogs')?.parts.get('retention')?.place ?? written.place, report);
  for (const { reference } of model.references) {
    if (reference.to === 'vpc' && reference.attribute === 'cidr' && exists && !vpc.range) report(networkProblems['range-not-said'], reference.place, {});
  }
}

function verifyEndpoints(context: Context, report: Report): void {
  const { model } = context;
  const listed = said(context);
  const written = model.root.at('endpoints');
  for (const { service, gateway, calls, demands, settings, places } of endpointPlan(context)) {
    const own = typeof listed === 'string' ? undefined : [...written.parts].find(([key, part]) => key === service || part.value === service)?.[1];
    const place = own?.key ?? own?.place ?? places[0] ?? written.place;
    if (own && calls.length === 0 && demands.length === 0) report(networkProblems['unused-endpoint'], place, { service, cost: !gateway });
    if (gateway && model.settings.vpc?.id !== undefined && !model.settings.vpc.routeTables) report(networkProblems['gateway-without-route-tables'], place, { service });
    const there = model.settings.vpc?.subnets?.length ?? zonesOf(context).length;
    if (settings?.zones !== undefined && settings.zones > there && own) report(networkProblems['more-zones-than-there-are'], own.parts.get('zones')?.place ?? place, { zones: settings.zones, there });
  }
}

/** Every call of a function in the VPC has a road: an endpoint, or the NAT. */
function verifyRoads(context: Context, report: Report): void {
  const { model, members } = context;
  const roads = new Set(endpointPlan(context).map(({ service }) => service));
  const exists = model.settings.vpc?.id !== undefined;
  const unproven: string[] = [];
  for (const [service, calls] of callsByService(members)) {
    if (roads.has(service) || hasNat(context)) continue;
    for (const { member, statement, actions } of calls) {
      const [action = ''] = actions;
      if (exists) unproven.push(`\`${member.title}\` to \`${service}\``);
      else report(networkProblems['unreachable-service'], statement.place, { title: member.title, action, service });
    }
  }
  for (const member of members) {
    for (const { actions, place } of member.calls) {
      const action = actions.find((one) => roadFor(one) === 'unknown');
      if (action !== undefined && !hasNat(context)) report(networkProblems['road-unknown'], place, { title: member.title, action });
    }
  }
  const place = model.root.at('vpc').key ?? model.root.at('vpc').place;
  if (unproven.length > 0) report(networkProblems['not-proven'], place, { calls: [...new Set(unproven)].sort() });
}

function verifyReach({ reaches, title }: Member, context: Context, report: Report): void {
  const exists = context.model.settings.vpc?.id !== undefined;
  for (const one of reaches) {
    if (one.to === 'group') continue;
    const { range, place } = one;
    if (range === '0.0.0.0/0' && !exists && !hasNat(context)) report(networkProblems['internet-without-nat'], place, { title });
    else if (range.includes(':') && !exists) report(networkProblems['range-of-ipv6'], place, { range });
    else if (/^[0-9.]+\/[0-9]+$/.test(range)) {
      const reason = wrongWith(range);
      if (reason !== undefined) report(networkProblems['range-is-no-range'], place, { range, reason });
    }
  }
}

function wrongWith(range: string): string | undefined {
  const [start = '', length = ''] = range.split('/');
  const bytes = start.split('.').map(Number);
  const bits = Number(length);
  if (bytes.some((byte) => byte > 255)) return 'each of the four numbers is at most 255';
  if (bits > 32) return 'an address has 32 bits';
  const first = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  return first % 2 ** (32 - bits) === 0 ? undefined : `the bits behind /${bits} are not zero`;
}
