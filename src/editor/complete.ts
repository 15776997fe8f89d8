import { CompletionItemKind, InsertTextFormat, type CompletionItem } from 'vscode-languageserver-types';
import { SourceText } from '../compiler/text/source-text.ts';
import type { Form, MapForm, Shape } from '../schema/kit.ts';
import { standardOf } from '../schema/standard.ts';
import { quoted, type Choice, type Surroundings } from './choice.ts';
import { cursorAt, type Cursor } from './cursor.ts';
import { describe, shapesOf } from './describe.ts';
import { keyFits } from './fitting.ts';
import { formOf, isKind, openFields, takesScalar, waitsForKind, WITH_A_KIND } from './forms.ts';
import { Declarations } from './names.ts';
import { keysOf } from './open-keys.ts';
import { rangeOf } from './ranges.ts';
import type { System } from './system.ts';
import { entries } from './skeletons.ts';
import { valuesAt } from './values.ts';

/**
 * Signs behind which there is something to choose. A colon is none of them: behind it people press Enter, which would take
 * the first of what is offered.
 */
export const TRIGGERS: readonly string[] = [' ', '{', '[', ',', '(', '.', '#', '/', "'", '"'];

/** What may stand at an offset of a file. */
export function complete(system: System, path: string, offset: number): readonly CompletionItem[] {
  const source = system.source(path);
  if (!source) return [];
  const cursor = cursorAt(source.text, offset, system.shapeOf(path));
  if (!cursor) return [];
  const here = source.position(offset).line;
  const declarations = new Declarations(
    [cursor.document, ...system.documents.filter(({ place }) => place.source.path !== path)],
    [new SourceText(path, withoutLine(source, here))],
  );
  const surroundings = { cursor, declarations, system, source, offset, eol: source.text.includes('\r\n') ? '\r\n' : '\n' };
  const choices = cursor.on === 'key' ? keyChoices(surroundings) : valueChoices(surroundings);
  return choices.map((choice) => item(choice, cursor, source));
}

/** A text with one line made blank, at the same length: what is typed there is no name yet. */
function withoutLine({ text, lineStarts }: SourceText, line: number): string {
  const start = lineStarts[line - 1] ?? 0;
  const end = lineStarts[line] ?? text.length;
  return text.slice(0, start) + text.slice(start, end).replace(/[^\r\n]/g, ' ') + text.slice(end);
}

function keyChoices(around: Surroundings): readonly Choice[] {
  const { cursor } = around;
  const { shape, node } = cursor.at;
  if (!shape || !cursor.siblings) return [];
  const form = formOf(shape, cursor.siblings);
  const fields = openFields(form, cursor.siblings);
  const known = Object.entries(fields)
    .filter(([key]) => keyFits(key, around))
    .map(([key, field], index) => keyChoice(key, field, form, index, around));
  const free = form.form === 'map' ? mapKeys(form, around) : [];
  const open = cursor.fresh && !cursor.spot.inFlow && !cursor.spot.keyed && node.kind === 'mapping';
  return [...known, ...free, ...(open ? valuesAt(shape, isItem(cursor) ? { ...around, cursor: { ...cursor, on: 'value' } } : around) : [])];
}

/** Behind a dash may stand a key, or the whole item. */
function isItem({ way }: Cursor): boolean {
  return way.at(-1)?.node.kind === 'sequence';
}

function mapKeys(form: MapForm, around: Surroundings): readonly Choice[] {
  const keys = keysOf(form, around).map(({ label, doc, rank = 10 }) => ({
    label,
    kind: CompletionItemKind.Variable,
    text: key(label, form.value, around),
    doc: () => doc,
    rank,
    goesOn: true as const,
  }));
  return [...keys, ...entries(form, around)];
}

function keyChoice(label: string, field: Shape, form: Form, index: number, around: Surroundings): Choice {
  const standard = standardOf(field);
  const { node } = around.cursor.at;
  const open = formOf(form, node);
  const waits = node.kind === 'mapping' && waitsForKind(open, label, node);
  const detail = waits ? WITH_A_KIND : field.required ? 'required' : standard === '' ? undefined : `default: ${standard}`;
  return {
    label,
    kind: isKind(open, label) ? CompletionItemKind.Class : CompletionItemKind.Property,
    text: key(label, field, around),
    ...(detail !== undefined && { detail }),
    doc: () => describe(label, field, shapesOf([...around.cursor.way, around.cursor.at])),
    rank: rankOf(label, index, {
      waits,
      first: (field.required ?? field.asked) === true,
      kind: isKind(open, label),
      often: OFTEN.includes(label) && takesHandler(open),
    }),
    goesOn: true,
  };
}

/** What functions are told most often. The other settings of Lambda’s, of which there are many, come behind. */
export const OFTEN: readonly string[] = ['access', 'environment', 'memory', 'timeout'];

function takesHandler(form: Form): boolean {
  return (form.form === 'object' && 'handler' in form.fields) || (form.form === 'choice' && 'handler' in form.variants);
}

interface Weight {
  readonly waits: boolean;
  readonly first: boolean;
  readonly kind: boolean;
  readonly often: boolean;
}

function rankOf(label: string, index: number, { waits, first, kind, often }: Weight): number {
  if (waits) return 3000 + index;
  if (first) return index;
  if (kind) return 1000 + index;
  if (often) return 1500 + OFTEN.indexOf(label);
  return (label.startsWith('$') ? 2900 : 2000) + index;
}

/** A key with its colon, and the beginning of what only lines of its own can hold. */
export function key(label: string, field: Shape, { cursor, eol }: Surroundings): string {
  const { spot, indent } = cursor;
  const written = quoted(label, spot.quote, spot.inFlow);
  if (spot.keyed) return written;
  if (spot.inFlow || takesScalar(field)) return `${written}: `;
  const deeper = field.form === 'map' || field.form === 'object' || field.form === 'choice' || field.form === 'forms';
  return deeper ? `${written}:${eol}${' '.repeat(indent + 2)}` : `${written}: `;
}

function valueChoices(around: Surroundings): readonly Choice[] {
  const { shape } = around.cursor.at;
  return shape ? valuesAt(shape, around) : [];
}

function item(choice: Choice, { spot, indent, reindented }: Cursor, source: SourceText): CompletionItem {
  const { label, kind, detail, doc, rank, snippet, span, goesOn } = choice;
  const whole = span === undefined;
  const lead = whole && reindented ? source.text.slice(spot.lineStart, spot.from) : '';
  const dashes = /[-?].*$/.exec(lead)?.[0] ?? '';
  const text =
    (whole && reindented ? ' '.repeat(Math.max(0, indent - dashes.length)) + dashes : '') + (whole && spot.tight ? ' ' : '') + choice.text;
  const start = span?.start ?? (reindented ? spot.lineStart : spot.from);
  return {
    label,
    kind,
    sortText: String(rank).padStart(6, '0'),
    // Letters in a sketch of an object are no reason to take it for a word that is typed.
    filterText: `${lead}${spot.quote !== undefined && whole ? spot.quote : ''}${label.startsWith('{') ? '{' : label}`,
    insertTextFormat: snippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    insertTextMode: 1,
    textEdit: { range: rangeOf(source, { start, end: span?.end ?? spot.to }), newText: text },
    ...(detail !== undefined && { detail }),
    ...(doc && { documentation: { kind: 'markdown', value: doc() } }),
    ...(goesOn && { command: { title: 'Suggest', command: 'editor.action.triggerSuggest' } }),
  };
}
