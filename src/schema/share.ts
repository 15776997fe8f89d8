import type { JsonSchema } from './json-schema.ts';

/** Keywords below which schemas stand: one, a list of them, or one for each key. */
const ONE = ['items', 'additionalProperties', 'then', 'else', 'propertyNames'] as const;
const MANY = ['allOf'] as const;
const KEYED = ['properties', 'patternProperties', 'definitions'] as const;

/**
 * The same schema with every part of so many characters that stands in it twice written once, as a definition. It says the same;
 * the validator made from it is a fraction of the code, and so is what an editor loads.
 */
export function share(schema: JsonSchema, length: number): JsonSchema {
  const counts = new Map<string, number>();
  const count = (part: JsonSchema): void => {
    const written = JSON.stringify(part);
    const before = counts.get(written) ?? 0;
    counts.set(written, before + 1);
    // What is in a part that stands twice is written once with it.
    if (before === 0) below(part, (inner) => (count(inner), inner));
  };
  count(schema);

  const shared = new Map<string, { readonly name: string; schema: JsonSchema }>();
  const rewrite = (part: JsonSchema, key = ''): JsonSchema => {
    const written = JSON.stringify(part);
    if (written.length < length || (counts.get(written) ?? 0) < 2) return below(part, rewrite);
    const found = shared.get(written) ?? { name: `${key === '' ? 'part' : key}-${shared.size + 1}`, schema: {} };
    if (!shared.has(written)) {
      shared.set(written, found);
      found.schema = below(part, rewrite);
    }
    return { $ref: `#/definitions/${found.name}` };
  };
  // A definition stays one, whatever else is written like it.
  const { definitions, ...root } = schema;
  const own = Object.entries(definitions as Readonly<Record<string, JsonSchema>>).map(
    ([name, part]) => [name, below(part, rewrite)] as const,
  );
  const top = below(root, rewrite);
  const all = [...own, ...[...shared.values()].map((one) => [one.name, one.schema] as const)];
  return { ...top, definitions: Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1))) };
}

/** A schema with each schema below it changed. */
function below(schema: JsonSchema, change: (part: JsonSchema, key: string) => JsonSchema): JsonSchema {
  const isSchema = (part: unknown): part is JsonSchema => typeof part === 'object' && part !== null && !Array.isArray(part);
  const changed: Record<string, unknown> = { ...schema };
  for (const keyword of ONE) {
    const part = schema[keyword];
    if (isSchema(part)) changed[keyword] = change(part, keyword);
  }
  for (const keyword of MANY) {
    const parts = schema[keyword];
    if (Array.isArray(parts)) changed[keyword] = parts.map((part: unknown) => (isSchema(part) ? change(part, keyword) : part));
  }
  for (const keyword of KEYED) {
    const parts = schema[keyword];
    if (isSchema(parts))
      changed[keyword] = Object.fromEntries(
        Object.entries(parts).map(([key, part]) => [key, isSchema(part) ? change(part, key.replace(/[^A-Za-z0-9]+/g, '')) : part]),
      );
  }
  return changed;
}
