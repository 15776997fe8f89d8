import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The files of a project that fit a pattern, from its folder: `*` is part of a name, `**` any folders. Links are not followed. */
export function fitting(root: string, pattern: string): readonly string[] {
  const clean = pattern.replace(/^\.\//, '');
  const segments = clean.split('/');
  if (segments.includes('..') || clean.startsWith('/')) return [];
  const literal = segments.slice(0, -1);
  const start = literal.slice(
    0,
    literal.findIndex((one) => one.includes('*')) === -1 ? literal.length : literal.findIndex((one) => one.includes('*')),
  );
  const found: string[] = [];
  const visit = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) visit(path);
      if (entry.isFile() && fits(segments, path.split('/'))) found.push(path);
    }
  };
  try {
    visit(start.join('/'));
  } catch {
    return [];
  }
  return found.sort();
}

const SKIPPED: ReadonlySet<string> = new Set(['node_modules', '.git', '.eventsystem']);

/**
 * Whether a path fits a pattern. Each step of one is compared with each of the other once at most: an expression of many stars would
 * take longer with every star.
 */
function fits(pattern: readonly string[], path: readonly string[]): boolean {
  // Which beginnings of the path the pattern’s steps so far can stand for.
  let reached = new Set([0]);
  for (const [index, step] of pattern.entries()) {
    const next = new Set<number>();
    const last = index === pattern.length - 1;
    for (const at of reached) {
      if (step === '**') for (let to = last ? at + 1 : at; to <= path.length; to++) next.add(to);
      else if (at < path.length && fitsName(step, path[at] ?? '')) next.add(at + 1);
    }
    reached = next;
  }
  return reached.has(path.length);
}

/** The same for one name: where a star took too little, the last one takes more. */
function fitsName(pattern: string, name: string): boolean {
  let [at, to, star, taken] = [0, 0, -1, 0];
  while (to < name.length) {
    if (pattern[at] === '*') [star, taken, at] = [at, to, at + 1];
    else if (pattern[at] === name[to]) [at, to] = [at + 1, to + 1];
    else if (star >= 0) [at, to, taken] = [star + 1, taken + 1, taken + 1];
    else return false;
  }
  return /^\**$/.test(pattern.slice(at));
}

/** The bytes of a file of the project. */
export function bytesOf(root: string, path: string): Uint8Array {
  return readFileSync(join(root, path));
}
