import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { jsonSchema, type JsonSchema } from '../src/schema/json-schema.ts';

/**
 * How the published schema is written, so that YAML language servers of all versions complete by it and blame the right line. Each
 * rule is something one of them did to a schema that did not keep it.
 */
const published = jsonSchema({ docs: true });

interface Part {
  readonly path: string;
  readonly schema: JsonSchema;
  /** The keyword it stands under. */
  readonly under: string;
}

const parts: readonly Part[] = partsOf({ path: '', schema: published, under: '' });

function partsOf(part: Part): readonly Part[] {
  const { schema, path } = part;
  const inner = (value: unknown, under: string, where: string): readonly Part[] =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? partsOf({ path: `${path}/${where}`, schema: value as JsonSchema, under })
      : [];
  return [
    part,
    ...['items', 'additionalProperties', 'propertyNames', 'if', 'then', 'else', 'not'].flatMap((under) =>
      inner(schema[under], under, under),
    ),
    ...['allOf', 'anyOf', 'oneOf'].flatMap((under) =>
      ((schema[under] as readonly unknown[] | undefined) ?? []).flatMap((one, index) => inner(one, under, `${under}/${index}`)),
    ),
    ...['properties', 'patternProperties', 'definitions', 'dependencies'].flatMap((under) =>
      Object.entries((schema[under] as JsonSchema | undefined) ?? {}).flatMap(([key, one]) => inner(one, under, `${under}/${key}`)),
    ),
  ];
}

const where = (wrong: (part: Part) => boolean): readonly string[] => parts.filter(wrong).map(({ path }) => path);

/** A schema with what its reference leads to; its own words come first. */
function resolved(schema: JsonSchema): JsonSchema {
  const definitions = published['definitions'] as Readonly<Record<string, JsonSchema>>;
  const { $ref } = schema;
  return typeof $ref === 'string' ? { ...resolved(definitions[$ref.replace('#/definitions/', '')] ?? {}), ...schema } : schema;
}

const isHidden = ({ schema }: Part): boolean => resolved(schema)['doNotSuggest'] === true;

const isValue = ({ under }: Part): boolean => ['properties', 'items', 'additionalProperties'].includes(under);

