import { NAME, RESERVED } from './names.ts';

/**
 * The words shapes are made of. A shape is data: `json-schema.ts` prints it as JSON Schema, `reference.ts`
 * as prose, the compiler reads a file by it, and the type checker knows the type of what it reads.
 */

declare const typed: unique symbol;
declare const named: unique symbol;
declare const interpolated: unique symbol;

/** A shape that remembers, for the type checker alone, the type of the values it describes. */
export type Shape<T = unknown> = Form & { readonly [typed]?: T };

/** What a value written in a shape is after `check`: long forms, units turned into numbers. */
export type TypeOf<S> = S extends { readonly [typed]?: infer T } ? T : never;

/** A string that must be the name of something declared in section `K`. */
export type Name<K extends string = string> = string & { readonly [named]: K };

/** A text in which `$(…)` may stand. */
export type Interpolated = string & { readonly [interpolated]: true };

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export type Form = Leaf | Word | Count | Flag | ObjectForm | MapForm | List | Forms | Choice | Raw;

/** What every shape may say of itself. */
interface Common {
  /** What it is, in sentences; the first stands alone. */
  readonly doc: string;
  /** AWS's name of what it becomes: `AWS::Kinesis::Stream RetentionPeriodHours`. */
  readonly aws?: string;
  /** AWS's page about it. */
  readonly page?: string;
  /** The words other people use for it: AWS, SAM, Serverless Framework, CDK. */
  readonly also?: readonly string[];
  /** The default, where the compiler picks it by circumstances and it cannot stand in `otherwise`. */
  readonly usually?: string;
  /** The name of its definition in the published schema. */
  readonly id?: string;
  readonly required?: true;
  /** Nothing is wrong without it in every case, and hardly anybody does without: editors put it into a new entry. */
  readonly asked?: true;
  readonly otherwise?: unknown;
  /** In a part laid over another: `null` removes it. */
  readonly removable?: true;
}

/** A text with a meaning of its own. `read` turns it into a value, or says what is wrong with it. */
export interface Leaf extends Common {
  readonly form: 'leaf';
  /** The source of an anchored regular expression without flags. */
  readonly pattern?: string;
  /** What a text must look like, as the end of “This is …”. */
  readonly means: string;
  readonly examples?: readonly string[];
  readonly read?: (text: string) => unknown;
  /** The way back from a value to how it is written. */
  readonly show?: (value: unknown) => string;
  readonly names?: readonly string[];
  readonly interpolated?: true;
  /** The most characters. */
  readonly max?: number;
  /** From where to where its value may go, as it is written. */
  readonly range?: string;
  /** It is the path of a file of the project, perhaps with `#` and an export behind it. */
  readonly file?: true;
  /** It is the path of something in the system file: `streams.orders`. */
  readonly way?: true;
  /** It may be the name of something of these kinds, which its meaning looks up. */
  readonly mentions?: readonly string[];
}

