import type { Files, FileText } from '../src/compiler/text/files.ts';

/** The files of a project in memory. Handlers `src/NAME.ts` are there without being given: most cases are about something else. */
export class MemoryFiles implements Files {
  readonly #texts: ReadonlyMap<string, string>;

  constructor(texts: Iterable<readonly [string, string]>) {
    this.#texts = new Map(texts);
  }

  read(path: string): FileText {
    const text = this.#texts.get(path);
    return text === undefined ? { problem: 'there is no such file' } : { text };
  }

  exists(path: string): boolean {
    return this.#texts.has(path) || /^src\/[a-z0-9-]+\.ts$/.test(path);
  }

  list(folder: string): readonly string[] {
    const start = folder === '.' ? '' : `${folder}/`;
    return [...this.#texts.keys()]
      .filter((path) => path.startsWith(start))
      .map((path) => path.slice(start.length))
      .filter((name) => !name.includes('/'))
      .sort();
  }
}