describe('the published schema', () => {
  test('1, 21: is a schema of draft 7 and fits its meta-schema', () => {
    expect(published['$schema']).toBe('http://json-schema.org/draft-07/schema#');
    const ajv = new Ajv({ strict: false });
    expect(ajv.validateSchema(published), JSON.stringify(ajv.errors)).toBe(true);
    expect(
      where(({ schema }) => ['$defs', 'unevaluatedProperties', 'dependentRequired', 'prefixItems'].some((word) => word in schema)),
    ).toEqual([]);
  });

  test('2: has no unions but chains of conditions on what is written', () => {
    expect(where(({ schema }) => 'oneOf' in schema || 'patternProperties' in schema || 'dependencies' in schema)).toEqual([]);
    const onlyRequired = (one: JsonSchema): boolean => Object.keys(one).sort().join() === 'errorMessage,required';
    expect(where(({ schema }) => 'anyOf' in schema && !(schema['anyOf'] as readonly JsonSchema[]).every(onlyRequired))).toEqual([]);
    expect(where(({ schema, under }) => under === 'if' && !('type' in schema))).toEqual([]);
  });

  test('3: keys of another kind are hidden, refused, and say why', () => {
    const hidden = parts.filter((part) => part.under === 'properties' && isHidden(part)).map(({ schema }) => resolved(schema));
    expect(hidden.length).toBeGreaterThan(100);
    expect(hidden.filter((schema) => typeof schema['deprecationMessage'] !== 'string' || !('not' in schema))).toEqual([]);
  });

  test('4: every object is closed by hand, in each branch', () => {
    expect(where(({ schema }) => 'properties' in schema && schema['additionalProperties'] !== false)).toEqual([]);
  });

  test('5, 7: a map of the author’s names has words about its keys, and a whole entry to insert', () => {
    const maps = parts.filter(({ schema }) => typeof schema['additionalProperties'] === 'object');
    expect(maps.length).toBeGreaterThan(30);
    const bare = maps.filter(({ schema }) => {
      const { title, pattern, patternErrorMessage } = resolved(schema['propertyNames'] as JsonSchema);
      const snippets = schema['defaultSnippets'] as readonly JsonSchema[] | undefined;
      return !title || (pattern !== undefined && !patternErrorMessage) || !snippets?.length;
    });
    expect(bare.map(({ path }) => path)).toEqual([]);
  });

  test('8: nothing is inserted at a list', () => {
    expect(where(({ schema }) => [schema['type']].flat().includes('array') && 'defaultSnippets' in schema)).toEqual([]);
  });

  test('9: every word has its sentence', () => {
    const without = where(({ schema }) => {
      const words = ((schema['enum'] as readonly unknown[] | undefined) ?? []).filter((word) => word !== null);
      return words.length !== ((schema['markdownEnumDescriptions'] as readonly string[] | undefined) ?? []).length;
    });
    expect(without).toEqual([]);
  });

  test('11: every value says its type', () => {
    expect(parts.filter((part) => isValue(part) && !isHidden(part) && !('type' in resolved(part.schema))).map(({ path }) => path)).toEqual(
      [],
    );
  });

  test('13: says its defaults in words, for a default would be inserted', () => {
    expect(where(({ schema }) => 'default' in schema)).toEqual([]);
    expect(JSON.stringify(published)).toContain('Default: 1 day.');
  });

  test('14: every key has a plain description, and the one in Markdown is about the same thing', () => {
    const keys = parts.filter((part) => part.under === 'properties' && !isHidden(part)).map(({ schema }) => resolved(schema));
    expect(keys.filter((schema) => typeof schema['description'] !== 'string')).toEqual([]);
    const differ = keys.filter(
      ({ description, markdownDescription }) => markdownDescription && !String(markdownDescription).startsWith(String(description)),
    );
    expect(differ).toEqual([]);
  });

  test('15: words about a use stand beside its reference', () => {
    const lists = parts.flatMap(({ schema }) => (schema['allOf'] as readonly JsonSchema[] | undefined) ?? []).map(resolved);
    expect(lists.filter((schema) => !('anyOf' in schema))).toEqual([]);
  });

  test('16: only the root and keys of maps have titles', () => {
    const named = new Set(
      parts.flatMap(({ schema, under }) => (under === 'propertyNames' ? [`/definitions/${String(schema['$ref']).split('/').at(-1)}`] : [])),
    );
    expect(where(({ schema, under, path }) => 'title' in schema && path !== '' && under !== 'propertyNames' && !named.has(path))).toEqual(
      [],
    );
  });

  test('18: nothing is called deprecated', () => {
    expect(where(({ schema }) => 'deprecated' in schema)).toEqual([]);
  });

  test('19: what may be empty may be nothing', () => {
    expect(
      where(
        ({ schema }) => typeof schema['additionalProperties'] === 'object' && 'type' in schema && ![schema['type']].flat().includes('null'),
      ),
    ).toEqual([]);
  });

  test('20: every pattern says what it expects', () => {
    expect(where(({ schema }) => 'pattern' in schema && typeof schema['patternErrorMessage'] !== 'string')).toEqual([]);
  });

  test('22: leads nowhere else, and lets a file name its schema', () => {
    const references = parts.flatMap(({ schema }) => (typeof schema['$ref'] === 'string' ? [schema['$ref']] : []));
    const definitions = Object.keys(published['definitions'] as object);
    expect(references.filter((one) => !definitions.includes(one.replace(/^#\/definitions\//, '')))).toEqual([]);
    expect(published['properties']).toHaveProperty('$schema');
  });
});
