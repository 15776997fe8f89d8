import { CodeActionKind, type CodeAction, type Range, type TextEdit } from 'vscode-languageserver-types';
import { waysOf, type Finding } from '../compiler/diagnostics/problem.ts';
import { diagnosticOf } from './diagnostics.ts';
import { rangeOf } from './ranges.ts';
import type { System } from './system.ts';

/** What the findings of some lines say is to be done, where they say it as edits. */
export function fixes(system: System, path: string, range: Range, uriOf: (path: string) => string): readonly CodeAction[] {
  return system.findings
    .filter((finding) => finding.place.source.path === path && touches(diagnosticOf(finding, uriOf).range, range))
    .flatMap((finding) => action(finding, uriOf));
}

/** One for each way there is. What nothing would do unasked is not preferred, so that no editor does it unasked either. */
function action(finding: Finding, uriOf: (path: string) => string): readonly CodeAction[] {
  if (!finding.fix) return [];
  return waysOf(finding.fix).flatMap(({ title, edits, choice }) => {
    if (!edits?.length) return [];
    const changes: Record<string, TextEdit[]> = {};
    for (const { place, text } of edits)
      (changes[uriOf(place.source.path)] ??= []).push({ range: rangeOf(place.source, place.span), newText: text });
    return [
      {
        title,
        kind: CodeActionKind.QuickFix,
        diagnostics: [diagnosticOf(finding, uriOf)],
        ...(!choice && { isPreferred: true }),
        edit: { changes },
      },
    ];
  });
}

function touches(a: Range, b: Range): boolean {
  return a.start.line <= b.end.line && b.start.line <= a.end.line;
}
