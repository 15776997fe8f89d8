import type { Catalogue } from '../compiler/cloud/catalogue.ts';
import type { Files, FileText } from '../compiler/text/files.ts';
import { SourceText } from '../compiler/text/source-text.ts';

/** A project as an editor sees it: on a disk, or in a browser’s memory. */
export interface Workspace {
  readonly files: Files;
  readonly catalogue: Catalogue;
  /** The files a system may name, from the project’s folder: code, schemas, definitions; nothing installed, nothing made. */
  paths(): readonly string[];
}

/** The files of a project, with what stands in an editor in place of what was saved. */
export class OpenFiles implements Files {
  readonly #saved: Files;
  readonly #open = new Map<string, { readonly text: string; readonly source: SourceText }>();

  constructor(saved: Files) {
    this.#saved = saved;
  }

  open(path: string, text: string): void {
    this.#open.set(path, { text, source: new SourceText(path, text) });
  }

  close(path: string): void {
    this.#open.delete(path);
  }

  read(path: string): FileText {
    return this.#open.get(path) ?? this.#saved.read(path);
  }

  exists(path: string): boolean {
    return this.#open.has(path) || this.#saved.exists(path);
  }

  list(folder: string): readonly string[] {
    return this.#saved.list(folder);
  }
}
