import { byType, plainTypes, typesOf, without, type TypeName } from './by-type.ts';
import { sharedShapes } from './definitions.ts';
import type { Choice, Count, Fields, Form, Forms, Leaf, List, MapForm, ObjectForm, Raw, Shape, Word } from './kit.ts';
import { share } from './share.ts';
import { skeletons } from './skeletons.ts';
import { defaultOf } from './standard.ts';
import { system } from './system.ts';

/**
 * The language as a JSON Schema: draft-07, written so that the YAML language server of any version completes
 * by it and blames the right line. No `oneOf` and no `anyOf` of objects: a union is an `if`/`then`/`else` on
 * the type of what is written, or on the key that is there.
 */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

/** `docs: false` leaves out what only people read: the validator is generated from that. */
export function jsonSchema({ docs }: { readonly docs: boolean }): JsonSchema {
  const writer = new Writer(system, docs);
  const root = writer.inline(system);
  const whole = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'https://eventsystem.dev/eventsystem.schema.json',
    title: 'eventsystem.yml',
    ...root,
    definitions: writer.definitions,
  };
  // A validator has a function for each definition, which small ones are not worth; to an editor they are bytes.
  return share(whole, docs ? 100 : 150);
}

class Writer {
  readonly #docs: boolean;
  readonly #names: ReadonlyMap<Shape, string>;
  readonly #definitions = new Map<string, { readonly shape: Shape; readonly schema: JsonSchema }>();

  constructor(root: Shape, docs: boolean) {
    this.#docs = docs;
    this.#names = sharedShapes(root);
  }

  get definitions(): JsonSchema {
    const sorted = [...this.#definitions].sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(sorted.map(([name, { schema }]) => [name, schema]));
  }

  /** A reference where the shape has a definition, with the words of this use where they differ from its own. */
  write(shape: Shape): JsonSchema {
    const name = this.#names.get(shape) ?? shape.id;
    if (name === undefined) return { ...this.#words(shape), ...this.inline(shape) };
    const defined = this.#definitions.get(name);
    if (!defined) {
      this.#definitions.set(name, { shape, schema: {} });
      this.#definitions.set(name, { shape, schema: { ...this.#words(shape), ...this.inline(shape) } });
    }
    // Words beside a reference count before those of the definition, each for itself: so both of them, or none.
    const words = defined && defined.shape.doc !== shape.doc ? this.#words(shape) : {};
    return { ...both(words), $ref: `#/definitions/${name}` };
  }

  /** No keyword but `type` and `enum` says anything of `null`, so whatever can be removed takes it by its type. */
  inline(shape: Shape): JsonSchema {
    const body = this.#form(shape);
    if (!shape.removable) return body;
    const nullable = { ...body, type: [...new Set([body['type'], 'null'].flat())] };
    return Array.isArray(body['enum']) ? { ...nullable, enum: [...body['enum'], null] } : nullable;
  }

  #form(shape: Form): JsonSchema {
    switch (shape.form) {
      case 'leaf':
        return this.#leaf(shape);
      case 'word':
        return this.#word(shape);
      case 'count':
        return this.#count(shape);
      case 'flag':
        return { type: 'boolean' };
      case 'object':
        return this.#object(shape);
      case 'map':
        return this.#map(shape);
      case 'list':
        return this.#list(shape);
      case 'forms':
        return this.#forms(shape);
      case 'choice':
        return this.#choice(shape);
      case 'raw':
        return anything(shape);
    }
  }

  #leaf({ pattern, means, examples, max }: Leaf): JsonSchema {
    const plain = plainTypes(pattern);
    return {
      type: plain.length > 0 ? ['string', ...plain] : 'string',
      ...(pattern !== undefined && { pattern }),
      ...(max !== undefined && { maxLength: max }),
      ...(this.#docs && pattern !== undefined && { patternErrorMessage: `Expected ${means}.` }),
      ...(this.#docs && examples?.length && { examples }),
    };
  }

  #word({ words }: Word): JsonSchema {
    return {
      type: 'string',
      enum: Object.keys(words),
      ...(this.#docs && { markdownEnumDescriptions: Object.values(words) }),
    };
  }

  /** An editor writes an example where it would write `0` by itself. */
  #count(shape: Count): JsonSchema {
    const { from, to, fraction } = shape;
    const example = Number(defaultOf(shape) ?? from);
    return {
      type: fraction ? 'number' : 'integer',
      ...(from !== undefined && { minimum: from }),
      ...(to !== undefined && { maximum: to }),
      ...(this.#docs && !Number.isNaN(example) && { examples: [example] }),
    };
  }

  #object({ fields, short, empty }: ObjectForm): JsonSchema {
    const object = {
      type: empty ? ['object', 'null'] : 'object',
      properties: this.#properties(fields),
      ...requiredOf(fields),
      additionalProperties: false,
    };
    return short ? this.#byType({ ...this.#short(short, fields), object, ...(empty && { null: {} }) }) : object;
  }

  #short(short: NonNullable<ObjectForm['short']>, fields: Fields): Partial<Record<TypeName, JsonSchema>> {
    const types: Partial<Record<TypeName, JsonSchema>> = {};
    for (const [form, type] of [
      ['text', 'string'],
      ['list', 'array'],
      ['flag', 'boolean'],
    ] as const) {
      const field = short[form];
      const shape = field === undefined ? undefined : fields[field];
      if (shape) types[type] = this.inline(shape);
    }
    return types;
  }

