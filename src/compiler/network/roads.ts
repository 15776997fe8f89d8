import { logicalId } from '../cloud/address.ts';
import type { Report } from '../diagnostics/problem.ts';
import { accessOf } from '../resources/access.ts';
import { functionAddress } from '../resources/function-address.ts';
import type { Context, Member } from '../resources/meaning.ts';
import { verbs } from '../../schema/access.ts';
import type { Place } from '../text/source-text.ts';
import { callsByService, endpointPlan, hasNat, hasOtherRoad, serviceOf } from './plan.ts';
import { prefixListOf } from './prefix-lists.ts';
import { networkProblems } from './problems.ts';
import { isGateway, standsAlone } from './services.ts';

/** Every call of a function in the VPC has a road: an endpoint, or the NAT. In a VPC that exists that cannot be seen. */
export function verifyRoads(context: Context, report: Report): void {
  const exists = context.model.settings.vpc?.id !== undefined;
  if (exists) verifyUnproven(context, report);
  else if (hasNat(context)) verifyGatewayEgress(context, report);
  else verifyReachable(context, report);
}

function verifyReachable(context: Context, report: Report): void {
  const roads = new Set(endpointPlan(context).map(({ service }) => service));
  for (const [service, calls] of callsByService(context.members)) {
    if (roads.has(service)) continue;
    for (const { member, statement, actions } of calls) {
      const does = doing(member, statement.place, context) ?? `calls \`${actions[0] ?? ''}\``;
      report(networkProblems['unreachable-service'], statement.place, {
        title: member.title,
        does,
        service,
        byItself: !standsAlone(service),
        section: sectionOf(standsAlone(service) ? 'vpc' : 'endpoints', context),
      });
    }
  }
  verifyPollers(roads, context, report);
  for (const { title, calls } of context.members) {
    for (const { actions, place } of calls) {
      const action = actions.find((one) => serviceOf(one) === 'unknown');
      if (action !== undefined) report(networkProblems['road-unknown'], place, { title, action, section: sectionOf('vpc', context) });
    }
  }
}

/** Where a section stands, else the system it could stand in. */
function sectionOf(section: 'vpc' | 'endpoints', { model: { root } }: Context): Place {
  const written = root.at(section);
  return written.key ?? written.place;
}

/** Lambda’s pollers are in the VPC of what they read, and go the same roads. */
function verifyPollers(roads: ReadonlySet<string>, context: Context, report: Report): void {
  const { endpointDemands } = context;
  const section = sectionOf('endpoints', context);
  const places = new Map<Place, string[]>();
  for (const { road, service, because } of endpointDemands)
    if (road && !roads.has(service)) places.set(because, [...(places.get(because) ?? []), service]);
  for (const [place, services] of places) report(networkProblems['pollers-without-road'], place, { services, section });
}

function verifyUnproven(context: Context, report: Report): void {
  const roads = new Set(['none', ...endpointPlan(context).map(({ service }) => service)]);
  const unproven = context.members.flatMap(({ title, calls }) =>
    calls.flatMap(({ actions }) =>
      actions
        .filter((action) => !roads.has(serviceOf(action)))
        .map((action) => {
          const service = serviceOf(action);
          return `\`${title}\` to \`${service === 'unknown' ? (action.split(':')[0] ?? '') : service}\``;
        }),
    ),
  );
  const at = context.model.root.at('vpc');
  if (unproven.length > 0)
    report(networkProblems['not-proven'], at.key ?? at.place, {
      calls: [...new Set(unproven)].sort(),
      section: sectionOf('endpoints', context),
    });
}

/** A rule to a gateway whose prefix list is not known leads anywhere, and with a NAT there is a road to anywhere. */
function verifyGatewayEgress(context: Context, report: Report): void {
  const { region } = context.model;
  const planned = new Set(endpointPlan(context).map(({ service }) => service));
  for (const { title, calls, reaches } of context.members) {
    const throughNat = calls.some(({ actions }) => actions.map(serviceOf).some((service) => service !== 'none' && !planned.has(service)));
    if (throughNat || reaches.some((one) => one.to === 'range' && one.range === '0.0.0.0/0' && one.port === 443)) continue;
    for (const { actions, place } of calls) {
      const service = actions.map(serviceOf).find((one) => isGateway(one) && prefixListOf(one, region) === undefined);
      if (service !== undefined) report(networkProblems['prefix-list-unknown'], place, { title, service, region });
    }
  }
}

