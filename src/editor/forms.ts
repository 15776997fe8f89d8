import { facetOf, fieldsOf, kindsIn } from '../compiler/check/facet.ts';
import type { Mapping, Node } from '../compiler/parse/document.ts';
import type { Choice, Fields, Form, Shape, Variant } from '../schema/kit.ts';

/** What a shape is for a node, with what it stands for short taken away. */
export function formOf(shape: Shape, node: Node): Form {
  const facet = facetOf(shape, node);
  return facet.as === 'itself' ? facet.shape : formOf(facet.of, node);
}

/** The fields that may still be written in a mapping: those of the kind it names, and without one those of every kind that fits. */
export function openFields(form: Form, siblings: Mapping): Fields {
  const taken = (key: string): boolean => siblings.entries.has(key);
  const fields = form.form === 'object' ? form.fields : form.form === 'choice' ? ofChoice(form, siblings) : {};
  return Object.fromEntries(Object.entries(fields).filter(([key]) => !taken(key)));
}

function ofChoice(form: Choice, siblings: Mapping): Fields {
  const [kind] = kindsIn(form, siblings);
  const all = fieldsOf(form, kind);
  if (kind !== undefined) return all;
  const written = [...siblings.entries.keys()].filter((key) => !(key in form.common));
  const fitting = Object.entries(form.variants).filter(([, { options }]) => written.every((key) => key in options));
  if (fitting.length === 0 || form.open) return all;
  return {
    ...Object.fromEntries(fitting.map(([one, { value }]) => [one, value])),
    ...form.common,
    ...shared(fitting.map(([, one]) => one)),
  };
}

/** What is said of an option that is offered before the kind it belongs to is written. */
export const WITH_A_KIND = 'an option of several kinds';

/** Whether a word is an option of kinds of which none is written yet. */
export function waitsForKind(form: Form, key: string, siblings: Mapping): boolean {
  return form.form === 'choice' && kindsIn(form, siblings).length === 0 && !(key in fieldsOf(form, undefined));
}

/** Options that several kinds have: they may be written before the kind is. */
function shared(variants: readonly Variant[]): Fields {
  const seen = new Set<string>();
  const several: Record<string, Shape> = {};
  for (const [key, shape] of variants.flatMap(({ options }) => Object.entries(options))) {
    if (seen.has(key)) several[key] = shape;
    seen.add(key);
  }
  return several;
}

/** Whether a word says which kind something is. */
export function isKind(form: Form, key: string): boolean {
  return form.form === 'choice' && key in form.variants;
}

/** Everything that could stand in one place: of forms told apart by their type all, and what short forms stand for. */
export function possible(shape: Shape): readonly Form[] {
  switch (shape.form) {
    case 'forms':
      return [shape.text, shape.flag, shape.count, shape.list, shape.object].flatMap((form) => (form ? possible(form) : []));
    case 'object':
      return [...Object.values(shape.short ?? {}).flatMap((field: string | undefined) => shorts(shape.fields, field)), shape];
    case 'choice':
      return [
        ...Object.values(shape.short ?? {}).flatMap((field: string | undefined) =>
          shorts(Object.fromEntries(Object.entries(shape.variants).map(([key, { value }]) => [key, value])), field),
        ),
        shape,
      ];
    case 'list':
      return shape.single ? [...possible(shape.item), shape] : [shape];
    default:
      return [shape];
  }
}

function shorts(fields: Fields, field: string | undefined): readonly Form[] {
  const of = field === undefined ? undefined : fields[field];
  return of ? possible(of) : [];
}

/** Whether something without brackets or lines of its own can stand there. */
export function takesScalar(shape: Shape): boolean {
  return possible(shape).some(({ form }) => form === 'leaf' || form === 'word' || form === 'count' || form === 'flag' || form === 'raw');
}
