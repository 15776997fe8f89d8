import type { Report } from '../diagnostics/problem.ts';
import type { Context } from '../resources/meaning.ts';
import { verifyRetention } from '../resources/function-settings.ts';
import { verifyLinks } from './links.ts';
import { endpointPlan, said, type PlannedEndpoint } from './plan.ts';
import { networkProblems } from './problems.ts';
import { verifyReaches, verifyRoads } from './roads.ts';
import { groupsOf } from './security-groups.ts';
import { zonesOf } from './zones.ts';

/** Reports what would not work in the network: calls without a road, roads without a call, and settings that collide. */
export function verifyNetwork(context: Context, report: Report): void {
  verifyVpc(context, report);
  verifyZones(context, report);
  for (const planned of endpointPlan(context)) verifyEndpoint(planned, context, report);
  verifyRoads(context, report);
  for (const member of context.members) verifyReaches(member, context, report);
  verifyRules(context, report);
  verifyLinks(context, report);
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
  if (typeof vpc.flowLogs === 'object')
    verifyRetention(vpc.flowLogs.retention, written.parts.get('flowLogs')?.parts.get('retention')?.place ?? written.place, report);
  for (const { reference } of model.references) {
    if (reference.to === 'vpc' && reference.attribute === 'cidr' && exists && !vpc.range)
      report(networkProblems['range-not-said'], reference.place, {});
  }
}

/** Zones by name stand in the system’s region, and each has one subnet. */
function verifyZones({ model }: Context, report: Report): void {
  const { vpc } = model.settings;
  if (!vpc || vpc.id !== undefined || !Array.isArray(vpc.zones)) return;
  const zones: readonly string[] = vpc.zones;
  const written = model.root.at('vpc').parts.get('zones');
  for (const [index, zone] of zones.entries()) {
    const place = written?.parts.get(String(index))?.place ?? written?.place ?? model.root.at('vpc').place;
    const elsewhere =
      model.region !== undefined && /[0-9][a-z]$/.test(zone) && !/-az[0-9]$/.test(zone) && zone.slice(0, -1) !== model.region;
    if (zones.indexOf(zone) !== index) report(networkProblems['odd-zone'], place, { zone, reason: 'is listed twice', twice: true });
    else if (elsewhere)
      report(networkProblems['odd-zone'], place, { zone, reason: `is not in \`${model.region}\`, where the system is`, twice: false });
  }
}

function verifyEndpoint({ service, gateway, calls, demands, settings, places }: PlannedEndpoint, context: Context, report: Report): void {
  const { vpc } = context.model.settings;
  const written = context.model.root.at('endpoints');
  const own =
    typeof said(context) === 'string'
      ? undefined
      : [...written.parts].find(([key, part]) => key === service || part.value === service)?.[1];
  const place = own?.key ?? own?.place ?? places[0] ?? written.place;
  if (own && calls.length === 0 && demands.length === 0) report(networkProblems['unused-endpoint'], place, { service, cost: !gateway });
  if (gateway && vpc?.id !== undefined && !vpc.routeTables) report(networkProblems['gateway-without-route-tables'], place, { service });
  const there = vpc?.subnets?.length ?? zonesOf(context).length;
  if (settings?.zones !== undefined && settings.zones > there && own)
    report(networkProblems['more-zones-than-there-are'], own.parts.get('zones')?.place ?? place, { zones: settings.zones, there });
  if (vpc?.id === undefined || vpc.range) return;
  for (const { from, because } of demands) if (from.length === 0) report(networkProblems['range-not-said'], because, {});
}

/** What a security group has, in each direction. https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
const MOST_RULES = 60;

/** Counts the rules: those of functions, one of which leads nowhere, and those of the endpoints that admit them. */
function verifyRules(context: Context, report: Report): void {
  const groups = groupsOf(context);
  for (const {
    targets,
    members: [member],
  } of groups) {
    if (member && targets.length + 1 > MOST_RULES)
      report(networkProblems['too-many-rules'], member.because, { what: `\`${member.title}\` connects to ${targets.length} destinations` });
  }
  for (const { service, gateway, demands, places } of endpointPlan(context)) {
    if (gateway) continue;
    const clients = groups.filter(({ targets }) => targets.some(({ named }) => named.word === 'Endpoint' && named.name === service)).length;
    const admitted = new Set(demands.flatMap(({ from }) => (from.length === 0 ? [''] : from))).size;
    const rules = clients + admitted;
    const place = places[0] ?? context.model.root.place;
    if (rules > MOST_RULES)
      report(networkProblems['too-many-rules'], place, {
        what: `The endpoint of \`${service}\` would admit ${rules} ranges and groups of functions`,
      });
  }
}
