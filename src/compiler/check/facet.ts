import type { Choice, Fields, Form, Shape } from '../../schema/kit.ts';
import type { Node } from '../parse/document.ts';

/** What a shape is for the node at hand: of forms told apart by type, the one that was written. */
export type Facet =
  | { readonly as: 'itself'; readonly shape: Form }
  /** The node stands for one field of an object, or for the only item of a list. */
  | { readonly as: 'short'; readonly shape: Form; readonly field: string; readonly of: Shape }
  | { readonly as: 'single'; readonly shape: Form; readonly of: Shape };

export function facetOf(shape: Shape, node: Node): Facet {
  switch (shape.form) {
    case 'object':
    case 'choice': {
      if (node.kind === 'mapping' || !shape.short) break;
      const fields = shape.form === 'object' ? shape.fields : valuesOf(shape);
      for (const [type, field] of Object.entries(shape.short)) {
        const of = field === undefined ? undefined : fields[field];
        if (field !== undefined && of && fits(type, node)) return { as: 'short', shape, field, of };
      }
      break;
    }
    case 'list':
      if (shape.single && node.kind !== 'sequence' && !isNothing(node)) return { as: 'single', shape, of: shape.item };
      break;
    case 'forms': {
      for (const type of ['object', 'list', 'flag', 'count', 'text'] as const) {
        const of = shape[type];
        if (of && fits(type, node)) return facetOf(of, node);
      }
      break;
    }
    default:
      break;
  }
  return { as: 'itself', shape };
}

export function valuesOf({ variants }: Choice): Fields {
  return Object.fromEntries(Object.entries(variants).map(([kind, { value }]) => [kind, value]));
}

export function isNothing(node: Node): boolean {
  return node.kind === 'scalar' && node.plain && node.value === null;
}

function fits(type: string, node: Node): boolean {
  switch (type) {
    case 'object':
      return node.kind === 'mapping';
    case 'list':
      return node.kind === 'sequence';
    case 'flag':
      return node.kind === 'scalar' && node.plain && typeof node.value === 'boolean';
    case 'count':
      return node.kind === 'scalar' && node.plain && typeof node.value === 'number';
    default:
      return node.kind === 'scalar' && !isNothing(node);
  }
}

/** The kinds a mapping names, of those a choice knows. */
export function kindsIn(shape: Choice, node: Node): readonly string[] {
  return node.kind === 'mapping' ? Object.keys(shape.variants).filter((kind) => node.entries.has(kind)) : [];
}

/** The fields a mapping may have: those of the kind it names, else what all kinds share. */
export function fieldsOf(shape: Choice, kind: string | undefined): Fields {
  const variant = kind === undefined ? undefined : shape.variants[kind];
  if (kind !== undefined && variant) return { [kind]: variant.value, ...variant.options, ...shape.common };
  const options = shape.open ? Object.assign({}, ...Object.values(shape.variants).map((one) => one.options)) : {};
  return { ...valuesOf(shape), ...options, ...shape.common };
}

/** The shape of what stands under a key of a node. */
export function inside(shape: Shape, node: Node, key: string): Shape | undefined {
  const facet = facetOf(shape, node);
  if (facet.as !== 'itself') return inside(facet.of, node, key);
  const { shape: form } = facet;
  switch (form.form) {
    case 'object':
      return own(form.fields, key);
    case 'choice':
      return own(fieldsOf(form, kindsIn(form, node)[0]), key);
    case 'map':
      return form.value;
    case 'list':
      return form.item;
    default:
      return undefined;
  }
}

export function own<T>(record: { readonly [key: string]: T }, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