/** What a function does with a thing, as a sentence goes on: `put` writes to stream `orders`; without a phrase the verb itself is named. */
const phrases: { readonly [K in keyof typeof verbs]?: Partial<Readonly<Record<keyof (typeof verbs)[K], string>>> } = {
  streams: { write: 'writes to stream', read: 'reads stream' },
  tables: { read: 'reads table', write: 'writes to table', delete: 'deletes from table', scan: 'scans table' },
  queues: { send: 'sends to queue', receive: 'receives from queue' },
  buckets: { read: 'reads bucket', write: 'writes to bucket', delete: 'deletes from bucket', list: 'lists bucket' },
  buses: { put: 'puts events on bus' },
  stateMachines: { start: 'starts state machine' },
  secrets: { read: 'reads secret' },
  settings: { read: 'reads setting' },
  topics: { publish: 'publishes to topic' },
  databases: { connect: 'connects to database', read: 'reads database', data: 'uses the Data API of database' },
  functions: { invoke: 'invokes' },
  consumers: { invoke: 'invokes' },
};

/** What the line of `access` at a place says a function does; nothing where it names an action of the API. */
function doing({ fn }: Member, place: Place, context: Context): string | undefined {
  const own = context.model.functions.find((one) => logicalId(functionAddress(one)) === logicalId(fn));
  const granted = own && accessOf(own, context).filter((one) => one.place === place);
  const [first] = granted ?? [];
  if (!first || granted?.length !== 1) return undefined;
  const words: Readonly<Record<string, string | undefined>> = phrases[first.thing.kind] ?? {};
  if (!Object.hasOwn(verbs[first.thing.kind], first.verb)) return undefined;
  return `${words[first.verb] ?? `needs \`${first.verb}\` on`} \`${first.thing.name}\``;
}

/** Reports functions that go where the VPC does not lead. */
export function verifyReaches({ reaches, title }: Member, context: Context, report: Report): void {
  const exists = context.model.settings.vpc?.id !== undefined;
  for (const one of reaches) {
    if (one.to === 'group') continue;
    const { range, place } = one;
    if (range === '0.0.0.0/0' && !hasOtherRoad(context))
      report(networkProblems['internet-without-nat'], place, { title, section: sectionOf('vpc', context) });
    else if (range.includes(':') && !exists) report(networkProblems['range-of-ipv6'], place, { range });
    else if (/^[0-9.]+\/[0-9]+$/.test(range)) {
      const reason = wrongWith(range);
      if (reason !== undefined)
        report(networkProblems['range-is-no-range'], place, {
          range,
          reason,
          meant: based(range, String(place.source.text.slice(place.span.start, place.span.end))),
        });
    }
  }
}

/** What is written, with a range that begins where a range of its size can begin. */
function based(range: string, written: string): string | undefined {
  const [start = '', length = ''] = range.split('/');
  const bits = Number(length);
  const first = start.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
  const size = 2 ** (32 - bits);
  if (bits > 32 || first >= 2 ** 32) return undefined;
  const base = Math.floor(first / size) * size;
  return written.replace(range, `${[24, 16, 8, 0].map((shift) => Math.floor(base / 2 ** shift) % 256).join('.')}/${bits}`);
}

function wrongWith(range: string): string | undefined {
  const [start = '', length = ''] = range.split('/');
  const bytes = start.split('.').map(Number);
  const bits = Number(length);
  if (bytes.some((byte) => byte > 255)) return 'each of the four numbers is at most 255';
  if (bits > 32) return 'an address has 32 bits';
  const first = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  return first % 2 ** (32 - bits) === 0 ? undefined : `the bits after /${bits} are not zero`;
}
