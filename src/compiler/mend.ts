import type { Edit, Finding } from './diagnostics/problem.ts';
import type { Files } from './text/files.ts';
import { validate, type ValidateOptions } from './validate.ts';

/** What was corrected, and what was not. */
export interface Mended {
  /** Findings whose fix was made, in the order it was. */
  readonly fixed: readonly Finding[];
  /** The files that are another text now, by their paths. */
  readonly texts: ReadonlyMap<string, string>;
  readonly left: readonly Finding[];
}

/**
 * Makes the fixes that findings bring along as edits, one after another, in memory. One that would leave anything to be
 * found that was not found before is not made: what is left is always a part of what there was.
 */
export function mend(options: ValidateOptions): Mended {
  const texts = new Map<string, string>();
  const fixed: Finding[] = [];
  const tried = new Set<string>();
  let left = found(options, texts);
  for (;;) {
    const next = left.find((finding) => !finding.fix?.choice && (finding.fix?.edits?.length ?? 0) > 0 && !tried.has(nameOf(finding)));
    if (!next) return { fixed, texts, left };
    tried.add(nameOf(next));
    const changed = new Map([...texts, ...withEdits(next.fix?.edits ?? [], (path) => textIn(over(options.files, texts), path))]);
    const after = found(options, changed);
    if (!isPart(after, left)) continue;
    for (const [path, text] of changed) texts.set(path, text);
    fixed.push(next);
    left = after;
  }
}

function found(options: ValidateOptions, texts: ReadonlyMap<string, string>): readonly Finding[] {
  return validate({ ...options, files: over(options.files, texts) }).findings;
}

function textIn(files: Files, path: string): string {
  const read = files.read(path);
  return 'text' in read ? read.text : '';
}

function over(files: Files, texts: ReadonlyMap<string, string>): Files {
  return {
    read(path) {
      const text = texts.get(path);
      return text === undefined ? files.read(path) : { text };
    },
    exists: (path) => files.exists(path),
    list: (folder) => files.list(folder),
  };
}

/** The texts that edits make, by their paths: made from the last to the first, so that none moves another. */
export function withEdits(edits: readonly Edit[], textOf: (path: string) => string): ReadonlyMap<string, string> {
  const changed = new Map<string, string>();
  for (const { place, text } of [...edits].sort((a, b) => b.place.span.start - a.place.span.start)) {
    const { path } = place.source;
    const before = changed.get(path) ?? textOf(path);
    changed.set(path, before.slice(0, place.span.start) + text + before.slice(place.span.end));
  }
  return changed;
}

/** Fewer than before, and none that is new. Places are no names: an edit moves them. */
function isPart(after: readonly Finding[], before: readonly Finding[]): boolean {
  const counts = new Map<string, number>();
  for (const finding of before) counts.set(nameOf(finding), (counts.get(nameOf(finding)) ?? 0) + 1);
  for (const finding of after) {
    const count = (counts.get(nameOf(finding)) ?? 0) - 1;
    if (count < 0) return false;
    counts.set(nameOf(finding), count);
  }
  return after.length < before.length;
}

const nameOf = ({ code, message, place }: Finding): string => [code, place.source.path, message].join('\0');
