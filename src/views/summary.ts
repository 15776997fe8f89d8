import type { CompiledSystem } from '../compiler/compile.ts';
import type { Template } from '../compiler/emit/emit.ts';
import { meaningOf, sourcesOf } from '../compiler/sources/sources.ts';
import { costsOf, plural } from './cost.ts';
import { PRICES_OF } from './prices.ts';
import { wordOf } from './resource-words.ts';

/** A part of the summary: rows of a name and what is to be said about it. */
export interface Section {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly note?: string;
}

export interface Row {
  readonly name: string;
  readonly text: string;
}

/** What became of the file, line for line; what wakes the consumers; what costs whether it is used or not. */
export function summaryOf(system: Pick<CompiledSystem, 'model'>, template: Template, stacks = 1): readonly Section[] {
  return [made(system, template, stacks), woken(system), cost(system, template)].filter(({ rows }) => rows.length > 0);
}

function made({ model }: Pick<CompiledSystem, 'model'>, template: Template, stacks: number): Section {
  const lines = [...model.things, ...model.functions].map(({ path }) => path);
  const counts = new Map<string, Map<string, number>>();
  for (const [id, { Type, Metadata }] of Object.entries(template.Resources)) {
    const path = Metadata?.eventsystem.path ?? `resources.${id}`;
    const line = lineOf(path, lines);
    const words = counts.get(line) ?? new Map<string, number>();
    const word = wordOf(Type);
    counts.set(line, words.set(word, (words.get(word) ?? 0) + 1));
  }
  const total = Object.keys(template.Resources).length;
  return {
    title: `${plural(total, 'resource')} in ${stacks === 1 ? `the stack ${model.stack}` : `${stacks} stacks, ${model.stack} and its siblings`}`,
    rows: [...counts].map(([name, words]) => ({
      name,
      text: [...words].map(([word, count]) => (count === 1 ? word : `${count} × ${word}`)).join(', '),
    })),
  };
}

/** The declared thing a path belongs to: its own, or the longest above it. */
function lineOf(path: string, lines: readonly string[]): string {
  return (
    lines.reduce((best, line) => ((path === line || path.startsWith(`${line}.`)) && line.length > best.length ? line : best), '') || path
  );
}

function woken({ model }: Pick<CompiledSystem, 'model'>): Section {
  const sources = model.all('consumers').flatMap((consumer) => sourcesOf(consumer, model));
  return {
    title: 'What invokes the consumers',
    rows: sources.map((source) => {
      const meaning = meaningOf(source);
      return {
        name: source.consumer.path,
        text: `${source.kind} ${source.names.at(-1)?.name ?? ''}: ${meaning.model.delivery} (${meaning.pace(source)})`,
      };
    }),
  };
}

function cost({ model }: Pick<CompiledSystem, 'model'>, template: Template): Section {
  const costs = folded(costsOf(template));
  const known = costs.flatMap(({ monthly }) => monthly ?? []);
  const total = known.reduce((sum, one) => sum + one, 0);
  const region = model.region ?? PRICES_OF.region;
  const elsewhere =
    region === PRICES_OF.region && model.region !== undefined
      ? ''
      : model.region === undefined
        ? '; the file sets no region'
        : `; they differ in ${region}`;
  return {
    title: `About ${dollars(total)} a month in fixed costs${known.length < costs.length ? ', plus what is not known' : ''}`,
    rows: costs.map(({ path, what, monthly }) => ({
      name: path,
      text: `${what}: ${monthly === undefined ? 'price not known' : dollars(monthly)}`,
    })),
    note: `Prices for ${PRICES_OF.region}, ${PRICES_OF.date}${elsewhere}. Requests, records and gigabytes come on top.`,
  };
}

/** What stands at one place several times is one row: `2 × alarm`. */
function folded(costs: ReturnType<typeof costsOf>): ReturnType<typeof costsOf> {
  const rows = new Map<string, (typeof costs)[number][]>();
  for (const one of costs) rows.set(`${one.path}\0${one.what}`, [...(rows.get(`${one.path}\0${one.what}`) ?? []), one]);
  return [...rows.values()].flatMap((all) => {
    const [first] = all;
    if (!first || all.length === 1) return all;
    return [
      { ...first, what: `${all.length} × ${first.what}`, monthly: first.monthly === undefined ? undefined : first.monthly * all.length },
    ];
  });
}

function dollars(amount: number): string {
  return `$${amount.toFixed(2)}`;
}
