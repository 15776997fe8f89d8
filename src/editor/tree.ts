import { inside } from '../compiler/check/facet.ts';
import type { Report } from '../compiler/diagnostics/problem.ts';
import type { Document, Entry, Mapping, Node } from '../compiler/parse/document.ts';
import { parse } from '../compiler/parse/parse.ts';
import { SourceText, type Place } from '../compiler/text/source-text.ts';
import type { Shape } from '../schema/kit.ts';
import { repaired } from './repair.ts';

/** A node, the shape of what stands there, and the keys that lead to it. */
export interface At {
  readonly path: readonly string[];
  readonly node: Node;
  /** Nothing where the language has no word for it. */
  readonly shape: Shape | undefined;
}

const silent: Report = () => undefined;

/** The tree of a text as far as it can be read: lines that break it are left out. */
export function treeOf(source: SourceText): Document | undefined {
  let broken = false;
  const document = parse(source, (problem) => (broken ||= problem.severity === 'error' && SYNTAX.has(problem.code)));
  // A directive alone leaves no tree, and is no matter of syntax.
  if (!broken && document) return document;
  return parse(new SourceText(source.path, repaired(source.text)), silent) ?? document;
}

/** What damages the tree, as against what is only not taken. */
const SYNTAX: ReadonlySet<string> = new Set(['not-yaml', 'braces-in-key', 'alias']);

/** What stands at the end of a path, from the top. */
export function follow(top: Shape, root: Node, path: readonly string[]): At {
  let at: At = { path: [], node: root, shape: top };
  for (const key of path) {
    const { node, shape } = at;
    const next = node.kind === 'mapping' ? node.entries.get(key)?.value : node.kind === 'sequence' ? node.items[Number(key)] : undefined;
    if (!next) break;
    at = { path: [...at.path, key], node: next, shape: shape && inside(shape, node, key) };
  }
  return at;
}

/** What is at an offset: a key, or a scalar. */
export type Found = At & ({ readonly on: 'key'; readonly entry: Entry; readonly mapping: At } | { readonly on: 'value' });

export function nodeAt(top: Shape, root: Mapping, offset: number): Found | undefined {
  let at: At = { path: [], node: root, shape: top };
  for (;;) {
    const { node, shape, path } = at;
    if (node.kind === 'scalar') return { ...at, on: 'value' };
    let next: At | undefined;
    if (node.kind === 'mapping') {
      for (const entry of node.entries.values()) {
        const there = { path: [...path, entry.key], node: entry.value, shape: shape && inside(shape, node, entry.key) };
        if (holds(entry.keyPlace, offset)) return { ...there, on: 'key', entry, mapping: at };
        if (holds(entry.value.place, offset)) next = there;
      }
    } else {
      const index = node.items.findIndex((item) => holds(item.place, offset));
      const item = node.items[index];
      if (item) next = { path: [...path, String(index)], node: item, shape: shape && inside(shape, node, String(index)) };
    }
    if (!next) return undefined;
    at = next;
  }
}

function holds({ span }: Place, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}

/** Goes through a tree with its shapes, from the top: keys before what is under them. */
export function visit(top: Shape, root: Node, see: (at: At, key: Entry | undefined, around: At | undefined) => void): void {
  const go = (at: At, key: Entry | undefined, around: At | undefined): void => {
    see(at, key, around);
    const { node, shape, path } = at;
    if (node.kind === 'mapping') {
      for (const entry of node.entries.values())
        go({ path: [...path, entry.key], node: entry.value, shape: shape && inside(shape, node, entry.key) }, entry, at);
    } else if (node.kind === 'sequence') {
      node.items.forEach((item, index) =>
        go({ path: [...path, String(index)], node: item, shape: shape && inside(shape, node, String(index)) }, undefined, at),
      );
    }
  };
  go({ path: [], node: root, shape: top }, undefined, undefined);
}
