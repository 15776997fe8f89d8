import type { Shape } from '../../schema/kit.ts';
import type { Node } from '../parse/document.ts';
import { facetOf, inside, isNothing } from './facet.ts';

/** A place where the published schema refuses what is written: keys from the top, and the schema’s keyword. */
export interface Refusal {
  readonly path: readonly string[];
  readonly keyword: string;
}

/** The validator that Ajv generated from the published schema. */
export interface Validator {
  (instance: unknown): boolean;
  errors?: readonly { readonly instancePath: string; readonly keyword: string }[] | null;
}

/**
 * Asks the validator. What stands where a text is expected is shown to it as a text, as written: YAML would take
 * `16.10` for a number and `012345678901` for another number.
 */
export function judge(shape: Shape, node: Node, valid: Validator): readonly Refusal[] {
  if (valid(instanceOf(shape, node))) return [];
  return (valid.errors ?? [])
    .filter(({ keyword }) => keyword !== 'if')
    .map(({ instancePath, keyword }) => ({ path: pointer(instancePath), keyword }));
}

function pointer(path: string): readonly string[] {
  return path === ''
    ? []
    : path
        .slice(1)
        .split('/')
        .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The JSON the published schema judges. */
export function instanceOf(shape: Shape | undefined, node: Node): unknown {
  if (node.kind === 'mapping') {
    const object: Record<string, unknown> = {};
    for (const [key, { value }] of node.entries) object[key] = instanceOf(shape && inside(shape, node, key), value);
    return object;
  }
  if (node.kind === 'sequence') return node.items.map((item, index) => instanceOf(shape && inside(shape, node, String(index)), item));
  if (isNothing(node)) return null;
  return shape && takesText(shape, node) ? node.text : node.value;
}

function takesText(shape: Shape, node: Node): boolean {
  const facet = facetOf(shape, node);
  if (facet.as !== 'itself') return takesText(facet.of, node);
  return facet.shape.form === 'leaf' || facet.shape.form === 'word';
}
