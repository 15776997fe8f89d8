import { Lexer } from 'yaml';

/** What is being typed at an offset, and where in its line: told from the tokens before it, however broken the text is. */
export interface Spot {
  /** From where to where it stands; what is chosen replaces it. */
  readonly from: number;
  readonly to: number;
  /** What of it stands before the offset, without its quote. */
  readonly typed: string;
  readonly quote: "'" | '"' | undefined;
  /** The first thing on its line, besides dashes: a key of a block, most often. */
  readonly first: boolean;
  readonly inFlow: boolean;
  /** In braces, behind one or a comma: a key. */
  readonly inBraces: boolean;
  /** A colon follows: it is a key already. */
  readonly keyed: boolean;
  /** A space is missing before it: `key:|`. */
  readonly tight: boolean;
  /** Brackets that were opened on this line and that nothing on it closes. */
  readonly unclosed: string;
  readonly lineStart: number;
  readonly lineEnd: number;
}

const SCALAR = '\u001f';
const MARKS = new Set(['\u0002', '\u0018', SCALAR, '\ufeff']);

/** Nothing inside comments and block texts. */
export function spotAt(text: string, offset: number): Spot | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const scan = scanned(text.slice(0, offset), lineStart);
  if (!scan) return undefined;
  const lineEnd = endOfLine(text, offset);
  const { from, quote, brackets } = scan;
  const to = quote === undefined ? plainEnd(text, offset, lineEnd, brackets.length > 0) : quotedEnd(text, offset, lineEnd, quote);
  const lead = text.slice(lineStart, from);
  const rest = text.slice(to, lineEnd);
  return {
    from,
    to,
    typed: text.slice(quote === undefined ? from : from + 1, offset),
    quote,
    first: brackets.length === 0 && /^[ \t]*(?:[-?][ \t]+)*$/.test(lead),
    inFlow: brackets.length > 0,
    inBraces: brackets.at(-1)?.sign === '{' && /[{,]\s*(#[^\n]*\n\s*)*$/.test(text.slice(0, from)),
    keyed: /^[ \t]*:(?:[\s,}\]]|$)/.test(rest),
    tight: scan.tight && quote === undefined && from === offset,
    unclosed: unclosedIn(
      rest,
      brackets.filter(({ at }) => at >= lineStart).map(({ sign }) => sign),
    ),
    lineStart,
    lineEnd,
  };
}

export function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  const at = end === -1 ? text.length : end;
  return text[at - 1] === '\r' && at > offset ? at - 1 : at;
}

interface Bracket {
  readonly sign: string;
  readonly at: number;
}

interface Scan {
  readonly from: number;
  readonly quote: Spot['quote'];
  readonly brackets: readonly Bracket[];
  readonly tight: boolean;
}

function scanned(before: string, lineStart: number): Scan | undefined {
  const brackets: Bracket[] = [];
  let at = 0;
  let last = '';
  let lastAt = 0;
  let scalar = false;
  let block = false;
  let inBlock = false;
  for (const token of new Lexer().lex(before)) {
    if (MARKS.has(token)) {
      if (token === SCALAR) {
        scalar = true;
        inBlock = block;
        block = false;
      }
      continue;
    }
    if (!scalar && /^[|>][-+0-9]*$/.test(token)) block = true;
    else if (!scalar && (token === '{' || token === '[')) brackets.push({ sign: token, at });
    else if (!scalar && (token === '}' || token === ']')) brackets.pop();
    last = scalar ? `${SCALAR}${token}` : token;
    lastAt = at;
    at += token.length;
    if (!scalar && !/^\s*$/.test(token) && !/^[|>]/.test(token)) inBlock = false;
    scalar = false;
  }
  if (block || last.startsWith('#')) return undefined;
  // A block text goes on until a line stands further left.
  if (inBlock && last.startsWith(SCALAR) && !last.endsWith('\n')) return undefined;
  const common = { brackets, tight: false };
  if (last.startsWith(SCALAR) && !inBlock) {
    // A plain text that goes on over several lines: what is typed is the last of them.
    const from = lastAt < lineStart ? lineStart + (/^[ \t]*(?:-[ \t]+)*/.exec(before.slice(lineStart))?.[0].length ?? 0) : lastAt;
    return { ...common, from, quote: undefined };
  }
  const quote = last[0];
  if (quote === '"' || quote === "'") {
    if (last.length > 1 && last.endsWith(quote)) return undefined;
    return lastAt < lineStart ? undefined : { ...common, from: lastAt, quote };
  }
  return { ...common, from: before.length, quote: undefined, tight: /^[:\-,]$/.test(last) && !/[{[]$/.test(last) && last !== ',' };
}

/** To the end of the key, or of the value. */
function plainEnd(text: string, offset: number, lineEnd: number, inFlow: boolean): number {
  const rest = text.slice(offset, lineEnd);
  const end = (inFlow ? /:(?=[\s,}\]]|$)|[,}\]]|\s#/ : /:(?=\s|$)|\s#/).exec(rest)?.index ?? rest.length;
  return offset + rest.slice(0, end).trimEnd().length;
}

function quotedEnd(text: string, offset: number, lineEnd: number, quote: string): number {
  const close = text.indexOf(quote, offset);
  if (close !== -1 && close < lineEnd) return close + 1;
  return offset + (/^[A-Za-z0-9_./$@#()*-]*/.exec(text.slice(offset, lineEnd))?.[0].length ?? 0);
}

/** What closes the brackets that the rest of the line leaves open. */
function unclosedIn(rest: string, open: readonly string[]): string {
  const left = [...open];
  for (const sign of rest.replace(/"[^"]*"|'[^']*'/g, '')) {
    if (sign === '{' || sign === '[') left.push(sign);
    else if (sign === '}' || sign === ']') left.pop();
  }
  return left
    .reverse()
    .map((sign) => (sign === '{' ? ' }' : ']'))
    .join('');
}
