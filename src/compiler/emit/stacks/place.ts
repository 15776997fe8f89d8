import { LIFETIMES, type Lifetime } from '../../cloud/lifetimes.ts';
import { digestOf } from '../../cloud/digest.ts';
import type { Template, TemplateResource } from '../emit.ts';
import type { Needs } from '../graph.ts';
import { askedIn } from './references.ts';

/** How many stacks the functions have of their own, and how many what ties other things to them. None: they stand with the application. */
export interface Counts {
  readonly functions: number;
  readonly wiring: number;
}

/** The ends of the names of a system’s stacks, in the order they are deployed; the application’s is nothing. */
export function endsOf({ functions, wiring }: Counts): readonly string[] {
  const numbered = (word: string, count: number) => Array.from({ length: count }, (_, index) => `${word}-${index + 1}`);
  return ['network', 'data', ...numbered('functions', functions), '', ...numbered('wiring', wiring)];
}

/** What something else refers to, or an output does. */
export function neededOf({ Outputs: outputs = {} }: Pick<Template, 'Outputs'>, needs: Needs): ReadonlySet<string> {
  const byOthers = [...needs].flatMap(([id, others]) => [...others].filter((other) => other !== id));
  return new Set([...byOthers, ...askedIn(outputs).map(({ id }) => id)]);
}

export interface Placing {
  readonly template: Template;
  readonly needs: Needs;
  /** What something refers to, or an output does. */
  readonly needed: ReadonlySet<string>;
  readonly lifetimes: ReadonlyMap<string, Lifetime>;
}

/**
 * The stack of each resource, as its place in `endsOf`. Where it belongs follows from what it is (its lifetime, its function’s
 * name); what refers to something in a later stack goes there, too, so that no stack ever needs a later one.
 */
export function placesOf(placing: Placing, counts: Counts): ReadonlyMap<string, number> {
  const { template, needs } = placing;
  const units = unitsOf(template);
  const places = new Map(Object.keys(template.Resources).map((id) => [id, ownPlace(id, placing, units, counts)]));
  const wholes = wholesOf(template, units);
  for (let moved = true; moved;) {
    moved = false;
    const raise = (id: string, to: number) => {
      if ((places.get(id) ?? 0) >= to) return;
      places.set(id, to);
      moved = true;
    };
    for (const [id, others] of needs) raise(id, Math.max(0, ...[...others].map((other) => places.get(other) ?? 0)));
    for (const whole of wholes) {
      const latest = Math.max(...whole.map((id) => places.get(id) ?? 0));
      for (const id of whole) raise(id, latest);
    }
  }
  return places;
}

function ownPlace(id: string, { template, needed, lifetimes }: Placing, units: Units, { functions, wiring }: Counts): number {
  const lifetime = LIFETIMES.indexOf(lifetimes.get(id) ?? 'application');
  if (lifetime < LIFETIMES.indexOf('application')) return lifetime;
  const unit = units.get(id);
  const first = LIFETIMES.indexOf('application');
  if (unit !== undefined && functions > 0 && lifetimes.get(unit) === 'application') return first + shareOf(unit, functions);
  if (wiring > 0 && WIRING.has(template.Resources[id]?.Type ?? '') && !needed.has(id)) return first + functions + 1 + shareOf(id, wiring);
  return first + functions;
}

/** Which of so many a name falls to: of its name alone, so that others change nothing. */
function shareOf(name: string, count: number): number {
  return Number.parseInt(digestOf(name).slice(-8), 16) % count;
}

/** What ties others to functions, where nothing waits for it. */
const WIRING = new Set(['AWS::Lambda::Permission', 'AWS::CloudWatch::Alarm']);

/** For a resource the function it belongs to. */
type Units = ReadonlyMap<string, string>;

/** What is attached to a function, and the property that names it. */
const ATTACHED: Readonly<Record<string, string>> = {
  'AWS::Lambda::Alias': 'FunctionName',
  'AWS::Lambda::Version': 'FunctionName',
  'AWS::Lambda::EventSourceMapping': 'FunctionName',
  'AWS::Lambda::EventInvokeConfig': 'FunctionName',
  'AWS::Lambda::Url': 'TargetFunctionArn',
};

function unitsOf({ Resources: resources }: Template): Units {
  const units = new Map<string, string>();
  const named = (one: TemplateResource, property: string) => askedIn(one.Properties?.[property]).map(({ id }) => id);
  for (const [id, one] of Object.entries(resources)) {
    if (one.Type !== 'AWS::Lambda::Function') continue;
    units.set(id, id);
    for (const served of [...named(one, 'Role'), ...named(one, 'LoggingConfig')]) {
      // What several functions share belongs to none of them.
      if (Object.hasOwn(resources, served)) units.set(served, units.has(served) ? '' : id);
    }
  }
  // An alias may stand for its function.
  for (let round = 0; round < 2; round++)
    for (const [id, one] of Object.entries(resources)) {
      const unit = named(one, ATTACHED[one.Type] ?? '').flatMap((other) => units.get(other) ?? [])[0];
      if (Object.hasOwn(ATTACHED, one.Type) && unit !== undefined) units.set(id, unit);
      if (one.Type === 'AWS::IAM::Policy') {
        const roles = named(one, 'Roles').flatMap((other) => units.get(other) ?? []);
        if (roles.length === 1 && roles[0] !== undefined) units.set(id, roles[0]);
      }
    }
  return new Map([...units].filter(([, unit]) => unit !== ''));
}

/** What changes together and stands together: a function, its role, its logs, its versions. */
function wholesOf({ Resources: resources }: Template, units: Units): readonly (readonly string[])[] {
  const together = new Set([
    'AWS::Lambda::Function',
    'AWS::IAM::Role',
    'AWS::Logs::LogGroup',
    'AWS::Lambda::Version',
    'AWS::Lambda::Alias',
  ]);
  const wholes = new Map<string, string[]>();
  for (const [id, unit] of units) {
    if (!together.has(resources[id]?.Type ?? '')) continue;
    const whole = wholes.get(unit);
    if (whole) whole.push(id);
    else wholes.set(unit, [id]);
  }
  return [...wholes.values()];
}
