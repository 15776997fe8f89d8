import { Misread, type Fields, type Form, type Leaf, type Shape } from '../../schema/kit.ts';
import type { Mapping, Node, Scalar } from '../parse/document.ts';
import { facetOf, fieldsOf, isNothing, kindsIn, own } from './facet.ts';
import { textMeant } from './meant.ts';

/** How a value must be written for a shape to take it: as it is, as another text, or not at all. */
export function taken(shape: Shape, node: Node): true | string | undefined {
  const facet = facetOf(shape, node);
  return facet.as === 'itself' ? takenBy(facet.shape, node) : taken(facet.of, node);
}

function takenBy(form: Form, node: Node): true | string | undefined {
  switch (form.form) {
    case 'leaf':
      return node.kind === 'scalar' && !isNothing(node) ? takenText(form, node) : undefined;
    case 'word': {
      if (node.kind !== 'scalar') return undefined;
      const word = Object.keys(form.words).find((one) => one.toLowerCase() === node.text.toLowerCase());
      return word === node.text || word;
    }
    case 'count':
      return isPlain(node, 'number') && within(Number(node.value), form.from, form.to) ? true : undefined;
    case 'flag':
      return isPlain(node, 'boolean') ? true : undefined;
    case 'object':
      if (isNothing(node)) return form.empty ? true : undefined;
      return node.kind === 'mapping' && fieldsTaken(form.fields, node) ? true : undefined;
    case 'choice': {
      const [kind, another] = kindsIn(form, node);
      if (node.kind !== 'mapping' || kind === undefined || another !== undefined) return undefined;
      return fieldsTaken(fieldsOf(form, kind), node) ? true : undefined;
    }
    case 'map':
      if (isNothing(node)) return true;
      return node.kind === 'mapping' && [...node.entries.values()].every((entry) => taken(form.value, entry.value) === true)
        ? true
        : undefined;
    case 'list':
      return node.kind === 'sequence' && node.items.every((item) => taken(form.item, item) === true) ? true : undefined;
    case 'raw':
      return true;
    case 'forms':
      return undefined;
  }
}

function takenText(form: Leaf, { text }: Scalar): true | string | undefined {
  const fits = (written: string): boolean =>
    (form.pattern === undefined || new RegExp(form.pattern).test(written)) &&
    (form.max === undefined || written.length <= form.max) &&
    (form.interpolated === true || !written.includes('$(')) &&
    !(form.read?.(written) instanceof Misread);
  if (fits(text)) return true;
  const meant = textMeant(form, text);
  return meant !== undefined && fits(meant) ? meant : undefined;
}

function fieldsTaken(fields: Fields, { entries }: Mapping): boolean {
  const known = [...entries.values()].every(({ key, value }) => {
    const field = own(fields, key);
    return field !== undefined && taken(field, value) === true;
  });
  return known && Object.entries(fields).every(([key, { required }]) => !required || entries.has(key));
}

function isPlain(node: Node, type: 'number' | 'boolean'): node is Scalar {
  return node.kind === 'scalar' && node.plain && typeof node.value === type;
}

const within = (value: number, from = -Infinity, to = Infinity): boolean => value >= from && value <= to;
