import { parseDocument, visit, type Document, type Scalar, type ScalarTag, type Tags } from 'yaml';
import type { TextEdit } from 'vscode-languageserver-types';
import type { Node } from '../compiler/parse/document.ts';
import { SourceText } from '../compiler/text/source-text.ts';
import { rangeOf } from './ranges.ts';
import type { System } from './system.ts';
import { treeOf } from './tree.ts';

/** The file written evenly: two spaces a level, one between things; what was written in brackets stays so, and comments stay. */
export function format(system: System, path: string): readonly TextEdit[] {
  const source = system.source(path);
  if (!source) return [];
  const { text } = source;
  const made = formatted(text);
  if (made === undefined || made === text) return [];
  return [{ range: rangeOf(source, { start: 0, end: text.length }), newText: made }];
}

/** Nothing for what cannot be read: nobody may lose a half-written line by saving. */
export function formatted(text: string): string | undefined {
  const crlf = text.includes('\r\n');
  const document = parseDocument(crlf ? text.replaceAll('\r\n', '\n') : text, {
    version: '1.2',
    schema: 'core',
    uniqueKeys: false,
    logLevel: 'error',
    customTags: (tags) => tags.map(asWritten),
  });
  if (document.errors.length > 0 || document.contents === null || hasAnchor(document)) return undefined;
  const plain = document.toString({ lineWidth: 0, flowCollectionPadding: true, indentSeq: true });
  const made = crlf ? plain.replaceAll('\n', '\r\n') : plain;
  return said(made) === said(text) ? made : undefined;
}

/** Anchors and aliases are no part of the language, and not every one that can be read can be written again. */
function hasAnchor(document: Document): boolean {
  let found = false;
  const stop = () => {
    found = true;
    return visit.BREAK;
  };
  visit(document, {
    Alias: stop,
    Value: (_, node) => ('anchor' in node && node.anchor !== undefined ? stop() : undefined),
  });
  return found;
}

/** Numbers and words stay as they were written: `16.10` loses nothing. */
function asWritten(tag: Tags[number]): Tags[number] {
  if (typeof tag !== 'object' || !('resolve' in tag) || !('test' in tag) || tag.test === undefined) return tag;
  const scalar = tag as ScalarTag;
  return {
    ...scalar,
    stringify: (item: Scalar, ...rest) => item.source ?? scalar.stringify?.(item, ...rest) ?? String(item.value),
  } as ScalarTag;
}

/** What a text says, whatever it looks like. */
function said(text: string): string {
  const root = treeOf(new SourceText('', text))?.root;
  return root ? JSON.stringify(plain(root)) : '';
}

function plain(node: Node): unknown {
  if (node.kind === 'scalar') return [node.text, node.value];
  if (node.kind === 'sequence') return node.items.map(plain);
  return [...node.entries.values()].map(({ key, value }) => [key, plain(value)]);
}
