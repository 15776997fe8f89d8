import type { Catalogue } from '../../cloud/catalogue.ts';
import { lifetimeOf, type Lifetime } from '../../cloud/lifetimes.ts';
import type { Template, TemplateResource } from '../emit.ts';
import type { Json } from '../render.ts';
import { HANDED_OVER, handOver, keyOf, type Handed, type HandOver } from './hand-over.ts';
import { needsOf } from '../graph.ts';
import { endsOf, neededOf, placesOf, type Counts, type Placing } from './place.ts';
import { askedIn, replaced } from './references.ts';

/** One stack of a system, and where the values of its parameters come from. */
export interface SystemStack {
  readonly name: string;
  readonly template: Template;
  /** By the parameter: an output of an earlier stack. */
  readonly handed: { readonly [parameter: string]: { readonly stack: string; readonly output: string } };
}

/** How an author wants a system’s stacks. */
export interface Form {
  readonly form: 'one' | 'lifetimes' | undefined;
  readonly functions: number | undefined;
  readonly wiring: number | undefined;
}

export interface Splitting {
  /** The application’s stack: `shop-dev`. */
  readonly stack: string;
  readonly form: Form;
  /** The lifetime of the thing that something was made for, where it is not its type’s own. */
  readonly lifetimes: ReadonlyMap<string, Lifetime>;
  readonly catalogue: Catalogue;
}

/** A stack takes 500 resources; from here on a system is several, so that what is added still fits. */
export const LINE = 450;
const MOST = 500;

/** A system’s stacks in the order they are deployed: one, or where it is too large for one several, by lifetime. */
export function stacksOf(template: Template, options: Splitting): readonly SystemStack[] {
  const { stack, form } = options;
  const splits = form.form === 'lifetimes' || (form.form === undefined && Object.keys(template.Resources).length > LINE);
  return splits ? split(template, options) : [{ name: stack, template, handed: {} }];
}

function split(template: Template, { stack, form, lifetimes: own, catalogue }: Splitting): readonly SystemStack[] {
  const lifetimes = new Map(
    Object.entries(template.Resources).map(([id, { Type: type }]) => [id, lifetimeOf(type, own.get(id), catalogue)] as const),
  );
  const needs = needsOf(template.Resources);
  const { counts, places } = fitting({ template, needs, needed: neededOf(template, needs), lifetimes }, form);
  const ends = endsOf(counts);
  const main = ends.indexOf('');
  const words = ends.map((end) => end.split('-').map(capital).join('') || 'Application');
  const values = handOver({ template, places, words, main, catalogue });
  const used = ends.map((_, place) => place === main || [...places.values()].includes(place));
  const nameOf = (place: number) => (ends[place] === '' ? stack : `${stack}-${ends[place] ?? ''}`);
  return ends.flatMap((_, place) => {
    if (!used[place]) return [];
    const metadata: Pick<Template, 'Metadata'> =
      place === main
        ? { Metadata: { eventsystem: { stacks: ends.filter((_end, index) => used[index] && index !== main), ...counts } } }
        : {};
    return [stackAt(place, nameOf(place), { template, places, values, stack, main, metadata, nameOf })];
  });
}

interface Fitting {
  readonly counts: Counts;
  readonly places: ReadonlyMap<string, number>;
}

const POWERS = [0, 1, 2, 4, 8, 16, 32, 64];

/** The fewest stacks in which everything fits; as many as the author says, where the file says it, and those may be full. */
function fitting(placing: Placing, form: Form): Fitting {
  const choices = (form.functions === undefined ? POWERS : [form.functions]).flatMap((functions) =>
    (form.wiring === undefined ? POWERS.slice(0, 6) : [form.wiring]).map((wiring): Counts => ({ functions, wiring })),
  );
  let first: Fitting | undefined;
  for (const counts of choices) {
    const one = { counts, places: placesOf(placing, counts) };
    if (fits(one, form)) return one;
    first ??= one;
  }
  // Nothing fits: the limits of the simplest are told.
  if (!first) throw new Error('A system has at least one stack.');
  return first;
}

/** What is in the network and holds data stays together, however much it is. */
function fits({ counts, places }: Fitting, { functions, wiring }: Form): boolean {
  const sizes = new Map<number, number>();
  for (const place of places.values()) sizes.set(place, (sizes.get(place) ?? 0) + 1);
  const main = endsOf(counts).indexOf('');
  const said = (place: number) =>
    place < main ? functions !== undefined : place > main ? wiring !== undefined : functions !== undefined && wiring !== undefined;
  return [...sizes].every(([place, size]) => place < 2 || size <= (said(place) ? MOST : LINE));
}

interface Whole {
  readonly template: Template;
  readonly places: ReadonlyMap<string, number>;
  readonly values: HandOver;
  readonly stack: string;
  readonly main: number;
  readonly metadata: Pick<Template, 'Metadata'>;
  readonly nameOf: (place: number) => string;
}