/** What `read` gives for a text that fits the pattern and still cannot be right. */
export class Misread {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

/** One of a few words. */
export interface Word extends Common {
  readonly form: 'word';
  readonly words: Readonly<Record<string, string>>;
}

export interface Count extends Common {
  readonly form: 'count';
  readonly from?: number;
  readonly to?: number;
  readonly fraction?: true;
}

export interface Flag extends Common {
  readonly form: 'flag';
}

export type Fields = { readonly [key: string]: Shape };

export interface ObjectForm extends Common {
  readonly form: 'object';
  readonly fields: Fields;
  /** The field that a text, a list or a flag in place of the object stands for. */
  readonly short?: Short;
  /** May be left empty: `settled:`. */
  readonly empty?: true;
  /** An object of this shape is a function: `resolve` collects it. */
  readonly function?: FunctionMark;
  /** Function settings in it hold for every function declared below it. */
  readonly settlesBelow?: true;
}

export interface Short {
  readonly text?: string;
  readonly list?: string;
  readonly flag?: string;
}

/** Settings of a function that where it stands decides. */
export interface Settled {
  readonly architecture?: string;
  readonly memory?: number;
  readonly timeout?: number;
}

/** Where a function is declared decides what surrounds it. */
export interface FunctionMark {
  /** The setting that holds the handler; without it there is no function. */
  readonly handler: string;
  readonly timeout: number;
}

export interface MapForm extends Common {
  readonly form: 'map';
  readonly key: Leaf;
  readonly value: Shape;
  /** Its keys declare things of this kind. */
  readonly declares?: string;
  /** Its keys name things of these kinds, and a stage may add to it. */
  readonly keyNames?: readonly string[];
  /** Its keys are the author’s names for things of the system: a stage may change an entry but bring no new one. */
  readonly fixed?: true;
}

export interface List extends Common {
  readonly form: 'list';
  readonly item: Shape;
  readonly min?: number;
  readonly max?: number;
  /** One item may stand without the brackets. */
  readonly single?: true;
  /** Laid over by this key of the items instead of replaced. */
  readonly by?: string;
}

/** Told apart by the type of what is written: a text, a number, a list, a flag or an object. */
export interface Forms extends Common {
  readonly form: 'forms';
  readonly text?: Shape;
  readonly count?: Shape;
  readonly list?: Shape;
  readonly flag?: Shape;
  readonly object?: Shape;
}

/** One of several, told apart by the one key that is written: `{ stream: orders, batchSize: 10 }`. */
export interface Choice extends Common {
  readonly form: 'choice';
  readonly noun: string;
  readonly variants: Readonly<Record<string, Variant>>;
  readonly common: Fields;
  /** In a part laid over another: no variant need be named. */
  readonly open?: true;
  readonly short?: Short;
  readonly function?: FunctionMark;
  /** What else is to know of a variant, a line of Markdown each. */
  readonly facts?: (kind: never) => readonly string[];
}

export interface Variant {
  readonly value: Shape;
  readonly options: Fields;
  /** What holds for a function that it wakes, where nobody says anything. */
  readonly settles?: (written: { readonly [key: string]: unknown }) => Settled;
}

/** Anything JSON can say: raw CloudFormation, an event pattern, a policy statement. */
export interface Raw extends Common {
  readonly form: 'raw';
  readonly of: 'object' | 'any';
  /** CloudFormation intrinsics may stand in it. */
  readonly intrinsics?: true;
}

type Extra = Omit<Common, 'doc' | 'required' | 'asked' | 'otherwise'>;

type Present = { readonly required: true } | { readonly otherwise: unknown };

type Always<F> = { [K in keyof F]: F[K] extends Present ? K : never }[keyof F];

/** The type of an object with these fields. */
export type FieldsOf<F> = { readonly [K in Always<F>]: TypeOf<F[K]> } & {
  readonly [K in Exclude<keyof F, Always<F>>]?: TypeOf<F[K]> | undefined;
};

type Flat<T> = { [K in keyof T]: T[K] };

/** Says that an object cannot be without this field. */
export function required<S extends Shape>(shape: S): S & { readonly required: true } {
  return { ...shape, required: true };
}

/** Says that editors put this field into a new entry. */
export function asked<S extends Shape>(shape: S): S {
  return { ...shape, asked: true };
}

/** Gives a field the value it has when nothing is written. */
export function or<S extends Shape, const T extends TypeOf<S>>(shape: S, otherwise: T): S & { readonly otherwise: T } {
  return { ...shape, otherwise };
}

/** The same shape with other words about it: for a field that reuses a shape. */
export function about<S extends Shape>(doc: string, shape: S, extra: Extra = {}): S {
  return { ...shape, ...extra, doc };
}

interface TextRules extends Extra, Partial<Pick<Leaf, 'file' | 'mentions' | 'way'>> {
  readonly pattern?: string;
  readonly means?: string;
  readonly examples?: readonly string[];
  readonly max?: number;
}

export function text(doc: string, rules: TextRules = {}): Shape<string> {
  return { form: 'leaf', doc, means: 'a text', ...rules };
}

/** A text in which `$(…)` stands for what it names. */
export function interpolatedText(doc: string, rules: TextRules = {}): Shape<Interpolated> {
  return { form: 'leaf', doc, means: 'a text', interpolated: true, ...rules };
}

/** A text that `read` turns into a value. */
export function reading<T>(
  doc: string,
  rules: { pattern: string; means: string; examples: readonly string[]; read: (text: string) => T | Misread } & Pick<Leaf, 'file'> & Extra,
): Shape<T> {
  return { form: 'leaf', doc, ...rules };
}

export function word<const W extends Readonly<Record<string, string>>>(doc: string, words: W, extra: Extra = {}): Shape<keyof W & string> {
  return { form: 'word', doc, words, ...extra };
}

export function count(doc: string, rules: { from?: number; to?: number } & Extra = {}): Shape<number> {
  return { form: 'count', doc, ...rules };
}

/** A number that may have a fraction. */
export function amount(doc: string, rules: { from?: number; to?: number } & Extra = {}): Shape<number> {
  return { form: 'count', doc, fraction: true, ...rules };
}

export function flag(doc: string, extra: Extra = {}): Shape<boolean> {
  return { form: 'flag', doc, ...extra };
}

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

/** The name of something declared in one of these sections, qualified where it could mean two things. */
export function nameOf<const K extends string>(doc: string, kinds: K | readonly K[], extra: Extra = {}): Shape<Name<K>> {
  const names: readonly K[] = typeof kinds === 'string' ? [kinds] : kinds;
  return {
    form: 'leaf',
    doc,
    names,
    pattern: `^([A-Za-z]+\\.)?${NAME}$`,
    means: 'the name of something declared in this system',
    ...extra,
  };
}

/** The name of something declared here, or a text that says something from elsewhere: an ARN. */
export function nameOr<const K extends string>(
  doc: string,
  kinds: readonly K[],
  rules: TextRules & { readonly pattern: string; readonly means: string },
): Shape<Name<K> | Interpolated> {
  return { form: 'leaf', doc, names: kinds, interpolated: true, ...rules };
}

/** Whether a text of a shape that takes both is a name. */
export function isName(written: string): boolean {
  return NAME_ONLY.test(written) && !RESERVED.includes(written);
}

const NAME_ONLY = new RegExp(`^([A-Za-z]+\\.)?${NAME}$`);

export function object<const F extends Fields>(
  doc: string,
  fields: F,
  extra: Partial<Pick<ObjectForm, 'short' | 'empty' | 'function' | 'settlesBelow'>> & Extra = {},
): Shape<Flat<FieldsOf<F>>> & ObjectForm & { readonly fields: F } {
  return { form: 'object', doc, fields, ...extra };
}

export function map<V>(
  doc: string,
  key: Shape<string>,
  value: Shape<V>,
  extra: Partial<Pick<MapForm, 'declares' | 'fixed'>> & Extra = {},
): Shape<Readonly<Record<string, V>>> & MapForm {
  if (key.form !== 'leaf') throw new Error('The keys of a map are texts.');
  return { form: 'map', doc, key, value, ...extra };
}

/** A map whose keys are names of declared things, with something said of each. */
export type Keyed<K extends string, V> = Readonly<Record<string, V>> & { readonly [named]: K };

export function keyed<const K extends string, V>(doc: string, kinds: readonly K[], value: Shape<V>, extra: Extra = {}): Shape<Keyed<K, V>> {
  const key: Leaf = {
    form: 'leaf',
    doc: 'something declared',
    pattern: `^([A-Za-z]+\\.)?${NAME}$`,
    means: 'the name of something declared in this system',
  };
  return { form: 'map', doc, key, value, keyNames: kinds, ...extra };
}

export function list<V>(
  doc: string,
  item: Shape<V>,
  extra: Partial<Pick<List, 'min' | 'max' | 'single' | 'by'>> & Extra = {},
): Shape<readonly V[]> & List {
  return { form: 'list', doc, item, ...extra };
}

export function forms<const F extends Pick<Forms, 'text' | 'count' | 'list' | 'flag' | 'object'>>(
  doc: string,
  by: F,
  extra: Extra = {},
): Shape<{ [K in keyof F]: TypeOf<F[K]> }[keyof F]> {
  return { form: 'forms', doc, ...by, ...extra };
}

/** A value of one variant: which one, its own value under its own key, its options and the common ones. */
export type VariantOf<V extends Readonly<Record<string, Variant>>, C extends Fields> = {
  [K in keyof V & string]: Flat<
    { readonly kind: K } & { readonly [P in K]: TypeOf<V[K]['value']> } & FieldsOf<V[K]['options']> & FieldsOf<C>
  >;
}[keyof V & string];

export function choice<const V extends Readonly<Record<string, Variant>>, const C extends Fields>(
  doc: string,
  noun: string,
  variants: V,
  common: C,
  extra: Partial<Pick<Choice, 'short' | 'function'>> & { readonly facts?: (kind: keyof V & string) => readonly string[] } & Extra = {},
): Shape<VariantOf<V, C>> & Choice & { readonly variants: V } {
  return { form: 'choice', doc, noun, variants, common, ...extra };
}

export function raw(doc: string, of: 'object' | 'any', extra: Extra & { intrinsics?: true } = {}): Shape<Json> {
  return { form: 'raw', doc, of, ...extra };
}

/** A map's key that is a name as eventsystem understands names. */
export function nameKey(title: string): Shape<string> {
  return {
    form: 'leaf',
    doc: title,
    pattern: `^${NAME}$`,
    means: 'a name: small letters, digits and single hyphens, starting with a letter',
  };
}
