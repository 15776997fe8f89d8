import type { YAMLError } from 'yaml';
import type { Report } from '../diagnostics/problem.ts';
import type { SourceText } from '../text/source-text.ts';
import { parseProblems } from './problems.ts';
import { repaired } from './repair.ts';

/** Says in plain words what the YAML parser stumbled over, and reports the traps of `{ }` as what they are. */
export function reportSyntax(error: YAMLError, source: SourceText, report: Report): void {
  const [from, to] = error.pos;
  const start = Math.min(from, source.text.length);
  const place = { source, span: { start, end: Math.max(start, Math.min(to, source.text.length)) } };
  const at = source.text[start] ?? '';
  switch (error.code) {
    case 'BAD_ALIAS':
      return report(parseProblems.alias, place, { sign: '*', text: at });
    case 'MULTIPLE_DOCS':
      return report(parseProblems['several-documents'], { source, span: { start, end: start + 3 } }, {});
    case 'MISSING_CHAR':
      if (at === '{' && /[^\s,{}:]$/.test(source.text.slice(0, start)))
        return report(parseProblems['braces-in-key'], keyAt(source, start), {});
      break;
    default:
      break;
  }
  report(parseProblems['not-yaml'], place, { reason: reasons[error.code] ?? error.message, repair: repaired(error.code, source, place) });
}

/** From the start of the key the brace is in to the end of its own braces. */
function keyAt(source: SourceText, brace: number) {
  const before = source.text.slice(0, brace);
  const start = Math.max(before.lastIndexOf('{'), before.lastIndexOf(',')) + 1;
  const close = source.text.indexOf('}', brace);
  const leading = before.slice(start).match(/^\s*/)?.[0].length ?? 0;
  return { source, span: { start: start + leading, end: close === -1 ? brace + 1 : close + 1 } };
}

const reasons: { readonly [code: string]: string | undefined } = {
  BAD_INDENT: 'The indentation is wrong: a bracket is not closed, or the line starts at the wrong column.',
  BAD_SCALAR_START: 'An unquoted value cannot start with this character; put it in quotes.',
  BLOCK_AS_IMPLICIT_KEY: 'A line cannot have a second `key:`. Put it on the next line, indented, or put the value in quotes.',
  BLOCK_IN_FLOW: 'Inside { } and [ ], indented blocks are not allowed.',
  BAD_DQ_ESCAPE: 'This is not a valid YAML escape in double quotes. Use single quotes, where a backslash is just a backslash.',
  MISSING_CHAR: 'Something is missing here: a closing quote, a comma, a colon or a bracket.',
  MULTILINE_IMPLICIT_KEY: 'This line needs a colon after its key.',
  TAB_AS_INDENT: 'Tabs cannot be used for indentation; use spaces.',
  KEY_OVER_1024_CHARS: 'A key cannot be longer than 1024 characters.',
  UNEXPECTED_TOKEN: 'This character does not belong here.',
};
