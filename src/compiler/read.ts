import { check, checkPart, type Config, type PartConfig } from './check/check.ts';
import type { Written } from './check/written.ts';
import type { Report } from './diagnostics/problem.ts';
import { parse } from './parse/parse.ts';
import { resolveProblems } from './resolve/problems.ts';
import { nearestFile, tidy, type Files } from './text/files.ts';
import { SourceText } from './text/source-text.ts';

/** A system as its files say it, with the files it includes. */
export interface Read {
  readonly config: Config;
  readonly parts: readonly PartConfig[];
}

const MOST_BYTES = 1024 * 1024;

/** Reads a system file and the files it includes. Nothing where the file itself cannot be read as a system. */
export function read(files: Files, main: string, report: Report): Read | undefined {
  const source = open(files, main);
  if ('problem' in source) {
    const nowhere = new SourceText(main, '');
    report(resolveProblems['unreadable-file'], { source: nowhere, span: { start: 0, end: 0 } }, { path: main, reason: source.problem });
    return undefined;
  }
  const document = parse(source, report);
  if (!document) return undefined;
  const config = check(document, report);
  const parts: PartConfig[] = [];
  // Each file is read once, however often and from wherever it is named.
  const seen = new Set([tidy(main)]);
  const waiting: Written[] = [...config.at('include').parts.values()];
  let bytes = source.text.length;
  for (const written of waiting) {
    if (typeof written.value !== 'string') continue;
    const path = tidy(written.value);
    if (seen.has(path)) continue;
    seen.add(path);
    const included = open(files, path);
    if ('problem' in included) {
      report(resolveProblems['unreadable-file'], written.place, {
        path,
        reason: included.problem,
        meant: nearestFile(path, files),
      });
      continue;
    }
    bytes += included.text.length;
    if (bytes > MOST_BYTES) {
      report(resolveProblems['files-too-large'], written.place, {});
      break;
    }
    const part = parse(included, report);
    if (!part) continue;
    const checked = checkPart(part, report);
    parts.push(checked);
    waiting.push(...checked.at('include').parts.values());
  }
  return { config, parts };
}

function open(files: Files, path: string): SourceText | { readonly problem: string } {
  const found = files.read(path);
  return 'text' in found ? (found.source ?? new SourceText(path, found.text)) : found;
}