function stackAt(place: number, name: string, whole: Whole): SystemStack {
  const { template, places, values, main, metadata, nameOf } = whole;
  const taken = new Map<string, Handed>();
  const instead = here(place, whole, (one) => taken.set(one.name, one));
  const mine = Object.entries(template.Resources).filter(([id]) => places.get(id) === place);
  const resources = Object.fromEntries(
    mine.map(([id, one]) => [id, resourceHere(one, place, places, (value) => replaced(value, instead))]),
  );
  const outputs = {
    ...(place === main && (replaced(template.Outputs ?? {}, instead) as Template['Outputs'])),
    ...outputsFor(place, values, template),
  };
  const body = { Resources: mine.length === 0 ? NOTHING : resources, ...(Object.keys(outputs).length > 0 && { Outputs: outputs }) };
  const given = [...taken.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const conditions = usedConditions(template, body);
  const parameters = {
    ...usedParameters(template, { ...body, Conditions: conditions }),
    ...Object.fromEntries(given.map((one) => [one.name, parameterOf(one, nameOf(one.from))])),
  };
  return {
    name,
    handed: Object.fromEntries(given.map((one) => [one.name, { stack: nameOf(one.from), output: one.name }])),
    template: {
      AWSTemplateFormatVersion: '2010-09-09',
      ...(template.Description !== undefined && { Description: template.Description }),
      ...metadata,
      ...(Object.keys(parameters).length > 0 && { Parameters: parameters }),
      ...(Object.keys(conditions).length > 0 && { Conditions: conditions }),
      ...body,
    },
  };
}

/** Where a system has nothing but data, its application is there all the same: what is added later moves nothing. */
const NOTHING: Template['Resources'] = {
  NothingYet: { Type: 'AWS::CloudFormation::WaitConditionHandle', Metadata: { eventsystem: { path: 'stacks' } } },
};

/** What stands for a reference in one stack: itself, or the parameter by which its value comes. */
function here(place: number, { places, values, stack }: Whole, take: (one: Handed) => void): (asked: Handed['asked']) => Json | undefined {
  return (asked) => {
    // Each stack has a name of its own, and resources are named by the system’s.
    if (asked.id === 'AWS::StackName' && asked.attribute === undefined) return stack;
    const from = places.get(asked.id);
    if (from === undefined || from === place) return undefined;
    const one = values.get(keyOf(asked));
    if (!one) throw new Error(`${asked.id} is asked for in another stack, and not handed over.`);
    take(one);
    return one.at === undefined ? { Ref: one.name } : { 'Fn::Select': [one.at, { Ref: one.name }] };
  };
}

function resourceHere(
  one: TemplateResource,
  place: number,
  places: ReadonlyMap<string, number>,
  turned: (value: Json) => Json,
): TemplateResource {
  const { DependsOn: waits, Properties: properties, UpdatePolicy: policy, ...rest } = policyElsewhere(one);
  const left = [waits ?? []].flat().filter((id) => places.get(id) === place);
  return {
    ...rest,
    ...(left.length > 0 && { DependsOn: left }),
    ...(policy !== undefined && { UpdatePolicy: turned(policy) }),
    ...(properties !== undefined && { Properties: turned(properties) as TemplateResource['Properties'] }),
  } as TemplateResource;
}

/** Rules of a checker that look for a policy in the same template. */
const LOOKS_FOR_POLICY: Readonly<Record<string, string>> = {
  'AWS::SQS::Queue': 'AwsSolutions-SQS4',
  'AWS::SNS::Topic': 'AwsSolutions-SNS3',
};

function policyElsewhere(one: TemplateResource): TemplateResource {
  const rule = LOOKS_FOR_POLICY[one.Type];
  const own = one.Metadata?.eventsystem;
  if (rule === undefined || !own) return one;
  const reason = 'Its policy, which asks for TLS, stands in the application’s stack.';
  return { ...one, Metadata: { eventsystem: { ...own, accepted: [...(own.accepted ?? []), { rule, reason }] } } };
}

function parameterOf({ at, list }: Handed, from: string): Json {
  return { Type: at === undefined && !list ? 'String' : 'CommaDelimitedList', Description: `An output of ${from}.` };
}

function outputsFor(place: number, values: HandOver, { Resources: resources }: Template): { readonly [name: string]: Json } {
  const own = ({ asked: { id, attribute } }: Handed): Json => {
    const value: Json = attribute === undefined ? { Ref: id } : { 'Fn::GetAtt': [id, attribute] };
    const condition = resources[id]?.Condition;
    return condition === undefined ? value : { 'Fn::If': [condition, value, 'none'] };
  };
  const outputs: Record<string, Json> = {};
  const lists = new Map<string, Json[]>();
  for (const one of values.values()) {
    if (one.from !== place) continue;
    if (one.at !== undefined) lists.set(one.name, [...(lists.get(one.name) ?? []), own(one)]);
    else outputs[one.name] = toOthers(one.list ? { 'Fn::Join': [',', own(one)] } : own(one));
  }
  for (const [name, items] of lists) outputs[name] = toOthers({ 'Fn::Join': [',', items] });
  return outputs;
}

function toOthers(value: Json): Json {
  return { Description: HANDED_OVER, Value: value };
}

function usedConditions(
  { Conditions: all = {} }: Template,
  body: Pick<Template, 'Resources' | 'Outputs'>,
): { readonly [name: string]: Json } {
  const text = JSON.stringify(body);
  return Object.fromEntries(Object.entries(all).filter(([name]) => text.includes(`"${name}"`)));
}

function usedParameters({ Parameters: all = {}, Resources }: Template, body: object): { readonly [name: string]: Json } {
  const asked = new Set(askedIn(body as Json).map(({ id }) => id));
  return Object.fromEntries(Object.entries(all).filter(([name]) => asked.has(name) && !Object.hasOwn(Resources, name)));
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
