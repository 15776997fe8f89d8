import type { Place, SourceText } from '../text/source-text.ts';
import type { Entry, Mapping, Node, Scalar, Sequence } from './document.ts';
import { unsafe } from './names.ts';
import { DOUBLE_QUOTED, IN_BLOCK, IN_FLOW, NotPlain, SINGLE_QUOTED, valueOf } from './plain-texts.ts';
import { LIMITS } from './problems.ts';

/**
 * Reads a file that is written as nearly all are: mappings and lists by indentation, `{ }` and `[ ]` on one line, texts on one line.
 * Where there is anything else, or anything to report, it gives nothing, and the parser that knows all of YAML reads the file; what it
 * does give is what that parser would. A test compares the two on every sample and on files damaged in a thousand ways. Most
 * of the time of `validate` was that parser’s.
 */
export function readPlain(source: SourceText): Mapping | undefined {
  const { text } = source;
  if (/[\t\r]|\{\{resolve:|^(?:---|\.\.\.|%)/m.test(text)) return undefined;
  return new PlainReader(source).file();
}

/** Deeper than any system, and less than what is reported. */
const MOST_DEEP = 24;

/** As long as a key before a colon may be: https://yaml.org/spec/1.2.2/#742-flow-mappings */
const LONGEST_KEY = 1000;

/** A node, and where what belongs to it ends: behind the line, with its comment. */
interface Found {
  readonly node: Node;
  readonly end: number;
}

class PlainReader {
  readonly #source: SourceText;
  readonly #text: string;
  #at = 0;
  #places = 0;
  /** How far the line is indented that is read next; -1 at the end of the file. */
  #next = -1;
  /** How far the comments before it that have a line of their own are indented, at most; -1 where there is none. */
  #comment = -1;

  constructor(source: SourceText) {
    this.#source = source;
    this.#text = source.text;
  }

  file(): Mapping | undefined {
    try {
      this.#toWriting();
      if (this.#next > 0 || this.#startsItem()) return undefined;
      const { node } = this.#block(0, 0);
      return node.kind === 'mapping' && this.#next === -1 && this.#comment <= 0 ? node : undefined;
    } catch (error) {
      if (error instanceof NotPlain) return undefined;
      throw error;
    }
  }

  /** Goes from somewhere in a line to the next one on which something is written. */
  #toNextLine(from: number): void {
    this.#at = this.#lineEnd(from);
    this.#toWriting();
  }

  /** Goes from the start of a line to the first one on which something is written. */
  #toWriting(): void {
    this.#comment = -1;
    for (; this.#at < this.#text.length; this.#at = this.#lineEnd(this.#at)) {
      const start = this.#at;
      this.#spaces();
      const sign = this.#text.charCodeAt(this.#at);
      this.#next = this.#at - start;
      if (sign === HASH) this.#comment = Math.max(this.#comment, this.#next);
      else if (sign !== NEWLINE && !Number.isNaN(sign)) return;
    }
    this.#next = -1;
  }

  /** Behind the end of a line. */
  #lineEnd(at: number): number {
    const end = this.#text.indexOf('\n', at);
    return end === -1 ? this.#text.length : end + 1;
  }

  /** What is indented so far, from where its first line begins. */
  #block(indent: number, depth: number): Found {
    if (depth > MOST_DEEP) throw new NotPlain();
    return this.#startsItem() ? this.#sequence(indent, depth) : this.#mapping(indent, depth);
  }

  #startsItem(): boolean {
    return this.#text.charCodeAt(this.#at) === HYPHEN && this.#text.charCodeAt(this.#at + 1) === SPACE;
  }

  #mapping(indent: number, depth: number): Found {
    const start = this.#at;
    const entries = new Entries();
    let end = start;
    do {
      const key = this.#key();
      const value = this.#value(indent, depth);
      entries.add(key, value.node);
      ({ end } = value);
    } while (this.#goesOn(indent) && !this.#startsItem());
    return { node: { kind: 'mapping', place: this.#place(start, end), entries: entries.all }, end };
  }

  #sequence(indent: number, depth: number): Found {
    const start = this.#at;
    const items: Node[] = [];
    let end = start;
    do {
      const hyphen = this.#at++;
      this.#spaces();
      const item = this.#item(indent + this.#at - hyphen, depth);
      items.push(item.node);
      ({ end } = item);
    } while (this.#goesOn(indent) && this.#startsItem());
    return { node: { kind: 'sequence', place: this.#place(start, end), items }, end };
  }

  /** Whether the next line belongs to a block; what is indented further belongs to nothing that is read here. */
  #goesOn(indent: number): boolean {
    if (this.#next > indent) throw new NotPlain();
    return this.#next === indent;
  }

  /** What stands behind a hyphen: a mapping that begins on its line, or a value. */
  #item(indent: number, depth: number): Found {
    const sign = this.#text.charCodeAt(this.#at);
    if (sign === HYPHEN || sign === HASH || sign === NEWLINE || Number.isNaN(sign)) throw new NotPlain();
    const start = this.#at;
    const node = this.#inline(false, depth + 1);
    this.#spaces();
    if (this.#text.charCodeAt(this.#at) !== COLON) return { node, end: this.#endOfLine() };
    this.#at = start;
    return this.#inner(indent, depth);
  }

  /** A block in another. Comments at its end belong to it and make it longer: only where there is none is its end known. */
  #inner(indent: number, depth: number): Found {
    const found = this.#block(indent, depth + 1);
    if (this.#comment >= indent) throw new NotPlain();
    return found;
  }

  #key(): Scalar {
    const node = this.#scalar(false);
    this.#spaces();
    if (this.#text.charCodeAt(this.#at) !== COLON || node.text.length > LONGEST_KEY) throw new NotPlain();
    const behind = this.#text.charCodeAt(++this.#at);
    if (behind !== SPACE && behind !== NEWLINE && !Number.isNaN(behind)) throw new NotPlain();
    return node;
  }

  /** What stands behind a colon: on its line, indented below, or nothing. */
  #value(indent: number, depth: number): Found {
    this.#spaces();
    const start = this.#at;
    const sign = this.#text.charCodeAt(start);
    if (sign !== NEWLINE && sign !== HASH && !Number.isNaN(sign)) {
      const node = this.#inline(false, depth + 1);
      return { node, end: this.#endOfLine() };
    }
    this.#toNextLine(start);
    const next = this.#next;
    if (next > indent || (next === indent && this.#startsItem())) {
      // A comment that is indented less than what it stands before may belong to something else.
      if (this.#comment !== -1 && this.#comment !== next) throw new NotPlain();
      return this.#inner(next, depth);
    }
    if (this.#comment !== -1 || sign === HASH) throw new NotPlain();
    return { node: this.#nothing(start), end: start };
  }

  #nothing(at: number): Scalar {
    return { kind: 'scalar', place: this.#place(at, at), text: '', value: null, plain: true, verbatim: true };
  }

  /** Goes to the next line, and says where it begins. Behind a value nothing but a comment may stand. */
  #endOfLine(): number {
    const before = this.#at;
    this.#spaces();
    const sign = this.#text.charCodeAt(this.#at);
    if (sign !== NEWLINE && !Number.isNaN(sign) && (sign !== HASH || this.#at === before)) throw new NotPlain();
    const end = this.#lineEnd(this.#at);
    this.#toNextLine(this.#at);
    return end;
  }

  #inline(inFlow: boolean, depth: number): Node {
    if (depth > MOST_DEEP) throw new NotPlain();
    const sign = this.#text.charCodeAt(this.#at);
    if (sign === OPEN_BRACE) return this.#flowMapping(depth);
    if (sign === OPEN_BRACKET) return this.#flowSequence(depth);
    return this.#scalar(inFlow);
  }

  #flowMapping(depth: number): Mapping {
    const start = this.#at++;
    const entries = new Entries();
    for (let more = this.#more(CLOSE_BRACE); more; more = this.#comma(CLOSE_BRACE)) {
      const key = this.#scalar(true);
      if (this.#text.charCodeAt(this.#at) !== COLON) throw new NotPlain();
      this.#at++;
      const behind = this.#text.charCodeAt(this.#at);
      if (behind !== SPACE && behind !== COMMA && behind !== CLOSE_BRACE) throw new NotPlain();
      this.#spaces();
      const sign = this.#text.charCodeAt(this.#at);
      entries.add(key, sign === COMMA || sign === CLOSE_BRACE ? this.#nothing(this.#at) : this.#inline(true, depth + 1));
    }
    return { kind: 'mapping', place: this.#place(start, this.#at), entries: entries.all };
  }

  #flowSequence(depth: number): Sequence {
    const start = this.#at++;
    const items: Node[] = [];
    for (let more = this.#more(CLOSE_BRACKET); more; more = this.#comma(CLOSE_BRACKET)) items.push(this.#inline(true, depth + 1));
    return { kind: 'sequence', place: this.#place(start, this.#at), items };
  }

  /** Whether something stands before the closing sign; goes behind it where not. */
  #more(close: number): boolean {
    this.#spaces();
    if (this.#text.charCodeAt(this.#at) !== close) return true;
    this.#at++;
    return false;
  }

  /** Whether a comma and another entry follow; goes behind the closing sign where not. */
  #comma(close: number): boolean {
    if (!this.#more(close)) return false;
    if (this.#text.charCodeAt(this.#at) !== COMMA) throw new NotPlain();
    this.#at++;
    return this.#more(close);
  }

  #spaces(): void {
    while (this.#text.charCodeAt(this.#at) === SPACE) this.#at++;
  }

  #scalar(inFlow: boolean): Scalar {
    const sign = this.#text.charCodeAt(this.#at);
    if (sign === SINGLE || sign === DOUBLE) return this.#quoted(sign === SINGLE ? SINGLE_QUOTED : DOUBLE_QUOTED);
    const pattern = inFlow ? IN_FLOW : IN_BLOCK;
    pattern.lastIndex = this.#at;
    const text = pattern.exec(this.#text)?.[0];
    if (text === undefined) throw new NotPlain();
    const start = this.#at;
    this.#at += text.length;
    return { kind: 'scalar', place: this.#place(start, this.#at), text, value: valueOf(text), plain: true, verbatim: true };
  }

  #quoted(pattern: RegExp): Scalar {
    pattern.lastIndex = this.#at;
    const [whole, inside = ''] = pattern.exec(this.#text) ?? [];
    if (whole === undefined) throw new NotPlain();
    const start = this.#at;
    this.#at += whole.length;
    const text = pattern === SINGLE_QUOTED ? inside.replaceAll("''", "'") : inside;
    const verbatim = text.length === inside.length;
    return { kind: 'scalar', place: this.#place(start, this.#at), text, value: text, plain: false, verbatim };
  }

  /** Each node has a place, and there may be so many of them. */
  #place(start: number, end: number): Place {
    if (++this.#places > LIMITS.nodes) throw new NotPlain();
    return { source: this.#source, span: { start, end } };
  }
}

/** The entries of a mapping, of which none is like another. */
class Entries {
  readonly all = new Map<string, Entry>();
  readonly #alike = new Set<string>();

  add({ text: key, place: keyPlace }: Scalar, value: Node): void {
    const folded = key.toLowerCase();
    // What is not ASCII may look like something else.
    if (this.#alike.has(folded) || unsafe.has(key) || !/^[ -~]+$/.test(key)) throw new NotPlain();
    this.#alike.add(folded);
    this.all.set(key, { key, keyPlace, value });
  }
}

const SPACE = 0x20;
const NEWLINE = 0x0a;
const HASH = 0x23;
const COLON = 0x3a;
const COMMA = 0x2c;
const HYPHEN = 0x2d;
const SINGLE = 0x27;
const DOUBLE = 0x22;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
