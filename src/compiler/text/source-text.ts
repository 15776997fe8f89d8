/** A file's text, and the way from an offset in it to a line and a column. */
export class SourceText {
  /** The path as the author knows it: relative to the folder of the system file, with forward slashes. */
  readonly path: string;
  readonly text: string;
  #lineStarts: readonly number[] | undefined;

  constructor(path: string, text: string) {
    this.path = path;
    this.text = text;
  }

  /** Line and column of an offset, both counted from 1; the column counts UTF-16 units, as editors do. */
  position(offset: number): Position {
    const starts = this.lineStarts;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  }

  /** The text of one line, counted from 1, without its line ending. */
  line(number: number): string {
    const start = this.lineStarts[number - 1];
    if (start === undefined) return '';
    const end = this.lineStarts[number] ?? this.text.length;
    return this.text.slice(start, end).replace(/\r?\n$/, '');
  }

  get lineStarts(): readonly number[] {
    if (!this.#lineStarts) {
      const starts = [0];
      for (let at = this.text.indexOf('\n'); at !== -1; at = this.text.indexOf('\n', at + 1)) starts.push(at + 1);
      this.#lineStarts = starts;
    }
    return this.#lineStarts;
  }
}

export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Offsets into a text, the end not included. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where something was written. */
export interface Place {
  readonly source: SourceText;
  readonly span: Span;
}

/** A place inside another: `from` and `to` count from its start. */
export function within({ source, span }: Place, from: number, to: number): Place {
  return { source, span: { start: span.start + from, end: span.start + to } };
}
