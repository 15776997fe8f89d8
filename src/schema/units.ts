import { Misread, type Extra, type Shape } from './shape.ts';

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

interface DurationRules extends Extra {
  /** In seconds, both included. */
  readonly from?: number;
  readonly to?: number;
  readonly examples?: readonly string[];
}

/** A length of time with its unit: `30 seconds`, `5m`. Becomes seconds. */
export function duration(doc: string, rules?: DurationRules): Shape<number>;
export function duration<const W extends string>(doc: string, rules: DurationRules & { readonly words: readonly W[] }): Shape<number | W>;
export function duration(
  doc: string,
  {
    from = 0,
    to = Infinity,
    words = [],
    examples = ['30 seconds', '5 minutes'],
    ...extra
  }: DurationRules & { readonly words?: readonly string[] } = {},
): Shape<number | string> {
  const other = words.map((word) => `|${word}`).join('');
  return {
    form: 'leaf',
    doc,
    pattern: `^([0-9]{1,9} ?(s|seconds?|m|minutes?|h|hours?|d|days?)${other})$`,
    means: `a length of time with its unit, such as ${examples[0]}${words.map((word) => `, or ${word}`).join('')}`,
    examples: [...examples, ...words],
    read: (written: string) => {
      if (words.includes(written)) return written;
      const seconds = parseInt(written, 10) * (SECONDS[written.replace(/[0-9 ]/g, '').charAt(0)] ?? 1);
      return within(seconds, from, to, inTime);
    },
    show: (value) => (typeof value === 'number' ? inTime(value) : String(value)),
    ...(to < Infinity && { range: `${inTime(from)} to ${inTime(to)}` }),
    ...extra,
  };
}

function within(value: number, from: number, to: number, show: (value: number) => string): number | Misread {
  if (value < from) return new Misread(`It must be at least ${show(from)}.`);
  if (value > to) return new Misread(`It can be at most ${show(to)}.`);
  return value;
}

/** Seconds as a person says them: `5 minutes`. */
export function inTime(seconds: number): string {
  for (const [unit, length] of [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ] as const) {
    if (seconds >= length && seconds % length === 0) return counted(seconds / length, unit);
  }
  return counted(seconds, 'second');
}

function counted(amount: number, unit: string): string {
  return `${amount} ${unit}${amount === 1 ? '' : 's'}`;
}

const KIBIBYTES: Readonly<Record<string, number>> = { KiB: 1, MiB: 1024, GiB: 1024 ** 2, TiB: 1024 ** 3 };

interface SizeRules extends Extra {
  readonly in: 'KiB' | 'MiB' | 'GiB';
  /** In the unit of `in`, both included. */
  readonly from: number;
  readonly to: number;
  readonly examples?: readonly string[];
}

/** An amount of data with its unit: `256 MiB`. Becomes a number of the unit `in`. */
export function size(doc: string, { in: unit, from, to, examples, ...extra }: SizeRules): Shape<number> {
  const shown = examples ?? [`${Math.max(from, 1)} ${unit}`];
  return {
    form: 'leaf',
    doc,
    pattern: '^[0-9]{1,9} ?(KiB|MiB|GiB|TiB)$',
    means: `an amount of data with its unit, such as ${shown[0]}`,
    examples: shown,
    read: (written: string) => {
      const kibibytes = parseInt(written, 10) * (KIBIBYTES[written.replace(/[0-9 ]/g, '')] ?? 1);
      const value = kibibytes / (KIBIBYTES[unit] ?? 1);
      if (!Number.isInteger(value)) return new Misread(`It must be a whole number of ${unit}.`);
      return within(value, from, to, (amount) => `${amount} ${unit}`);
    },
    show: (value) => `${String(value)} ${unit}`,
    range: `${from} to ${to} ${unit}`,
    ...extra,
  };
}

/** So many in so much time. */
export interface Rate<P extends string = string> {
  readonly amount: number;
  readonly per: P;
}

/** So many per second, day, week or month: `100 per second`. */
export function rate<const P extends string>(
  doc: string,
  { per, from = 1, to = 1e9, ...extra }: { per: readonly P[]; from?: number; to?: number } & Extra,
): Shape<Rate<P>> {
  const example = `100 per ${per[0]}`;
  return {
    form: 'leaf',
    doc,
    pattern: `^[0-9]{1,10}(\\.[0-9]{1,3})? per (${per.join('|')})$`,
    means: `a number per ${per.join(', ')}, such as ${example}`,
    examples: [example],
    read: (written: string) => {
      const [digits = '', unit = ''] = written.split(' per ');
      const amount = within(Number(digits), from, to, (value) => `${value} per ${unit}`);
      return amount instanceof Misread ? amount : { amount, per: unit };
    },
    ...extra,
  };
}
