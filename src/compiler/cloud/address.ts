import type { ResourceType } from './resource-types.ts';

/**
 * The words that stand behind an author’s name in a logical id and say what kind of thing it names. A closed list,
 * with words for kinds still to come: a word added here would change the ids of things whose names contain it.
 */
export const KIND_WORDS = [
  'Alarm',
  'Api',
  'Authorizer',
  'Broker',
  'Bucket',
  'Bus',
  'Client',
  'Cluster',
  'Consumer',
  'Database',
  'Distribution',
  'Endpoint',
  'Function',
  'Key',
  'Machine',
  'Part',
  'Plan',
  'Pool',
  'Queue',
  'Route',
  'Schedule',
  'Secret',
  'Setting',
  'Source',
  'Stream',
  'Table',
  'Topic',
  'Vpc',
  'Zone',
] as const;

export type KindWord = (typeof KIND_WORDS)[number];

/** A name the author chose, and the kind of thing it names. */
export interface Named {
  readonly name: string;
  readonly word: KindWord;
}

/** Which resource is meant: the names its author chose, its part in what they name, and its type. */
export interface Address<T extends ResourceType = ResourceType> {
  readonly type: T;
  readonly names: readonly Named[];
  /** What it is to the thing it belongs to: nothing for the thing itself, else `Role`, `LogGroup`, … */
  readonly role: string;
}

export function address<T extends ResourceType>(type: T, names: Named | readonly Named[], role = ''): Address<T> {
  return { type, names: 'name' in names ? [names] : names, role };
}

/**
 * The logical id at an address: `settle`, a function, makes `SettleFunction`, and its role `SettleFunctionRole`.
 *
 * CloudFormation replaces a resource whose id changes. So an id depends on its address alone (not on order, settings
 * or a hash), and two addresses never share one: names are spelt so that they can be read back, and words of
 * `KIND_WORDS` in a name are marked.
 */
export function logicalId(address: Address): string {
  const known = ids.get(address);
  if (known !== undefined) return known;
  const id = address.names.map(({ name, word }, index) => spell(name, index === 0) + word).join('') + address.role;
  ids.set(address, id);
  return id;
}

/** Ids that were spelt before: an address never changes. */
const ids = new WeakMap<Address, string>();

const kindWords: ReadonlySet<string> = new Set(KIND_WORDS.map((word) => word.toLowerCase()));

/**
 * A name in letters and digits, from which it can be read back. A capital starts a word; `X` is the sign that
 * something else follows: a digit behind a hyphen, a word that begins with x, a word that is a kind’s, or (in
 * routes and free names) `Xs` for `/`, `Xp` and `Xg` for `{name}` and `{name+}`, `Xu` for a capital, `Xh` and two
 * hexadecimal digits for any other byte.
 */
export function spell(name: string, first = true): string {
  const route = /^([A-Z]+) \/(.*)$/s.exec(name);
  if (!route) return spellWords(name, first);
  const [, method = '', path = ''] = route;
  const segments = path === '' ? ['Xr'] : path.split('/').map((segment, index) => spellSegment(segment, index));
  return method.charAt(0) + method.slice(1).toLowerCase() + segments.join('');
}

function spellSegment(segment: string, index: number): string {
  const parameter = /^\{([^{}]+?)(\+?)\}$/.exec(segment);
  if (parameter) return (parameter[2] === '+' ? 'Xg' : 'Xp') + spellWords(parameter[1] ?? '', false);
  return (index === 0 ? '' : 'Xs') + spellWords(segment, false);
}

function spellWords(text: string, first: boolean): string {
  return text
    .split('-')
    .map((word, index) => spellWord(word, first && index === 0, index > 0))
    .join('');
}

function spellWord(word: string, first: boolean, afterHyphen: boolean): string {
  if (word === '') return 'Xh2d';
  const start = word.charAt(0);
  const rest = /^[a-z0-9]+$/.test(word) ? word.slice(1) : Array.from(word.slice(1), spellCharacter).join('');
  if (kindWords.has(word) && !first) return `X${start.toUpperCase()}${rest}`;
  if (start === 'x') return `Xx${rest}`;
  if (start >= 'a' && start <= 'z') return start.toUpperCase() + rest;
  if (start >= '0' && start <= '9') return (afterHyphen ? 'X' : '') + start + rest;
  return (afterHyphen ? 'Xh2d' : '') + [...word].map(spellCharacter).join('');
}

function spellCharacter(character: string): string {
  if (/^[a-z0-9]$/.test(character)) return character;
  if (/^[A-Z]$/.test(character)) return `Xu${character.toLowerCase()}`;
  return [...new TextEncoder().encode(character)].map((byte) => `Xh${byte.toString(16).padStart(2, '0')}`).join('');
}
