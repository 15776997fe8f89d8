/** The files of a project, as the pure part of the compiler may see them: on a disk, or in a browser’s memory. */
export interface Files {
  /** The text of a file, by its path from the project’s folder; or why it cannot be had. */
  read(path: string): FileText;
  /** Whether there is such a file inside the project. */
  exists(path: string): boolean;
  /** The files of a folder, for “did you mean”. */
  list(folder: string): readonly string[];
}

export type FileText = { readonly text: string } | { readonly problem: string };

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
    return this.#files.list(folder);
  }
}
