import { join, relative, sep } from 'node:path';
import type { Finding, Fix } from '../compiler/diagnostics/problem.ts';
import { SourceText, type Place } from '../compiler/text/source-text.ts';
import type { Format } from './formats.ts';
import type { Terminal } from './terminal.ts';

/**
 * The folder that paths are told from: where the caller is. GitHub matches annotations and SARIF with paths from the
 * top of the repository, wherever in it the command runs.
 */
export function placesFrom({ cwd, environment }: Terminal, format: Format): string {
  const workspace = environment['GITHUB_WORKSPACE'];
  const forGitHub = format === 'github' || format === 'sarif';
  return forGitHub && workspace !== undefined && (cwd === workspace || cwd.startsWith(workspace + sep)) ? workspace : cwd;
}

/** Findings whose paths, which are from the project’s folder, are told from another one. */
export function relocated(findings: readonly Finding[], root: string, from: string): readonly Finding[] {
  if (root === from) return findings;
  const sources = new Map<SourceText, SourceText>();
  const place = ({ source, span }: Place): Place => {
    const known = sources.get(source) ?? new SourceText(relative(from, join(root, source.path)).replaceAll('\\', '/'), source.text);
    sources.set(source, known);
    return { source: known, span };
  };
  return findings.map((finding) => ({
    ...finding,
    place: place(finding.place),
    ...(finding.related && { related: finding.related.map((other) => ({ ...other, place: place(other.place) })) }),
    ...(finding.fix && { fix: relocatedFix(finding.fix, place) }),
  }));
}

function relocatedFix(fix: Fix, place: (place: Place) => Place): Fix {
  return {
    ...fix,
    ...(fix.edits && { edits: fix.edits.map((edit) => ({ ...edit, place: place(edit.place) })) }),
    ...(fix.or && { or: fix.or.map((other) => relocatedFix(other, place)) }),
  };
}
