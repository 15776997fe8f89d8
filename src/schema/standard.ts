import type { Shape } from './kit.ts';

/** What holds where nothing is written, as it would be written; nothing where that is no text, number or flag. */
export function defaultOf(shape: Shape): string | undefined {
  if (shape.usually !== undefined) return shape.usually;
  const { otherwise } = shape;
  if (shape.form === 'leaf' && shape.show && otherwise !== undefined) return shape.show(otherwise);
  return typeof otherwise === 'string' || typeof otherwise === 'number' || typeof otherwise === 'boolean' ? String(otherwise) : undefined;
}

/** What holds without a word, as a person reads it. */
export function standardOf(shape: Shape): string {
  const known = defaultOf(shape);
  if (known !== undefined || shape.otherwise === undefined) return known ?? '';
  return shown(shape.otherwise);
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.map(shown).join(', ');
  if (typeof value !== 'object' || value === null) return String(value);
  if ('amount' in value && 'per' in value) return `${String(value.amount)} per ${String(value.per)}`;
  return Object.entries(value)
    .map(([key, one]) => `${key} ${shown(one)}`)
    .join(', ');
}
