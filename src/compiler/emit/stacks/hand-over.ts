import type { Catalogue } from '../../cloud/catalogue.ts';
import type { Template } from '../emit.ts';
import type { Json } from '../render.ts';
import { askedIn, type Asked } from './references.ts';

/** A value that one stack hands to others: by an output of its own, and a parameter of the same name of theirs. */
export interface Handed {
  readonly asked: Asked;
  /** The stack that has it, as its place in the order. */
  readonly from: number;
  /** The output’s name, and the parameter’s. */
  readonly name: string;
  /** Its place in a list of several; nothing where it has an output alone. */
  readonly at: number | undefined;
  /** It is a list itself. */
  readonly list: boolean;
}

/** How outputs for other stacks are told from those for people. */
export const HANDED_OVER = 'Handed over to stacks of the same system.';

/** Every value that is asked for in a later stack than the one that has it, by `keyOf`. */
export type HandOver = ReadonlyMap<string, Handed>;

export const keyOf = ({ id, attribute }: Asked): string => `${id} ${attribute ?? ''}`;

/** Outputs and parameters that a stack may have, less some for the author’s own. */
const ROOM = 150;

/**
 * An output holds 4,096 bytes, and so does a parameter. Sixteen names or ARNs, each of less than 256, are fewer in any case.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
const IN_A_LIST = 16;

export interface HandingOver {
  readonly template: Template;
  readonly places: ReadonlyMap<string, number>;
  /** Words for the stacks, for the names of lists: `Functions1`. */
  readonly words: readonly string[];
  /** The stack that has the author’s outputs. */
  readonly main: number;
  readonly catalogue: Catalogue;
}

/** What has to be handed over; many small values in few lists where they would be more than a stack may have. */
export function handOver(facts: HandingOver): HandOver {
  const { template, catalogue } = facts;
  const found = crossing(facts);
  const names = named(
    found.map(({ asked }) => asked),
    template,
  );
  const alone = found.map(({ asked, from }): Handed => ({
    asked,
    from,
    name: names.get(keyOf(asked)) ?? '',
    at: undefined,
    list: catalogue.resourceType(template.Resources[asked.id]?.Type ?? '')?.lists?.some((one) => one === asked.attribute) === true,
  }));
  const all = countsOf(found).some((count) => count > ROOM) ? packed(alone, facts) : alone;
  return new Map(all.map((one) => [keyOf(one.asked), one]));
}

interface Crossing {
  readonly asked: Asked;
  readonly from: number;
  /** The stacks that ask for it. */
  readonly to: ReadonlySet<number>;
}

function crossing({ template, places, main }: HandingOver): readonly Crossing[] {
  const found = new Map<string, { readonly asked: Asked; readonly from: number; readonly to: Set<number> }>();
  const look = (value: Json, at: number): void => {
    for (const asked of askedIn(value)) {
      const from = places.get(asked.id);
      if (from === undefined || from === at) continue;
      const key = keyOf(asked);
      const one = found.get(key) ?? { asked, from, to: new Set() };
      one.to.add(at);
      found.set(key, one);
    }
  };
  for (const [id, one] of Object.entries(template.Resources)) look(one as unknown as Json, places.get(id) ?? 0);
  look(template.Outputs ?? {}, main);
  return [...found.values()].sort((a, b) => (keyOf(a.asked) < keyOf(b.asked) ? -1 : 1));
}

/** How many outputs, and how many parameters, each stack would have. */
function countsOf(found: readonly Crossing[]): readonly number[] {
  const counts = new Map<string, number>();
  const add = (key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const { from, to } of found) {
    add(`from ${from}`);
    for (const one of to) add(`to ${one}`);
  }
  return [...counts.values()];
}

/** A name for each value that nothing in the template has. */
function named(all: readonly Asked[], { Resources, Parameters = {}, Outputs = {} }: Template): ReadonlyMap<string, string> {
  const taken = new Set([...Object.keys(Resources), ...Object.keys(Parameters), ...Object.keys(Outputs)]);
  return new Map(
    all.map((asked) => {
      let name = `${asked.id}${asked.attribute === undefined ? 'Ref' : asked.attribute.replace(/[^A-Za-z0-9]/g, '')}`;
      while (taken.has(name)) name += 'Handed';
      taken.add(name);
      return [keyOf(asked), name];
    }),
  );
}

function packed(alone: readonly Handed[], { template, words }: HandingOver): readonly Handed[] {
  const counts = new Map<number, number>();
  return alone.map((one) => {
    if (!isShort(one, template)) return one;
    const index = counts.get(one.from) ?? 0;
    counts.set(one.from, index + 1);
    return { ...one, name: `${words[one.from] ?? ''}Values${Math.floor(index / IN_A_LIST) + 1}`, at: index % IN_A_LIST };
  });
}

/** A name, an ARN, an address: without a comma and not long. What an author or a provider says may be anything. */
function isShort({ asked, list }: Handed, { Resources }: Template): boolean {
  const type = Resources[asked.id]?.Type ?? '';
  return !list && asked.attribute !== 'Value' && type !== 'AWS::CloudFormation::CustomResource' && !type.startsWith('Custom::');
}
