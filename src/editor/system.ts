import { draft, type Draft } from '../compiler/draft.ts';
import type { Finding } from '../compiler/diagnostics/problem.ts';
import type { Document } from '../compiler/parse/document.ts';
import { tidy } from '../compiler/text/files.ts';
import { SourceText } from '../compiler/text/source-text.ts';
import { validate, type Validated } from '../compiler/validate.ts';
import { part, system } from '../schema/system.ts';
import type { Shape } from '../schema/kit.ts';
import { Declarations } from './names.ts';
import { treeOf } from './tree.ts';
import type { OpenFiles, Workspace } from './workspace.ts';

/** Trees by the file and the text they were made of: a file that did not change is not read again. */
export type Trees = Map<string, { readonly text: string; readonly source: SourceText; readonly document: Document | undefined }>;

/** A system at one moment: what is asked of it is worked out once, when it is asked. */
export class System {
  readonly workspace: Workspace;
  /** The system file, from the project’s folder. */
  readonly main: string;
  readonly #files: OpenFiles;
  readonly #trees: Trees;
  #documents: readonly Document[] | undefined;
  #declarations: Declarations | undefined;
  #validated: Validated | undefined;
  #draft: Draft | undefined;

  constructor(workspace: Workspace, files: OpenFiles, main: string, trees: Trees) {
    this.workspace = workspace;
    this.main = main;
    this.#files = files;
    this.#trees = trees;
  }

  /** What `eventsystem validate` says. */
  get findings(): readonly Finding[] {
    return this.#judged.findings;
  }

  /** What the system becomes, with its handlers taken as given. */
  get draft(): Draft {
    this.#draft ??= draft(this.#options, this.#judged);
    return this.#draft;
  }

  get #judged(): Validated {
    this.#validated ??= validate(this.#options);
    return this.#validated;
  }

  source(path: string): SourceText | undefined {
    return this.#tree(path)?.source;
  }

  /** The tree of a file, as far as it can be read. */
  document(path: string): Document | undefined {
    return this.#tree(path)?.document;
  }

  /** The system file and the files it includes. */
  get paths(): readonly string[] {
    // Most systems are one file: to know that, nobody need read it as YAML.
    const written = this.#files.read(this.main);
    if ('text' in written && !written.text.includes('include')) return [this.main];
    const found = new Set([this.main]);
    for (const path of found) {
      const include = this.document(path)?.root.entries.get('include')?.value;
      const items = include?.kind === 'sequence' ? include.items : include?.kind === 'scalar' ? [include] : [];
      for (const item of items) if (item.kind === 'scalar' && item.text !== '') found.add(tidy(item.text));
    }
    return [...found];
  }

  get documents(): readonly Document[] {
    this.#documents ??= [...new Set(this.paths)].flatMap((path) => this.document(path) ?? []);
    return this.#documents;
  }

  get declarations(): Declarations {
    this.#declarations ??= new Declarations(
      this.documents,
      this.paths.flatMap((path) => this.source(path) ?? []),
    );
    return this.#declarations;
  }

  shapeOf(path: string): Shape {
    return path === this.main ? system : part;
  }

  get #options() {
    return { files: this.#files, main: this.main, stage: undefined, catalogue: this.workspace.catalogue };
  }

  #tree(path: string) {
    const found = this.#files.read(path);
    if (!('text' in found)) return undefined;
    const { text, source = new SourceText(path, text) } = found;
    const known = this.#trees.get(path);
    if (known?.text === text) return known;
    const made = { text, source, document: treeOf(source) };
    this.#trees.set(path, made);
    return made;
  }
}
