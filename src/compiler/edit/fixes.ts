import type { Fix } from '../diagnostics/problem.ts';
import { isNear } from '../text/suggest.ts';
import type { Place } from '../text/source-text.ts';
import { beside, flowTextAt, into, keyAt, outerKeyAt, renamed, withValue, withItem, without, withoutKey, type Edits } from './edits.ts';

/** A fix with its edits, where there are any. */
export const fixing = (title: string, edits: Edits): Fix => (edits.length > 0 ? { title, edits } : { title });

/** Ways to correct something of which the author must choose one. */
export function choosing(first: Fix, ...others: readonly Fix[]): Fix {
  return { ...first, choice: true, ...(others.length > 0 && { or: others.map((one): Fix => ({ ...one, choice: true })) }) };
}

/** The same of as many ways as there are. */
export function oneOf(ways: readonly Fix[]): Fix | undefined {
  const [first, ...others] = ways;
  return first && choosing(first, ...others);
}

/** A way that is right, and others that may be meant. */
export const preferring = (first: Fix, ...others: readonly Fix[]): Fix => ({
  ...first,
  or: others.map((one): Fix => ({ ...one, choice: true })),
});

/**
 * The fix of most mistakes of spelling: another text in the same place. One that is not much like what is written is a
 * guess, which the author confirms.
 */
export function replacing(meant: string | undefined) {
  return (place: Place): Fix | undefined => {
    if (meant === undefined) return undefined;
    const fix: Fix = { title: `Did you mean \`${meant}\`?`, edits: [{ place, text: meant }] };
    const written = place.source.text.slice(place.span.start, place.span.end);
    return isNear(written, meant) ? fix : choosing(fix);
  };
}

/** The same as a guess, whatever it looks like: of what opens something, or is not this text at all. */
export function guessing(meant: string | undefined) {
  return (place: Place): Fix | undefined => {
    const fix = replacing(meant)(place);
    return fix && choosing(fix);
  };
}

/** Another text in the same place, where it is known. */
export const rewritten = (place: Place, text: string): Fix => ({ title: `Write \`${text}\``, edits: [{ place, text }] });

/** Takes out an entry that has no effect, or that AWS refuses and that says nothing else. */
export function leaveOut(place: Place): Fix {
  const fix = fixing(`Remove ${nameAt(place)}`, without(place));
  // What stands in `defaults` may be meant for other functions.
  return outerKeyAt(place) === 'defaults' ? { ...fix, choice: true } : fix;
}

/** Takes out another entry of the same mapping. */
export const leaveOutKey = (place: Place, key: string): Fix => fixing(`Remove \`${key}\``, withoutKey(place, key));

export const leavingOut = (_: unknown, place: Place): Fix => leaveOut(place);

/** The same, with what holds then. */
export const leaveOutThen = (place: Place, then: string): Fix => {
  const fix = leaveOut(place);
  return { ...fix, title: `${fix.title}${then}` };
};

/** The same where something may have been meant by it. */
export const leavingOutIfMeant = (_: unknown, place: Place): Fix => choosing(leaveOut(place));

/** Another value for the entry at a place. */
export const write = (place: Place, value: string): Fix =>
  fixing(`Write \`${keyAt(place)}${keyAt(place) === '' ? '' : ': '}${value}\``, withValue(place, value));

/** Another name for the entry at a place. */
export const rename = (place: Place, name: string): Fix => fixing(`Write \`${name}\``, renamed(place, name));

/** A key that is there gets another value. */
function putting(key: string, value: string, edits: Edits): Fix {
  const isNew = edits.length === 0 || edits.some(({ text }) => text.includes(`${key}:`));
  return fixing(`${isNew ? 'Add' : 'Write'} \`${key}: ${value}\``, edits);
}

/** One more entry beside the one at a place. */
export const add = (place: Place, key: string, value: string): Fix => putting(key, value, beside(place, key, value));

/** One more entry in the mapping at a place. */
export const addInto = (place: Place, key: string, value: string, short?: string): Fix =>
  putting(key, value, into(place, key, value, short));

/** One more setting of a function, by the place of its name, of its handler, or of a text that stands for both. */
export const inFunction = (place: Place, key: string, value: string): Fix =>
  keyAt(place) === 'handler' ? add(place, key, value) : addInto(place, key, value, 'handler');

/** What a function is to be granted, and where its grants stand. */
export interface Granting {
  readonly name: string;
  readonly verb: string;
  readonly fn: Place;
  /** The key of its `access`, and in that the key of what it may already. */
  readonly access: Place | undefined;
  readonly entry: Place | undefined;
}

/** One more verb in the `access` of a function. */
export function granting({ name, verb, fn, access, entry }: Granting): Edits {
  if (entry) return withItem(entry, verb);
  return access ? into(access, name, verb) : into(fn, 'access', `{ ${name}: ${verb} }`, 'handler');
}

/** Of two entries that cannot stand beside each other one must go; of the same twice, the second. */
export function oneOfTwo(second: Place, first: Place): Fix {
  const [one, other] = [flowTextAt(first), flowTextAt(second)];
  if (one === undefined || other === undefined) return { title: 'Keep one of the two' };
  const later = fixing('Remove the second', without(second));
  return one === other && keyAt(first) === keyAt(second) ? later : choosing(later, fixing('Remove the first', without(first)));
}

function nameAt(place: Place): string {
  const key = keyAt(place);
  if (key !== '') return `\`${key}\``;
  const written = place.source.text.slice(place.span.start, place.span.end);
  return written === '' || written.length > 60 || written.includes('\n') ? 'it' : `\`${written}\``;
}
