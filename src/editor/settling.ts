import type { Diagnostic } from 'vscode-languageserver-types';

/** The line that is being typed, and by how many lines what follows it has moved since findings were last settled. */
export interface Typing {
  readonly line: number;
  readonly moved: number;
}

/**
 * What to show while a line is half typed: of its own line everything, of other lines what was there before, for what is new
 * there is most often an echo of the word that is not finished. Where the text cannot be read, nothing elsewhere goes away either.
 */
export function whileTyping(settled: readonly Diagnostic[], now: readonly Diagnostic[], { line, moved }: Typing): readonly Diagnostic[] {
  const here = now.filter(({ range }) => range.start.line === line);
  const before = settled
    .filter(({ range }) => range.start.line !== line)
    .map((one) => (one.range.start.line > line ? shifted(one, moved) : one));
  const damaged = now.some(({ code }) => code === 'not-yaml' || code === 'braces-in-key');
  if (damaged) return [...here, ...before];
  const still = new Set(now.map(keyOf));
  return [...here, ...before.filter((one) => still.has(keyOf(one)))];
}

function keyOf({ code, message, range: { start } }: Diagnostic): string {
  return [code, start.line, start.character, message].join('\0');
}

function shifted(one: Diagnostic, by: number): Diagnostic {
  if (by === 0) return one;
  const { start, end } = one.range;
  return { ...one, range: { start: { ...start, line: start.line + by }, end: { ...end, line: end.line + by } } };
}

/** What a change of a text touched: the last line of it that is new, and how many lines came or went; nothing where nothing changed. */
export function changeOf(
  before: string,
  after: string,
): { readonly line: number; readonly lines: number; readonly moved: number } | undefined {
  if (before === after) return undefined;
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const gone = count(before.slice(start, before.length - end));
  const come = count(after.slice(start, after.length - end));
  const first = count(after.slice(0, start));
  return { line: first + come, lines: gone + come, moved: come - gone };
}

function count(text: string): number {
  return text.split('\n').length - 1;
}
