import type { SourceText } from './source-text.ts';
import { nearest } from './suggest.ts';

/** The files of a project, as the pure part of the compiler may see them: on a disk, or in a browser’s memory. */
export interface Files {
  /** The text of a file, by its path from the project’s folder; or why it cannot be had. */
  read(path: string): FileText;
  /** Whether there is such a file inside the project. */
  exists(path: string): boolean;
  /** The files of a folder, for “did you mean”. */
  list(folder: string): readonly string[];
}

/** A text; with its source where one is kept, so that its YAML is read once by whoever asks. */
export type FileText = { readonly text: string; readonly source?: SourceText } | { readonly problem: string };

/** A path as it is said in one way only: `./db/../network.yml` is `network.yml`. What leads out of the project still does. */
export function tidy(path: string): string {
  const steps: string[] = [];
  for (const step of path.split('/')) {
    if (step === '..' && steps.length > 0 && steps.at(-1) !== '..') steps.pop();
    else if (step !== '.' && (step !== '' || steps.length === 0)) steps.push(step);
  }
  return steps.join('/');
}

/** The file of the same folder that is most like one that is not there. */
export function nearestFile(path: string, files: Files): string | undefined {
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.';
  return nearest(
    path,
    files.list(folder).map((name) => (folder === '.' ? name : `${folder}/${name}`)),
  );
}

/** The files of a project, remembering which of them were looked at. */
export class Recording implements Files {
  readonly seen = new Set<string>();
  readonly #files: Files;
  readonly #exists = new Map<string, boolean>();

  constructor(files: Files) {
    this.#files = files;
  }

  read(path: string): FileText {
    this.seen.add(path);
    return this.#files.read(path);
  }

  /** Asked once: every stage asks for the same handlers. */
  exists(path: string): boolean {
    let known = this.#exists.get(path);
    if (known === undefined) {
      known = this.#files.exists(path);
      this.#exists.set(path, known);
      this.seen.add(path);
    }
    return known;
  }

  list(folder: string): readonly string[] {
    // A folder is another when a file comes or goes.
    this.seen.add(folder);
    return this.#files.list(folder);
  }
}
