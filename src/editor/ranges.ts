import type { Position, Range } from 'vscode-languageserver-types';
import type { SourceText, Span } from '../compiler/text/source-text.ts';

/** Places of the compiler as the protocol says them: lines and columns from 0. */
export function positionOf(source: SourceText, offset: number): Position {
  const { line, column } = source.position(offset);
  return { line: line - 1, character: column - 1 };
}

export function rangeOf(source: SourceText, { start, end }: Span): Range {
  return { start: positionOf(source, start), end: positionOf(source, end) };
}

/** And back; what lies beyond a line is at its end. */
export function offsetOf(source: SourceText, { line, character }: Position): number {
  const starts = source.lineStarts;
  const start = starts[line];
  if (start === undefined) return source.text.length;
  const end = starts[line + 1] ?? source.text.length;
  return Math.min(start + character, Math.max(start, end));
}
