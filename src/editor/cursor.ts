import type { Document, Mapping, Node } from '../compiler/parse/document.ts';
import { parse } from '../compiler/parse/parse.ts';
import { SourceText } from '../compiler/text/source-text.ts';
import type { Shape } from '../schema/kit.ts';
import { repaired } from './repair.ts';
import { endOfLine, spotAt, type Spot } from './spot.ts';
import { follow, type At } from './tree.ts';

/** Where the cursor is in what the language knows. */
export interface Cursor {
  readonly spot: Spot;
  /** A key of a mapping is typed, or a value. */
  readonly on: 'key' | 'value';
  /** For a key, the mapping it will stand in; for a value, what stands there, or would. */
  readonly at: At;
  /** From the top to `at`. */
  readonly way: readonly At[];
  /** What else is in the mapping. */
  readonly siblings: Mapping | undefined;
  /** The mapping has nothing in it yet, so that a list could stand there as well. */
  readonly fresh: boolean;
  /** The column the line should begin at, where the editor put the cursor elsewhere. */
  readonly indent: number;
  readonly reindented: boolean;
  /** The file with the cursor’s word taken out. */
  readonly document: Document;
}

/** What stands for the word being typed while its surroundings are read. Nobody writes it. */
const HOLE = 'zzHolezz';

/** The cursor’s place on any text, however half typed: a hole is put where it stands, and looked for in the tree. */
export function cursorAt(text: string, offset: number, top: Shape): Cursor | undefined {
  const spot = spotAt(text, offset);
  if (!spot) return undefined;
  const column = spot.from - spot.lineStart;
  const lead = text.slice(spot.lineStart, spot.from);
  const tried = (insert: string, how: How = {}): Cursor | undefined => {
    const { indent = lead, mend, anyhow } = how;
    const holed = filled(text, spot, indent, insert);
    const found = holeFound(mend ? repaired(holed, spot) : holed, spot, top, anyhow === true);
    return found && { ...found, spot, indent: indent.length, reindented: indent !== lead };
  };
  const value = spot.tight ? ` ${HOLE}` : HOLE;
  const word = (spot.first || spot.inBraces) && !spot.keyed ? `${HOLE}: ` : value;
  // Editors indent too much behind `key: value`, where YAML would take the word for the rest of the value.
  const snapped = (mend: boolean): Cursor | undefined => {
    if (!spot.first) return undefined;
    const dashes = lead.trimStart();
    for (const indent of indentsAbove(text, spot.lineStart, column)) {
      const found = tried(word, { indent: ' '.repeat(indent) + dashes, mend });
      if (found) return found;
    }
    return undefined;
  };
  return (
    tried(word) ??
    snapped(false) ??
    tried(word, { mend: true }) ??
    snapped(true) ??
    tried(value, { mend: true }) ??
    tried(word, { anyhow: true })
  );
}

interface How {
  /** What its line begins with, where that is not what stands there. */
  readonly indent?: string;
  /** Other lines that cannot be read are made harmless. */
  readonly mend?: boolean;
  /** Even where the parser stumbles over the word. */
  readonly anyhow?: boolean;
}

function filled(text: string, { lineStart, to, lineEnd, unclosed, inFlow }: Spot, lead: string, insert: string): string {
  const comment = /\s#.*$/.exec(text.slice(to, lineEnd));
  const rest = comment ? text.slice(to, to + comment.index) : text.slice(to, lineEnd);
  // In brackets over several lines the comma comes last, and is not typed yet.
  const comma = inFlow && rest.trim() === '' && /^\s*[^\s\]},#]/.test(text.slice(lineEnd)) ? ',' : '';
  return text.slice(0, lineStart) + lead.replaceAll('\t', ' ') + insert + rest + unclosed + comma + text.slice(lineEnd);
}

/** Columns at which a line below these may begin: nearest first, and those to the left of where it begins now before others. */
function indentsAbove(text: string, lineStart: number, column: number): readonly number[] {
  const columns: number[] = [];
  const lines = text.slice(0, lineStart).split('\n').slice(0, -1).reverse();
  let least = Infinity;
  for (const line of lines) {
    const match = /^([ \t]*)((?:- +)*)[^\s#]/.exec(line);
    if (!match) continue;
    const [, indent = '', dashes = ''] = match;
    if (indent.length >= least) continue;
    if (/:\s*$/.test(line) && columns.length === 0) columns.push(indent.length + dashes.length + 2);
    if (dashes !== '') columns.push(indent.length + dashes.length);
    columns.push(indent.length);
    least = indent.length;
    if (least === 0) break;
  }
  return [...new Set(columns)].filter((one) => one !== column).sort((a, b) => rank(a) - rank(b));

  function rank(indent: number): number {
    return indent <= column ? column - indent : 1000 + indent - column;
  }
}

function holeFound(
  text: string,
  { lineStart }: Spot,
  top: Shape,
  anyhow: boolean,
): Pick<Cursor, 'on' | 'at' | 'way' | 'siblings' | 'fresh' | 'document'> | undefined {
  const end = endOfLine(text, lineStart);
  let damaged = false;
  const document = parse(new SourceText('', text), ({ code }, { span }) => {
    damaged ||= code === 'not-yaml' && span.start <= end && span.end >= lineStart;
  });
  const hole = document && holeIn(document.root, []);
  // Where the parser stumbles over the word itself, it stands somewhere it was not meant to.
  if (!document || !hole || (damaged && !anyhow)) return undefined;
  const steps = hole.path;
  const way = steps.map((_, index) => follow(top, document.root, steps.slice(0, index)));
  const at = follow(top, document.root, steps);
  if (hole.on === 'value') return { on: 'value', at, way, siblings: undefined, fresh: false, document };
  const entries = new Map([...hole.mapping.entries].filter(([key]) => key !== HOLE));
  return {
    on: 'key',
    at,
    way,
    siblings: { ...hole.mapping, entries },
    fresh: entries.size === 0,
    document,
  };
}

type Hole =
  | { readonly on: 'key'; readonly path: readonly string[]; readonly mapping: Mapping }
  | { readonly on: 'value'; readonly path: readonly string[] };

function holeIn(node: Node, path: readonly string[]): Hole | undefined {
  switch (node.kind) {
    case 'scalar':
      return node.text === HOLE ? { on: 'value', path } : undefined;
    case 'sequence':
      for (const [index, item] of node.items.entries()) {
        const found = holeIn(item, [...path, String(index)]);
        if (found) return found;
      }
      return undefined;
    case 'mapping':
      if (node.entries.has(HOLE)) return { on: 'key', path, mapping: node };
      for (const { key, value } of node.entries.values()) {
        const found = holeIn(value, [...path, key]);
        if (found) return found;
      }
      return undefined;
  }
}
