import { FoldingRangeKind, SymbolKind, type DocumentSymbol, type FoldingRange, type SymbolInformation } from 'vscode-languageserver-types';
import type { Entry, Mapping } from '../compiler/parse/document.ts';
import type { SourceText } from '../compiler/text/source-text.ts';
import type { Shape } from '../schema/kit.ts';
import { inside } from '../compiler/check/facet.ts';
import { formOf } from './forms.ts';
import { THINGS } from './names.ts';
import { rangeOf } from './ranges.ts';
import type { System } from './system.ts';

const KINDS: Readonly<Record<string, SymbolKind>> = {
  databases: SymbolKind.Struct,
  tables: SymbolKind.Struct,
  streams: SymbolKind.Event,
  queues: SymbolKind.Event,
  topics: SymbolKind.Event,
  buses: SymbolKind.Event,
  buckets: SymbolKind.File,
  apis: SymbolKind.Interface,
  functions: SymbolKind.Function,
  consumers: SymbolKind.Function,
};

/** The sections of a file, what they declare, and the routes of APIs. */
export function outline(system: System, path: string): readonly DocumentSymbol[] {
  const document = system.document(path);
  const source = system.source(path);
  if (!document || !source) return [];
  const top = system.shapeOf(path);
  return [...document.root.entries.values()].map((entry) =>
    symbol(entry, SymbolKind.Namespace, source, inner(entry, top, document.root, source)),
  );
}

/** What stands below a key: entries of maps, whose keys are the author’s own. */
function inner({ key, value }: Entry, around: Shape | undefined, node: Mapping, source: SourceText): DocumentSymbol[] {
  const shape = around && inside(around, node, key);
  if (!shape || value.kind !== 'mapping') return [];
  const form = formOf(shape, value);
  const entries = [...value.entries.values()];
  if (form.form === 'map' && !form.keyNames) {
    const kind = KINDS[form.declares ?? ''] ?? SymbolKind.Field;
    return entries.map((entry) => symbol(entry, kind, source, inner(entry, shape, value, source)));
  }
  return entries.flatMap((entry) => {
    const field = inside(shape, value, entry.key);
    const below = field?.form === 'map' && !field.keyNames && entry.value.kind === 'mapping' ? inner(entry, shape, value, source) : [];
    return below.length === 0 ? [] : [symbol(entry, SymbolKind.Namespace, source, below)];
  });
}

function symbol({ key, keyPlace, value }: Entry, kind: SymbolKind, source: SourceText, children: DocumentSymbol[]): DocumentSymbol {
  const end = Math.max(keyPlace.span.end, trimmedEnd(source.text, value.place.span.end));
  return {
    name: key,
    kind,
    range: rangeOf(source, { start: keyPlace.span.start, end }),
    selectionRange: rangeOf(source, keyPlace.span),
    ...(children.length > 0 && { children }),
  };
}

function trimmedEnd(text: string, end: number): number {
  return text.slice(0, end).trimEnd().length;
}

/** Everything the system declares whose name holds a text. */
export function workspaceSymbols(system: System, query: string, uriOf: (path: string) => string): readonly SymbolInformation[] {
  const wanted = query.toLowerCase();
  return system.declarations
    .of(THINGS)
    .filter(({ section, name }) => `${section}.${name}`.toLowerCase().includes(wanted))
    .map(({ section, name, place }) => ({
      name,
      kind: KINDS[section] ?? SymbolKind.Field,
      containerName: section,
      location: { uri: uriOf(place.source.path), range: rangeOf(place.source, place.span) },
    }));
}

/** What can be folded away: everything that takes several lines, and runs of comments. */
export function folds(system: System, path: string): readonly FoldingRange[] {
  const document = system.document(path);
  const source = system.source(path);
  if (!document || !source) return [];
  const found: FoldingRange[] = [];
  const line = (offset: number): number => source.position(offset).line - 1;
  const visit = (node: Mapping['entries'] extends ReadonlyMap<string, infer E> ? E : never): void => {
    const startLine = line(node.keyPlace.span.start);
    const endLine = line(trimmedEnd(source.text, node.value.place.span.end));
    if (endLine > startLine) found.push({ startLine, endLine });
    if (node.value.kind === 'mapping') for (const entry of node.value.entries.values()) visit(entry);
    if (node.value.kind === 'sequence')
      for (const item of node.value.items) if (item.kind === 'mapping') for (const entry of item.entries.values()) visit(entry);
  };
  for (const entry of document.root.entries.values()) visit(entry);
  return [...found, ...comments(source.text)];
}

function comments(text: string): readonly FoldingRange[] {
  const found: FoldingRange[] = [];
  let start = -1;
  const lines = text.split('\n');
  for (let at = 0; at <= lines.length; at++) {
    const isComment = /^\s*#/.test(lines[at] ?? '');
    if (isComment && start === -1) start = at;
    if (isComment || start === -1) continue;
    if (at - 1 > start) found.push({ startLine: start, endLine: at - 1, kind: FoldingRangeKind.Comment });
    start = -1;
  }
  return found;
}
