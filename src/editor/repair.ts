import { parseDocument } from 'yaml';
import { YAML } from '../compiler/edit/yaml.ts';
import { endOfLine } from './spot.ts';

const ROUNDS = 4;

/**
 * The text with what cannot be read made harmless, at the same length, so that every place stays where it is: tabs that
 * indent become spaces, a quote that nothing closes loses its line, and so does a line the parser stumbles over.
 * The line of `kept` is left as it is.
 */
export function repaired(text: string, kept?: { readonly lineStart: number }): string {
  let now = text.replace(/^[ ]*\t[ \t]*/gm, (indent) => ' '.repeat(indent.length));
  now = withoutOpenQuotes(withoutOddStart(now, kept?.lineStart));
  for (let round = 0; round < ROUNDS; round++) {
    const errors = errorsIn(now);
    if (errors.length === 0) break;
    let changed = false;
    for (const at of errors) {
      const line = lineAround(now, at);
      if (line.start === kept?.lineStart) continue;
      const healed = healedLine(now.slice(line.start, line.end));
      const after = now.slice(0, line.start) + healed + now.slice(line.end);
      changed ||= after !== now;
      now = after;
    }
    if (!changed) break;
  }
  return now;
}

/** A first line that is no key at the margin would make all others wrong: indented, an item, a directive. */
function withoutOddStart(text: string, kept: number | undefined): string {
  const { 1: before = '', 2: line = '' } = /^((?:[ \t]*(?:#[^\n]*)?\r?\n)*)([ \t]+\S[^\r\n]*|- [^\r\n]*|%[^\r\n]*)/.exec(text) ?? [];
  const start = before.length;
  const rest = text.slice(start + line.length);
  if (line === '' || start === kept || !/^[A-Za-z$][\w-]*:/m.test(rest)) return text;
  return before + ' '.repeat(line.length) + rest;
}

function errorsIn(text: string): readonly number[] {
  const { errors } = parseDocument(text, YAML);
  const lines = new Map<number, number>();
  for (const { pos } of errors) {
    const at = Math.min(pos[0], Math.max(0, text.length - 1));
    lines.set(text.lastIndexOf('\n', at - 1), at);
  }
  return [...lines.values()];
}

function lineAround(text: string, at: number): { start: number; end: number } {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  return { start, end: endOfLine(text, start) };
}

/** A word alone becomes a key in its own length; anything else goes. */
function healedLine(line: string): string {
  const word = /^(\s*(?:- )?[A-Za-z][A-Za-z0-9-]*)([A-Za-z0-9-])(\s*)$/.exec(line);
  if (word) return `${word[1]}:${word[3]}`;
  return ' '.repeat(line.length);
}

/** A quote that opens a value and is not closed on its line would take the rest of the file with it. */
function withoutOpenQuotes(text: string): string {
  return text.replace(
    /^([^#\r\n]*?(?:[:,[{-][ \t]+|[[{]|^[ \t]*))(["'])([^\r\n]*)$/gm,
    (line, before: string, quote: string, rest: string) => {
      const closes = rest.replaceAll(quote === '"' ? '\\"' : "''", '').includes(quote);
      return closes ? line : before + ' '.repeat(line.length - before.length);
    },
  );
}
