/** The words shapes are made of; those with units are in `units.ts`. */
import { NAME, RESERVED } from './names.ts';
import type {
  Choice,
  Extra,
  Fields,
  FieldsOf,
  Flat,
  Forms,
  Interpolated,
  Json,
  Leaf,
  List,
  MapForm,
  Misread,
  Name,
  Naming,
  ObjectForm,
  Shape,
  TypeOf,
  Variant,
} from './shape.ts';

export * from './shape.ts';
export * from './units.ts';

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
  return { form: 'leaf', doc, means: 'text', ...rules };
}

/** A text in which `$(…)` stands for what it names. */
export function interpolatedText(doc: string, rules: TextRules = {}): Shape<Interpolated> {
  return { form: 'leaf', doc, means: 'text', interpolated: true, ...rules };
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
  extra: Partial<Pick<ObjectForm, 'short' | 'empty' | 'function' | 'settlesBelow' | 'without'>> & Extra = {},
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
export type Keyed<K extends string, V> = Readonly<Record<string, V>> & Naming<K>;

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
    means: 'a name: lowercase letters, digits and single hyphens, starting with a letter',
  };
}
