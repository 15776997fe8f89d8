import type { Edit, Finding } from './diagnostics/problem.ts';
import type { Files } from './text/files.ts';

/** What was corrected, and what was not. */
export interface Mended {
  /** Findings whose fix was made, in the order it was. */
  readonly fixed: readonly Finding[];
  /** The files that are another text now, by their paths. */
  readonly texts: ReadonlyMap<string, string>;
  readonly left: readonly Finding[];
}

type Texts = ReadonlyMap<string, string>;

/** Says what is wrong with a system as its files are. */
export type Judge = (files: Files) => readonly Finding[] | Promise<readonly Finding[]>;

/**
 * Makes the fixes that need no choice, in memory. What would leave anything to be found that was not found before is
 * not made: what is left is always a part of what there was. All fixes are tried at once, and half as many where that
 * does not hold, down to one: most files take two looks, whatever is in them.
 */
export async function mend(files: Files, judge: Judge): Promise<Mended> {
  let state: Mended = { fixed: [], texts: new Map(), left: await judge(files) };
  const refused = new Set<string>();
  let size = Infinity;
  for (;;) {
    const batch = apart(state.left.filter((finding) => isSafe(finding) && !refused.has(keyOf(finding)))).slice(0, size);
    const [first] = batch;
    if (!first) return state;
    const next = await made(batch, state, files, judge);
    if (isPart(next.left, state.left)) {
      state = next;
      size *= 2;
    } else if (batch.length === 1) {
      refused.add(keyOf(first));
      size = Infinity;
    } else size = Math.ceil(batch.length / 2);
  }
}

/** As many fixes in a row as lead on from each other: a renamed thing is renamed where it is named. */
const STEPS = 3;

async function made(batch: readonly Finding[], state: Mended, files: Files, judge: Judge): Promise<Mended> {
  const fixed = [...state.fixed];
  let [texts, left] = [state.texts, state.left];
  let next = batch;
  for (let step = 0; step < STEPS && next.length > 0; step++) {
    const now = over(files, texts);
    const edits = next.flatMap(({ fix }) => fix?.edits ?? []);
    texts = new Map([...texts, ...withEdits(edits, (path) => textIn(now, path))]);
    fixed.push(...next);
    left = await judge(over(files, texts));
    next = apart(added(left, state.left).filter(isSafe));
  }
  return { fixed, texts, left };
}

const isSafe = ({ fix }: Finding): boolean => fix !== undefined && !fix.choice && (fix.edits?.length ?? 0) > 0;

/** Those whose edits do not meet: of two that do, the first. */
function apart(findings: readonly Finding[]): readonly Finding[] {
  const taken: Edit['place'][] = [];
  return findings.filter(({ fix }) => {
    const places = (fix?.edits ?? []).map(({ place }) => place);
    if (places.some((place) => taken.some((other) => meet(place, other)))) return false;
    taken.push(...places);
    return true;
  });
}

function meet({ source, span: one }: Edit['place'], { source: others, span: other }: Edit['place']): boolean {
  return source.path === others.path && (one.start === other.start || (one.start < other.end && other.start < one.end));
}

function textIn(files: Files, path: string): string {
  const read = files.read(path);
  return 'text' in read ? read.text : '';
}

/** Files, some of them with another text than is saved. */
export function over(files: Files, texts: Texts): Files {
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
export function withEdits(edits: readonly Edit[], textOf: (path: string) => string): Texts {
  const changed = new Map<string, string>();
  for (const { place, text } of [...edits].sort((a, b) => b.place.span.start - a.place.span.start)) {
    const { path } = place.source;
    const before = changed.get(path) ?? textOf(path);
    changed.set(path, before.slice(0, place.span.start) + text + before.slice(place.span.end));
  }
  return changed;
}

/** Fewer than before, and none that is new. */
const isPart = (after: readonly Finding[], before: readonly Finding[]): boolean =>
  after.length < before.length && added(after, before).length === 0;

/** What is found now and was not before. Places are no names: an edit moves them. */
function added(after: readonly Finding[], before: readonly Finding[]): readonly Finding[] {
  const counts = new Map<string, number>();
  for (const finding of before) counts.set(nameOf(finding), (counts.get(nameOf(finding)) ?? 0) + 1);
  return after.filter((finding) => {
    const count = counts.get(nameOf(finding)) ?? 0;
    counts.set(nameOf(finding), count - 1);
    return count <= 0;
  });
}

const nameOf = ({ code, message, place }: Finding): string => [code, place.source.path, message].join('\0');

/** The name of a finding, and the line it is in: the same may be said of several. */
function keyOf(finding: Finding): string {
  const { source, span } = finding.place;
  return [nameOf(finding), source.line(source.position(span.start).line)].join('\0');
}
