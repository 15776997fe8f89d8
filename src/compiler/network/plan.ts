import type { Context, EndpointDemand, Member, Statement } from '../resources/meaning.ts';
import type { Place } from '../text/source-text.ts';
import { linkedRoutes } from './linked.ts';
import { isGateway, roadFor, standsAlone } from './services.ts';

type Surroundings = Omit<Context, 'network'>;

/** A call of a function in the VPC that needs a road to a service of AWS. */
export interface Call {
  readonly member: Member;
  readonly statement: Statement & { readonly place: Place };
  readonly actions: readonly string[];
}

/** An endpoint that is made: for whose calls, and what its settings say. */
export interface PlannedEndpoint {
  readonly service: string;
  readonly gateway: boolean;
  readonly calls: readonly Call[];
  readonly demands: readonly EndpointDemand[];
  readonly settings: EndpointSettings | undefined;
  /** The lines that asked for it. */
  readonly places: readonly Place[];
}

export type EndpointSettings = Exclude<NonNullable<Context['model']['settings']['endpoints']>, string | readonly unknown[]>[string];

/** What the file says about endpoints: a word, or services with their settings. */
export type Said = 'auto' | 'none' | ReadonlyMap<string, EndpointSettings | undefined>;

export function said({ model }: Surroundings): Said {
  const { endpoints, vpc } = model.settings;
  if (endpoints === undefined) return vpc?.id === undefined ? 'auto' : 'none';
  if (typeof endpoints === 'string') return endpoints === 'none' ? 'none' : 'auto';
  if (isList(endpoints)) return new Map(endpoints.map((service) => [service, undefined]));
  return new Map(Object.entries(endpoints));
}

/** Whether there is a VPC: one that exists, one the file asks for, or one that something cannot do without. */
export function needsVpc(context: Surroundings): boolean {
  const { model } = context;
  if (model.settings.vpc !== undefined || context.members.length > 0 || context.endpointDemands.length > 0) return true;
  if (linkedRoutes(context).length > 0) return true;
  if (model.references.some(({ reference }) => reference.to === 'vpc')) return true;
  return model.all('databases').some(({ settings, written }) => !written.broken && settings.existing === undefined);
}

export const hasNat = ({ model }: Surroundings): boolean =>
  model.settings.vpc?.id === undefined && (model.settings.vpc?.nat ?? 'none') !== 'none';

/** Whether calls can leave by a road that is no endpoint of ours: a NAT, or whatever a VPC that exists has. */
export const hasOtherRoad = (context: Surroundings): boolean => hasNat(context) || context.model.settings.vpc?.id !== undefined;

/** The service of AWS an action goes to, as in its endpoint’s name; `unknown` where no endpoint is known, `none` for what is no call to AWS. */
export function serviceOf(action: string): string {
  const road = roadFor(action);
  return typeof road === 'string' ? road : 'gateway' in road ? road.gateway : road.service;
}

/** Every call to a service of AWS by functions in the VPC, by the service’s name in PrivateLink. */
export function callsByService(members: readonly Member[]): ReadonlyMap<string, readonly Call[]> {
  const all = new Map<string, Call[]>();
  for (const member of members) {
    for (const statement of member.calls) {
      const byService = new Map<string, string[]>();
      for (const action of statement.actions) {
        const service = serviceOf(action);
        if (service !== 'none' && service !== 'unknown') byService.set(service, [...(byService.get(service) ?? []), action]);
      }
      for (const [service, actions] of byService) all.set(service, [...(all.get(service) ?? []), { member, statement, actions }]);
    }
  }
  return all;
}

/** The endpoints of the VPC, by service: exactly those that are needed, or those the file lists. */
export function endpointPlan(context: Surroundings): readonly PlannedEndpoint[] {
  const calls = callsByService(context.members);
  const listed = said(context);
  const all = context.endpointDemands.filter(
    ({ road, service }) => !road || (listed === 'auto' ? !hasNat(context) : listed !== 'none' && listed.has(service)),
  );
  const demanded = [...new Set(all.map(({ service }) => service))];
  const called = [...calls.keys()];
  const services = new Set([
    ...demanded,
    ...(listed === 'none'
      ? []
      : listed === 'auto'
        ? called.filter((service) => isGateway(service) || !(hasNat(context) || standsAlone(service)))
        : listed.keys()),
  ]);
  return [...services].sort().map((service) => {
    const own = calls.get(service) ?? [];
    const demands = all.filter((one) => one.service === service);
    return {
      service,
      gateway: isGateway(service),
      calls: own,
      demands,
      settings: typeof listed === 'string' ? undefined : listed.get(service),
      places: [...own.map(({ statement }) => statement.place), ...demands.map(({ because }) => because)],
    };
  });
}

function isList(value: unknown): value is readonly string[] {
  return Array.isArray(value);
}
