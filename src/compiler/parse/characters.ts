import type { Report } from '../diagnostics/problem.ts';
import type { SourceText } from '../text/source-text.ts';
import { parseProblems } from './problems.ts';

/**
 * Characters nobody sees: controls, zero-width and direction-changing ones (Trojan Source, CVE-2021-42574), lone surrogates.
 * Built from code points, so that none of them stands in this file.
 */
const hidden = (() => {
  const range = (from: number, to: number) => `\\u{${from.toString(16)}}-\\u{${to.toString(16)}}`;
  const ranges = [
    range(0x00, 0x08),
    range(0x0b, 0x0c),
    range(0x0e, 0x1f),
    range(0x7f, 0x9f),
    range(0xad, 0xad),
    range(0x200b, 0x200f),
    range(0x2028, 0x202e),
    range(0x2060, 0x2064),
    range(0x2066, 0x2069),
    range(0xfeff, 0xfeff),
    range(0xfff9, 0xfffb),
    range(0xd800, 0xdfff),
  ];
  return new RegExp(`[${ranges.join('')}]`, 'gu');
})();

/** Reports every character that cannot be seen; escapes in double quotes are looked at where they are read. */
export function reportHidden(source: SourceText, report: Report): void {
  if (!hidden.test(source.text)) return;
  hidden.lastIndex = 0;
  let count = 0;
  for (const match of source.text.matchAll(hidden)) {
    if (++count > 20) return;
    const span = { start: match.index, end: match.index + match[0].length };
    report(parseProblems['odd-character'], { source, span }, { ...described(match[0]), isHidden });
  }
}

export const isHidden = (character: string): boolean => firstHidden(character) !== undefined;

export function firstHidden(text: string): { codepoint: string; name: string } | undefined {
  hidden.lastIndex = 0;
  const match = hidden.exec(text);
  hidden.lastIndex = 0;
  return match ? described(match[0]) : undefined;
}

function described(character: string): { codepoint: string; name: string } {
  const code = character.codePointAt(0) ?? 0;
  const name =
    code < 0x20 || (code >= 0x7f && code <= 0x9f)
      ? 'a control character'
      : (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069) || code === 0x200e || code === 0x200f
        ? 'a character that changes the text direction'
        : code >= 0xd800 && code <= 0xdfff
          ? 'half a character'
          : 'an invisible character';
  return { codepoint: `U+${code.toString(16).toUpperCase().padStart(4, '0')}`, name };
}
