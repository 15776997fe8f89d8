import type { Thing } from '../resolve/model.ts';

/** Neither it nor anything it names was refused; what it grants on something refused is left out where it is read. */
export function isWhole(thing: Thing): boolean {
  const known = whole.get(thing);
  if (known !== undefined) return known;
  const found = !thing.written.broken && namedIn(thing.settings, ['access']).every(({ written }) => !written.broken);
  whole.set(thing, found);
  return found;
}

/** What was looked through before. */
const whole = new WeakMap<Thing, boolean>();

/** Every thing that settings name; what stands below some keys is left out. */
export function namedIn(value: unknown, without: readonly string[], seen = new Set<unknown>()): readonly Thing[] {
  if (typeof value !== 'object' || value === null || seen.has(value)) return [];
  seen.add(value);
  if ('kind' in value && 'settings' in value && 'written' in value) return [value as Thing];
  if ('segments' in value) return [];
  return Object.entries(value).flatMap(([key, part]) => (without.includes(key) ? [] : namedIn(part, without, seen)));
}
