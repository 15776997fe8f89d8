import { meaningOf, sourcesOf } from '../compiler/sources/sources.ts';
import type { Drafted } from '../compiler/draft.ts';
import { costsOf, plural, type Cost } from '../views/cost.ts';
import { wordOf } from '../views/resource-words.ts';
import { PRICES_OF } from '../views/prices.ts';
import type { System } from './system.ts';

/** What follows from a declaration, as the template has it. */
export interface Facts {
  /** `2 resources`. */
  readonly resources: number;
  /** What wakes it: `pull, each shard once a second`. */
  readonly woken: readonly string[];
  /** Who is woken by it. */
  readonly wakes: readonly string[];
  /** US dollars a month, used or not; nothing where nothing is paid by the hour. */
  readonly monthly: number | undefined;
  /** All of it in sentences, for a hover. */
  readonly lines: readonly string[];
}

const known = new WeakMap<Drafted, ReadonlyMap<string, Facts>>();

/** The facts of everything a system declares, by its path: none while something is wrong with it. */
export function factsOf(system: System): ReadonlyMap<string, Facts> {
  const { made } = system.draft;
  if (!made) return new Map();
  const found = known.get(made) ?? gathered(made);
  known.set(made, found);
  return found;
}

function gathered(made: Drafted): ReadonlyMap<string, Facts> {
  const { model, template } = made;
  const paths = [...model.things, ...model.functions].map(({ path }) => path);
  const types = new Map<string, string[]>();
  for (const [id, { Type, Metadata }] of Object.entries(template.Resources)) {
    const owner = ownerOf(Metadata?.eventsystem.path ?? `resources.${id}`, paths);
    if (owner !== undefined) types.set(owner, [...(types.get(owner) ?? []), Type]);
  }
  const costs = new Map<string, Cost[]>();
  for (const cost of costsOf(template)) {
    const owner = ownerOf(cost.path, paths);
    if (owner !== undefined) costs.set(owner, [...(costs.get(owner) ?? []), cost]);
  }
  const sources = model.all('consumers').flatMap((consumer) => sourcesOf(consumer, model));
  return new Map(
    paths.map((path) => {
      const woken = sources
        .filter(({ consumer }) => consumer.path === path)
        .map((source) => `${meaningOf(source).model.delivery}: ${meaningOf(source).pace(source)}`);
      const wakes = sources.filter(({ settings }) => isThing(settings[settings.kind as never], path)).map(({ consumer }) => consumer.name);
      return [path, facts(types.get(path) ?? [], woken, [...new Set(wakes)], costs.get(path) ?? [])];
    }),
  );
}

function isThing(value: unknown, path: string): boolean {
  return typeof value === 'object' && value !== null && 'path' in value && value.path === path;
}

function ownerOf(path: string, paths: readonly string[]): string | undefined {
  let best: string | undefined;
  for (const one of paths) if ((path === one || path.startsWith(`${one}.`)) && one.length > (best?.length ?? 0)) best = one;
  return best;
}

function facts(types: readonly string[], woken: readonly string[], wakes: readonly string[], costs: readonly Cost[]): Facts {
  const counts = new Map<string, number>();
  for (const type of types) counts.set(wordOf(type), (counts.get(wordOf(type)) ?? 0) + 1);
  const made = [...counts].map(([word, count]) => (count === 1 ? word : `${count} × ${word}`)).join(', ');
  const amounts = costs.flatMap(({ monthly }) => monthly ?? []);
  const monthly = amounts.length === 0 ? undefined : amounts.reduce((sum, one) => sum + one, 0);
  return {
    resources: types.length,
    woken,
    wakes,
    monthly,
    lines: [
      ...(types.length === 0 ? [] : [`Becomes ${plural(types.length, 'resource')}: ${made}.`]),
      ...woken.map((line) => `Triggered by ${line}.`),
      ...(wakes.length === 0 ? [] : [`Triggers ${wakes.map((name) => `\`${name}\``).join(', ')}.`]),
      ...(monthly === undefined ? [] : [`About ${dollars(monthly)} a month in fixed costs (${PRICES_OF.region}, ${PRICES_OF.date}).`]),
    ],
  };
}

export function dollars(amount: number): string {
  return `$${amount.toFixed(2)}`;
}
