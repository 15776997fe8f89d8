import type { Edit, Fix } from '../diagnostics/problem.ts';
import { quoted } from '../edit/edits.ts';
import { rewritten } from '../edit/fixes.ts';
import type { Place, SourceText } from '../text/source-text.ts';

/** What puts right a line that YAML cannot read, where it can be seen from the line alone. */
export function repaired(code: string, source: SourceText, at: Place): Fix | undefined {
  const { start } = at.span;
  const from = source.text.lastIndexOf('\n', start - 1) + 1;
  const before = source.text.slice(from, start);
  switch (code) {
    case 'TAB_AS_INDENT':
      return untabbed(source, from);
    case 'MULTILINE_IMPLICIT_KEY': {
      const key = source.text.slice(start, at.span.end).split(/\r?\n/)[0] ?? '';
      return /^[\w-]+$/.test(key) ? rewritten(placed(source, start, start + key.length), `${key}:`) : undefined;
    }
    case 'BAD_SCALAR_START':
      return inQuotes(source, start, before);
    case 'BLOCK_AS_IMPLICIT_KEY':
      return /^\s*(- )?[\w-]+: +$/.test(before) ? inQuotes(source, start, before) : undefined;
    case 'UNEXPECTED_TOKEN': {
      // `description: [draft] lists orders` is no list.
      const bracket = /:\s+(\[[^\][]*\]|\{[^{}]*\})\s*$/.exec(before)?.[1];
      const value = bracket === undefined ? -1 : from + before.lastIndexOf(bracket);
      return value === -1 ? undefined : inQuotes(source, value, source.text.slice(from, value));
    }
    default:
      return undefined;
  }
}

/** The rest of a value in quotes: of a line, or up to what ends a value in `{ }` and `[ ]`. */
function inQuotes(source: SourceText, start: number, before: string): Fix | undefined {
  const flow = count(before, /[[{]/g) > count(before, /[\]}]/g);
  const line = /^[^\r\n]*/.exec(source.text.slice(start))?.[0] ?? '';
  const value = (flow ? upToEnd(line) : line.replace(/\s#.*$/, '')).trimEnd();
  return value === '' || /^['"]/.test(value) ? undefined : rewritten(placed(source, start, start + value.length), quoted(value));
}

/** A value in `{ }` or `[ ]` goes to the next comma or closing bracket that is not inside of its own. */
function upToEnd(line: string): string {
  let depth = 0;
  for (const [index, sign] of [...line].entries()) {
    if (depth === 0 && /[,\]}]/.test(sign)) return line.slice(0, index);
    if (/[[{]/.test(sign)) depth++;
    if (/[\]}]/.test(sign)) depth--;
  }
  return line;
}

function untabbed(source: SourceText, from: number): Fix {
  const indentation = /^[ \t]*/.exec(source.text.slice(from))?.[0] ?? '';
  const edit: Edit = { place: placed(source, from, from + indentation.length), text: indentation.replaceAll('\t', '  ') };
  return { title: 'Indent with spaces', edits: [edit] };
}

const placed = (source: SourceText, start: number, end: number): Place => ({ source, span: { start, end } });

const count = (text: string, pattern: RegExp): number => (text.match(pattern) ?? []).length;
