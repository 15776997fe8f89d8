import { NAME_LENGTH, RESERVED } from '../../schema/names.ts';
import { Misread, type Choice, type Fields, type Form, type Leaf, type MapForm, type Raw, type Shape } from '../../schema/kit.ts';
import { isIntrinsicKey } from '../cloud/json.ts';
import type { Report } from '../diagnostics/problem.ts';
import type { Mapping, Node, Scalar } from '../parse/document.ts';
import { facetOf, fieldsOf, isNothing, kindsIn, own } from './facet.ts';
import { literalOf } from './meant.ts';
import { checkProblems } from './problems.ts';
import { Written } from './written.ts';

/** Nodes the schema refused: what is made of them is broken. */
export type Refused = ReadonlySet<Node>;

/**
 * Makes typed values of a tree: long forms for short ones, numbers for units, keys in order. Where something is
 * wrong the rest is still made, marked as broken, so that one mistake does not hide another.
 */
export function convert(shape: Shape, node: Node, refused: Refused, report: Report): Written {
  return new Converter(refused, report).value(shape, node);
}

class Converter {
  readonly #refused: Refused;
  readonly #report: Report;

  constructor(refused: Refused, report: Report) {
    this.#refused = refused;
    this.#report = report;
  }

  value(shape: Shape, node: Node): Written {
    const facet = facetOf(shape, node);
    if (facet.as === 'single') return Written.list([this.value(facet.of, node)], node.place);
    if (facet.as === 'short') {
      const part = this.value(facet.of, node);
      const constants = facet.shape.form === 'choice' ? { kind: facet.field } : {};
      return Written.record(new Map([[facet.field, part]]), node.place, false, constants);
    }
    if (shape.removable && isNothing(node)) return Written.leaf(null, node.place);
    const broken = this.#refused.has(node);
    return this.#form(facet.shape, node, broken);
  }

  #form(form: Form, node: Node, broken: boolean): Written {
    const nothing = Written.leaf(undefined, node.place, true);
    switch (form.form) {
      case 'leaf':
        return node.kind === 'scalar' && !broken ? this.#text(form, node) : nothing;
      case 'word':
        return node.kind === 'scalar' && !broken ? Written.leaf(node.text, node.place) : nothing;
      case 'count':
      case 'flag':
        return node.kind === 'scalar' && !broken ? Written.leaf(node.value, node.place) : nothing;
      case 'object':
        if (node.kind === 'mapping') return this.#fields(form.fields, node, broken);
        return isNothing(node) && form.empty ? Written.record(new Map(), node.place) : nothing;
      case 'choice':
        return node.kind === 'mapping' ? this.#choice(form, node, broken) : nothing;
      case 'map':
        if (node.kind === 'mapping') return this.#map(form, node, broken);
        return isNothing(node) ? Written.record(new Map(), node.place) : nothing;
      case 'list':
        if (node.kind !== 'sequence') return nothing;
        return Written.list(
          node.items.map((item) => this.value(form.item, item)),
          node.place,
          broken,
        );
      case 'raw':
        return broken ? nothing : this.#raw(form, node);
      case 'forms':
        return nothing;
    }
  }

  #text(form: Leaf, node: Scalar): Written {
    const { text, place } = node;
    if (!form.interpolated && text.includes('$(')) {
      this.#report(checkProblems['interpolation-here'], place, { literal: literalOf(node) });
      return Written.leaf(undefined, place, true);
    }
    const value = form.read ? form.read(text) : text;
    if (!(value instanceof Misread)) return Written.leaf(value, verbatimPlace(node));
    this.#report(checkProblems['out-of-range'], place, { written: text, reason: value.reason });
    return Written.leaf(undefined, place, true);
  }

  #fields(fields: Fields, node: Mapping, broken: boolean, constants: object = {}): Written {
    const parts = new Map<string, Written>();
    for (const { key, keyPlace, value } of inOrder(node)) {
      const field = own(fields, key);
      if (field) parts.set(key, this.value(field, value).under(keyPlace));
    }
    return Written.record(parts, node.place, broken, constants);
  }

  #choice(form: Choice, node: Mapping, broken: boolean): Written {
    const kind = kindsIn(form, node)[0];
    return this.#fields(fieldsOf(form, kind), node, broken, kind === undefined ? {} : { kind });
  }

  #map(form: MapForm, node: Mapping, broken: boolean): Written {
    const parts = new Map<string, Written>();
    const pattern = form.key.pattern === undefined ? undefined : new RegExp(form.key.pattern);
    for (const { key, keyPlace, value } of inOrder(node)) {
      const misspelt = pattern !== undefined && !pattern.test(key);
      // What is declared under a name that was refused is still there for who means it; anything else of that name means nothing.
      if (misspelt && form.declares === undefined) continue;
      const part = this.value(form.value, value).under(keyPlace);
      const badName = form.declares !== undefined && (misspelt || this.#badName(key, keyPlace));
      parts.set(key, badName ? part.with(part.value, true) : part);
    }
    return Written.record(parts, node.place, broken);
  }

  #badName(name: string, place: Written['place']): boolean {
    if (RESERVED.includes(name)) this.#report(checkProblems['reserved-name'], place, { name });
    else if (name.length > NAME_LENGTH) this.#report(checkProblems['name-too-long'], place, { name });
    else return false;
    return true;
  }

  #raw(form: Raw, node: Node): Written {
    if (node.kind === 'sequence')
      return Written.list(
        node.items.map((item) => this.#raw(form, item)),
        node.place,
      );
    if (node.kind === 'scalar') return Written.leaf(this.#number(node), node.place);
    const parts = new Map<string, Written>();
    let broken = false;
    for (const { key, keyPlace, value } of inOrder(node)) {
      if (key === 'Fn::Transform' || key === 'AWS::Include') {
        this.#report(checkProblems['macro-in-template'], keyPlace, { key });
        broken = true;
      } else if (!form.intrinsics && isIntrinsic(key, node)) {
        this.#report(checkProblems['intrinsic-in-data'], keyPlace, { key });
        broken = true;
      }
      parts.set(key, this.#raw(form, value).under(keyPlace));
    }
    return Written.record(parts, node.place, broken);
  }

  /** A value in raw data is what YAML takes it for, so a number that is not what was written is refused. */
  #number(node: Scalar): unknown {
    const { value, text, plain, place } = node;
    if (plain && typeof value === 'number' && String(value) !== text)
      this.#report(checkProblems['digits-lost'], place, { written: text, value: String(value) });
    return value;
  }
}

/** The entries in the order of their keys: what is made must not depend on the order they were written in. */
function inOrder(node: Mapping) {
  return [...node.entries.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

function isIntrinsic(key: string, node: Mapping): boolean {
  if (isIntrinsicKey(key, node.entries.size)) return true;
  return node.entries.size === 1 && key === 'Condition' && [...node.entries.values()][0]?.value.kind === 'scalar';
}

/** The characters of a text, inside its quotes, where they stand one by one. */
function verbatimPlace({ place, verbatim, plain }: Scalar): Scalar['place'] {
  if (!verbatim || plain) return place;
  const { start, end } = place.span;
  return { source: place.source, span: { start: start + 1, end: end - 1 } };
}
