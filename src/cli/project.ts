import { statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { clean } from '../compiler/diagnostics/print.ts';

/** The system file’s names, in the order they are looked for. */
export const NAMES = ['eventsystem.yml', 'eventsystem.yaml'] as const;

/** A system file and the folder it stands in, which is the project’s. */
export interface Project {
  /** Absolute. */
  readonly root: string;
  /** The system file’s name in it. */
  readonly main: string;
}

/** The project that is meant: by its system file, by its folder, or without a word the one of the current folder. */
export function findProject(written: string | undefined, cwd: string): Project | { readonly problem: string } {
  const path = resolve(cwd, written ?? '.');
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory() === true) {
    const main = NAMES.find((name) => statSync(join(path, name), { throwIfNoEntry: false })?.isFile());
    if (main !== undefined) return { root: path, main };
    return {
      problem: `There is no ${NAMES[0]} in ${shown(path, cwd)}. \`eventsystem init\` writes one; name another file with \`eventsystem compile FILE\`.`,
    };
  }
  if (found?.isFile() === true) return { root: dirname(path), main: basename(path) };
  return { problem: `There is no file ${clean(written ?? '')}.` };
}

/** A path as the one who called would write it: from where they are, with forward slashes. */
export function shown(path: string, cwd: string): string {
  const way = relative(cwd, path).replaceAll('\\', '/');
  return way === '' ? 'the current folder' : way;
}
