import type {
  CodeAction,
  CodeLens,
  CompletionItem,
  Diagnostic,
  DocumentHighlight,
  DocumentSymbol,
  FoldingRange,
  Hover,
  InlayHint,
  Location,
  Position,
  Range,
  SymbolInformation,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver-types';
import { complete } from './complete.ts';
import { diagnosticOf } from './diagnostics.ts';
import { fixes } from './fixes.ts';
import { format } from './format.ts';
import { hover } from './hover.ts';
import { inlays, lenses } from './lens.ts';
import { definition, highlights, references, rename, renameable } from './navigate.ts';
import { folds, outline, workspaceSymbols } from './outline.ts';
import { offsetOf } from './ranges.ts';
import { System, type Trees } from './system.ts';
import { OpenFiles, type Workspace } from './workspace.ts';

/**
 * What an editor asks about one system, whatever the editor is. Files are named by their paths from the project’s
 * folder; positions and what is handed back are the protocol’s.
 */
export class Service {
  readonly #workspace: Workspace;
  readonly #main: string;
  readonly #files: OpenFiles;
  readonly #uriOf: (path: string) => string;
  readonly #trees: Trees = new Map();
  #system: System | undefined;

  constructor(workspace: Workspace, main: string, uriOf: (path: string) => string) {
    this.#files = new OpenFiles(workspace.files);
    this.#workspace = { ...workspace, files: this.#files, paths: () => workspace.paths() };
    this.#main = main;
    this.#uriOf = uriOf;
  }

  /** What stands in the editor now. */
  open(path: string, text: string): void {
    this.#files.open(path, text);
    this.#system = undefined;
  }

  close(path: string): void {
    this.#files.close(path);
    this.#system = undefined;
  }

  /** Files have changed that no editor has open. */
  refresh(): void {
    this.#system = undefined;
  }

  /** The system as it is now. */
  get system(): System {
    this.#system ??= new System(this.#workspace, this.#files, this.#main, this.#trees);
    return this.#system;
  }

  /** What is wrong, by file: what `eventsystem validate` says, at the same places. A file with nothing wrong has an empty list. */
  diagnostics(): ReadonlyMap<string, readonly Diagnostic[]> {
    const { system } = this;
    const byPath = new Map<string, Diagnostic[]>(system.paths.map((path) => [path, []]));
    for (const finding of system.findings) {
      const { path } = finding.place.source;
      byPath.set(path, [...(byPath.get(path) ?? []), diagnosticOf(finding, this.#uriOf)]);
    }
    return byPath;
  }

  complete(path: string, position: Position): readonly CompletionItem[] {
    return this.#at(path, position, (offset) => complete(this.system, path, offset)) ?? [];
  }

  hover(path: string, position: Position): Hover | undefined {
    return this.#at(path, position, (offset) => hover(this.system, path, offset));
  }

  definition(path: string, position: Position): Location | undefined {
    return this.#at(path, position, (offset) => definition(this.system, path, offset, this.#uriOf));
  }

  references(path: string, position: Position, declarationToo: boolean): readonly Location[] {
    return this.#at(path, position, (offset) => references(this.system, path, offset, declarationToo, this.#uriOf)) ?? [];
  }

  highlights(path: string, position: Position): readonly DocumentHighlight[] {
    return this.#at(path, position, (offset) => highlights(this.system, path, offset)) ?? [];
  }

  /** The name that can be changed here. */
  renameable(path: string, position: Position): { readonly range: Range; readonly placeholder: string } | undefined {
    return this.#at(path, position, (offset) => renameable(this.system, path, offset));
  }

  rename(path: string, position: Position, name: string): WorkspaceEdit | { readonly problem: string } {
    const nothing = { problem: 'There is no such file.' };
    return this.#at(path, position, (offset) => rename(this.system, path, offset, name, this.#uriOf)) ?? nothing;
  }

  fixes(path: string, range: Range): readonly CodeAction[] {
    return fixes(this.system, path, range, this.#uriOf);
  }

  outline(path: string): readonly DocumentSymbol[] {
    return outline(this.system, path);
  }

  symbols(query: string): readonly SymbolInformation[] {
    return workspaceSymbols(this.system, query, this.#uriOf);
  }

  folds(path: string): readonly FoldingRange[] {
    return folds(this.system, path);
  }

  lenses(path: string): readonly CodeLens[] {
    return lenses(this.system, path);
  }

  inlays(path: string, range: Range): readonly InlayHint[] {
    return inlays(this.system, path, range);
  }

  format(path: string): readonly TextEdit[] {
    return format(this.system, path);
  }

  #at<T>(path: string, position: Position, ask: (offset: number) => T): T | undefined {
    const source = this.system.source(path);
    return source && ask(offsetOf(source, position));
  }
}
