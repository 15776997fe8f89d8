import type { Edit } from '../compiler/diagnostics/problem.ts';

/** The lines that edits change, as they were and as they are. */
export interface Hunk {
  readonly path: string;
  /** The number of its first line. */
  readonly line: number;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** What edits change, line by line: edits of the same lines are one hunk. */
export function hunksOf(edits: readonly Edit[]): readonly Hunk[] {
  const inOrder = [...edits].sort((a, b) => a.place.span.start - b.place.span.start);
  const groups: Edit[][] = [];
  for (const edit of inOrder) {
    const last = groups.at(-1);
    const [, end] = last ? linesOf(last) : [];
    if (last && last[0]?.place.source === edit.place.source && end !== undefined && edit.place.span.start < end) last.push(edit);
    else groups.push([edit]);
  }
  return groups.flatMap(hunkOf);
}

function hunkOf(edits: readonly Edit[]): readonly Hunk[] {
  const [first] = edits;
  if (!first) return [];
  const { source } = first.place;
  const [start, end] = linesOf(edits);
  let after = source.text.slice(start, end);
  for (const { place, text } of [...edits].reverse())
    after = after.slice(0, place.span.start - start) + text + after.slice(place.span.end - start);
  return [{ path: source.path, line: source.position(start).line, before: lines(source.text.slice(start, end)), after: lines(after) }];
}

/** From the start of the first line to the end of the last, what ends it included. */
function linesOf(edits: readonly Edit[]): readonly [number, number] {
  const { text } = edits[0]?.place.source ?? { text: '' };
  const start = Math.min(...edits.map(({ place }) => place.span.start));
  const end = Math.max(...edits.map(({ place }) => place.span.end));
  // An edit that takes a whole line out ends where the next begins.
  const last = end > start && text[end - 1] === '\n' ? end : text.indexOf('\n', end) + 1 || text.length;
  return [text.lastIndexOf('\n', start - 1) + 1, last];
}

const lines = (text: string): readonly string[] => (text === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/));
