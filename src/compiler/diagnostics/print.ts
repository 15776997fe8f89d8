import type { Place, SourceText } from '../text/source-text.ts';
import { orderOf, type Finding, type Fix, type Related, type Severity } from './problem.ts';

/** How parts of a printed finding are set off; the default sets nothing off. */
export interface Style {
  readonly severity: (severity: Severity, text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

export const plainStyle: Style = { severity: (_, text) => text, strong: (text) => text, faint: (text) => text };

/** A finding as a person reads it: what is wrong, where, drawn under the line; why it matters; what to do. */
export function printFinding(finding: Finding, style: Style = plainStyle): string {
  const { code, severity, message, place, why, fix, related = [] } = finding;
  const lines = [
    `${style.severity(severity, `${severity}[${code}]`)} ${style.strong(clean(message))}`,
    ...frame(place, style, (text) => style.severity(severity, text)),
    ...related.slice(0, MOST_RELATED).flatMap((other) => [`  ${clean(other.message)}`, ...frame(other.place, style, style.faint)]),
    ...furtherPlaces(related.slice(MOST_RELATED), style),
    ...wrapped('why', why, style),
    ...(fix ? wrapped('fix', orderOf(fix), style) : []),
  ];
  return lines.join('\n');
}

/** More frames than that push the finding itself off the screen. */
const MOST_RELATED = 3;

/** The others by line, file by file: “at 5 more places: eventsystem.yml, lines 12, 20; api.yml, line 3”. */
function furtherPlaces(related: readonly Related[], style: Style): readonly string[] {
  if (related.length === 0) return [];
  const lines = new Map<string, number[]>();
  for (const { place } of related) {
    const { path } = place.source;
    lines.set(path, [...(lines.get(path) ?? []), place.source.position(place.span.start).line]);
  }
  const told = [...lines].map(([path, at]) => `${path}, ${at.length === 1 ? 'line' : 'lines'} ${at.toSorted((a, b) => a - b).join(', ')}`);
  return wrapped('and', `at ${related.length} more ${related.length === 1 ? 'place' : 'places'}: ${told.join('; ')}`, style);
}

/** The line of a place with the part that is meant underlined. */
function frame(place: Place, style: Style, mark: (text: string) => string): readonly string[] {
  const { source, span } = place;
  const { line, column } = source.position(span.start);
  const text = source.line(line);
  const width = String(line).length;
  const gutter = ' '.repeat(width);
  const shown = clip(clean(text.replaceAll('\t', ' ')), column);
  const length = Math.max(1, Math.min(span.end - span.start, shown.text.length - shown.column + 1));
  return [
    style.faint(`  ${gutter}┌─ ${source.path}:${line}:${column}`),
    `${style.faint(`  ${line} │`)} ${shown.text}`,
    `${style.faint(`  ${gutter} │`)} ${' '.repeat(shown.column - 1)}${mark('^'.repeat(length))}`,
  ];
}

const WIDTH = 110;

/** A long line is shown around its column. */
function clip(text: string, column: number): { text: string; column: number } {
  if (text.length <= WIDTH) return { text, column };
  const start = Math.max(0, Math.min(column - 1 - WIDTH / 2, text.length - WIDTH));
  const clipped = text.slice(start, start + WIDTH);
  return start === 0 ? { text: `${clipped}…`, column } : { text: `…${clipped}`, column: column - start + 1 };
}

function wrapped(label: string, text: string, style: Style): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of clean(text).split(' ')) {
    if (line !== '' && line.length + word.length > WIDTH - 10) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines.map((one, index) => `  ${style.faint(index === 0 ? `${label}:` : ' '.repeat(label.length + 1))} ${one}`);
}

/** Nothing from a file or from AWS may speak to the terminal. */
export function clean(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\u{FFFD}');
}

/** The finding as data: lines and columns from 1, the end not included. */
export interface FindingData {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly why: string;
  readonly fix?: FixData;
  readonly related?: readonly (Range & { readonly message: string })[];
}

/** `choice` where only the author can tell; `or` what can be done instead. */
interface FixData {
  readonly title: string;
  readonly edits?: readonly (Range & { readonly text: string })[];
  readonly choice?: true;
  readonly or?: readonly FixData[];
}

interface Range {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export function findingData({ code, severity, message, place, why, fix, related }: Finding): FindingData {
  return {
    code,
    severity,
    message,
    ...rangeOf(place),
    why,
    ...(fix && { fix: fixData(fix) }),
    ...(related && { related: related.map((other) => ({ ...rangeOf(other.place), message: other.message })) }),
  };
}

function fixData({ title, edits, choice, or }: Fix): FixData {
  return {
    title,
    ...(edits && { edits: edits.map((edit) => ({ ...rangeOf(edit.place), text: edit.text })) }),
    ...(choice && { choice }),
    ...(or && { or: or.map(fixData) }),
  };
}

export function rangeOf({ source, span }: Place): Range {
  const start = positionIn(source, span.start);
  const end = positionIn(source, span.end);
  return { file: source.path, line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}

function positionIn(source: SourceText, offset: number) {
  return source.position(Math.min(offset, source.text.length));
}