  #properties(fields: Fields): JsonSchema {
    return Object.fromEntries(Object.entries(fields).map(([key, shape]) => [key, this.write(shape)]));
  }

  #map(map: MapForm): JsonSchema {
    const { key, value } = map;
    return {
      type: ['object', 'null'],
      propertyNames: {
        ...(key.pattern !== undefined && { pattern: key.pattern }),
        ...(this.#docs && { title: key.doc, patternErrorMessage: `Expected ${key.means}.` }),
      },
      additionalProperties: this.write(value),
      ...this.#entry(map),
    };
  }

  #list({ item, min, max, single }: List): JsonSchema {
    const items = this.write(item);
    const array = {
      type: 'array',
      items,
      ...(min !== undefined && { minItems: min }),
      ...(max !== undefined && { maxItems: max }),
    };
    return single ? this.#byType({ ...typesOf(item, this.inline(item)), array }) : array;
  }

  #forms({ text, count, list, flag, object }: Forms): JsonSchema {
    return this.#byType({
      ...(text && { string: this.inline(text) }),
      ...(count && { number: this.inline(count) }),
      ...(flag && { boolean: this.inline(flag) }),
      ...(list && { array: this.inline(list) }),
      ...(object && { object: this.inline(object) }),
    });
  }

  /** A chain on the key that is there; the last link holds what all variants share, and says what is missing. */
  #choice({ variants, common, short, noun, open, facts }: Choice): JsonSchema {
    const written = (kind: string, value: Shape) => this.#withFacts(this.write(value), value, facts?.(kind as never));
    const kinds = Object.keys(variants);
    const shared = this.#properties(common);
    const none = {
      properties: {
        ...Object.fromEntries(Object.entries(variants).map(([kind, { value }]) => [kind, written(kind, value)])),
        ...(open && Object.assign({}, ...Object.values(variants).map(({ options }) => this.#properties(options)))),
        ...shared,
      },
      additionalProperties: false,
      ...(!open && {
        allOf: [
          {
            anyOf: kinds.map((kind) => ({
              required: [kind],
              // Wherever the YAML language server of any version looks for it.
              ...(this.#docs && { errorMessage: `One of these is missing: ${kinds.join(', ')}.` }),
            })),
          },
        ],
      }),
    };
    const chain = Object.entries(variants).reduceRight<JsonSchema>((otherwise, [kind, { value, options }]) => {
      const others = Object.fromEntries(
        kinds.filter((other) => other !== kind && !(other in options)).map((other) => [other, this.#another(noun, kind)]),
      );
      const branch = {
        properties: { [kind]: written(kind, value), ...this.#properties(options), ...shared, ...others },
        ...requiredOf(options),
        additionalProperties: false,
      };
      // `required` says nothing of what is no object yet: an item of a list that is just begun.
      return { if: { ...(this.#docs && { type: 'object' }), required: [kind] }, then: branch, else: otherwise };
    }, none);
    const object = { type: 'object', ...chain };
    return short ? this.#byType({ ...this.#short(short, valuesOf(variants)), object }) : object;
  }

  /** Where nothing is written yet no type decides: what can be completed then is said at the top. */
  #byType(schemas: Partial<Record<TypeName, JsonSchema>>): JsonSchema {
    const { string } = schemas;
    const texts = string?.['enum'] ?? string?.['examples'];
    if (!this.#docs || texts === undefined) return byType(schemas);
    return { ...byType({ ...schemas, string: without(string ?? {}, 'examples') }), examples: texts };
  }

  /** What is to know of a variant stands below its words, where an editor shows them. */
  #withFacts(schema: JsonSchema, value: Shape, facts: readonly string[] | undefined): JsonSchema {
    if (!this.#docs || !facts) return schema;
    const words = both({ ...this.#words(value), ...schema });
    return { ...words, markdownDescription: [String(words['markdownDescription']), ...facts.map((fact) => `- ${fact}`)].join('\n') };
  }

  #another(noun: string, kind: string): JsonSchema {
    return {
      not: {},
      ...(this.#docs && { doNotSuggest: true, deprecationMessage: `There is one ${noun} here, and it is already '${kind}'.` }),
    };
  }

  #words(shape: Shape): JsonSchema {
    if (!this.#docs) return {};
    const standard = defaultOf(shape);
    const description = standard === undefined ? shape.doc : `${shape.doc} Default: ${standard}.`;
    const link = shape.page === undefined ? '' : `\n\n[${shape.aws ?? 'AWS documentation'}](${shape.page})`;
    return { description, ...(link !== '' && { markdownDescription: description + link }) };
  }

  /** One entry to insert: with one alone, the key of the map brings it along. */
  #entry(map: MapForm): JsonSchema {
    const [plain] = skeletons(map);
    if (!this.#docs || !plain) return {};
    return { defaultSnippets: [{ label: plain.label, description: plain.doc, body: plain.body }] };
  }
}

function anything({ of }: Raw): JsonSchema {
  return { type: of === 'object' ? 'object' : ['string', 'number', 'boolean', 'array', 'object', 'null'] };
}

function requiredOf(fields: Fields): JsonSchema {
  const keys = Object.keys(fields).filter((key) => fields[key]?.required);
  return keys.length > 0 ? { required: keys } : {};
}

function valuesOf(variants: Choice['variants']): Fields {
  return Object.fromEntries(Object.entries(variants).map(([kind, { value }]) => [kind, value]));
}

/** With a text in Markdown also where that is no other than the plain one. */
function both(words: JsonSchema): JsonSchema {
  return words['description'] === undefined ? words : { markdownDescription: words['description'], ...words };
}
