import type { JsonSchema } from './json-schema.ts';
import type { ObjectForm, Shape } from './kit.ts';

/** The types of JSON, as a schema names them. */
export type TypeName = 'string' | 'number' | 'boolean' | 'array' | 'object' | 'null';

/** Judges by the type of what is written. */
export function byType(schemas: Partial<Record<TypeName, JsonSchema>>): JsonSchema {
  const entries = Object.entries(schemas);
  const first = entries[0];
  if (entries.length === 1 && first) return { type: first[0], ...first[1] };
  const type = [...new Set(entries.flatMap(([name, schema]) => (name === 'number' && schema['type'] === 'integer' ? 'integer' : name)))];
  const judged = entries.filter(([, schema]) => Object.keys(schema).some((keyword) => keyword !== 'type'));
  const chain = judged.reduceRight<JsonSchema>((otherwise, [name, schema]) => {
    const rest = Object.keys(otherwise).length > 0 ? { else: otherwise } : {};
    return { if: { type: name }, then: without(schema, 'type'), ...rest };
  }, {});
  return { type, ...chain };
}

/** One schema, under each of the types its shape takes. */
export function typesOf(shape: Shape, schema: JsonSchema): Partial<Record<TypeName, JsonSchema>> {
  return Object.fromEntries(typeNames(shape).map((name) => [name, schema]));
}

function typeNames(shape: Shape): readonly TypeName[] {
  switch (shape.form) {
    case 'leaf':
      return ['string', ...plainTypes(shape.pattern)];
    case 'word':
      return ['string'];
    case 'count':
      return ['number'];
    case 'flag':
      return ['boolean'];
    case 'map':
      return ['object'];
    case 'object':
    case 'choice':
      return [...shortTypes(shape.short), 'object'];
    case 'list':
      return [...(shape.single ? typeNames(shape.item) : []), 'array'];
    case 'forms':
      return [
        ...(shape.text ? (['string'] as const) : []),
        ...(shape.count ? (['number'] as const) : []),
        ...(shape.flag ? (['boolean'] as const) : []),
        ...(shape.list ? (['array'] as const) : []),
        ...(shape.object ? (['object'] as const) : []),
      ];
    case 'raw':
      return shape.of === 'object' ? ['object'] : ['string', 'number', 'boolean', 'array', 'object', 'null'];
  }
}

function shortTypes(short: ObjectForm['short']): readonly TypeName[] {
  return [
    ...(short?.text === undefined ? [] : (['string'] as const)),
    ...(short?.list === undefined ? [] : (['array'] as const)),
    ...(short?.flag === undefined ? [] : (['boolean'] as const)),
  ];
}

/** Texts that YAML takes for numbers: counts, statuses, versions, accounts. */
const NUMBERS = [...Array.from({ length: 1000 }, (_, i) => String(i)), '16.10', '123456789012'];

/** Text is taken as written, so where `16.10` or `true` can be meant as text, an editor must let it pass. */
export function plainTypes(pattern: string | undefined): readonly ('number' | 'boolean')[] {
  const fits = (text: string) => pattern === undefined || new RegExp(pattern).test(text);
  return [...(NUMBERS.some(fits) ? (['number'] as const) : []), ...(fits('true') && pattern === undefined ? (['boolean'] as const) : [])];
}

export function without(schema: JsonSchema, keyword: string): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => key !== keyword));
}
