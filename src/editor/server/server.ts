import {
  createConnection,
  DidChangeWatchedFilesNotification,
  LSPErrorCodes,
  ResponseError,
  TextDocumentSyncKind,
  type Connection,
  type InitializeResult,
} from 'vscode-languageserver/node';
import { CodeActionKind, type Position, type Range } from 'vscode-languageserver-types';
import { TRIGGERS } from '../complete.ts';
import { applied } from './changes.ts';
import { Projects, type Belonging, type Host } from './projects.ts';
import { Publishing } from './publishing.ts';

export type { Host } from './projects.ts';

/** Speaks the language server protocol over two streams until the client leaves. Resolves when it has. */
export function serve(host: Host, input: NodeJS.ReadableStream, output: NodeJS.WritableStream, version: string): Promise<void> {
  const connection = createConnection(input, output);
  const projects = new Projects(host);
  const texts = new Map<string, string>();
  const publishing = new Publishing((uri, diagnostics) => void connection.sendDiagnostics({ uri, diagnostics: [...diagnostics] }));
  const done = new Promise<void>((resolve) => connection.onExit(() => resolve()));

  let watches = false;
  connection.onInitialize(({ capabilities: client }): InitializeResult => {
    watches = client.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
    return { serverInfo: { name: 'eventsystem', version }, capabilities };
  });
  connection.onDidOpenTextDocument(({ textDocument: { uri, text } }) => {
    texts.set(uri, text);
    const found = projects.of(uri);
    if (!found) return;
    found.project.service.open(found.path, text);
    publishing.settle(found.project);
  });
  connection.onDidChangeTextDocument(({ textDocument: { uri }, contentChanges }) => {
    const before = texts.get(uri) ?? '';
    const after = applied(before, contentChanges);
    texts.set(uri, after);
    const found = projects.of(uri);
    if (!found) return;
    found.project.service.open(found.path, after);
    publishing.changed(found, before, after);
  });
  connection.onDidSaveTextDocument(({ textDocument: { uri } }) => {
    const found = projects.of(uri);
    if (found) publishing.settle(found.project);
  });
  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    const found = projects.of(uri);
    texts.delete(uri);
    found?.project.service.close(found.path);
    publishing.closed(uri);
  });
  connection.onDidChangeWatchedFiles(() => {
    for (const project of projects.all) {
      project.service.refresh();
      publishing.settle(project);
    }
  });
  const at = <T, R>(ask: (found: Belonging, params: T) => R) => {
    return (params: T & { readonly textDocument: { readonly uri: string } }): R | null => {
      const found = projects.of(params.textDocument.uri);
      return found ? ask(found, params) : null;
    };
  };
  answer(connection, at);
  connection.onWorkspaceSymbol(({ query }) => projects.all.flatMap(({ service }) => [...service.symbols(query)]));
  connection.onInitialized(() => void watch(connection, watches));
  connection.onShutdown(() => publishing.stop());
  connection.listen();
  return done;
}

type At = <T, R>(ask: (found: Belonging, params: T) => R) => (params: T & { readonly textDocument: { readonly uri: string } }) => R | null;

type Ranged = { readonly range: Range };

type Positioned = { readonly position: Position };

/** Every question that is about one file. */
function answer(connection: Connection, at: At): void {
  connection.onCompletion(at(({ project, path }, { position }: Positioned) => [...project.service.complete(path, position)]));
  connection.onHover(at(({ project, path }, { position }: Positioned) => project.service.hover(path, position) ?? null));
  connection.onDefinition(at(({ project, path }, { position }: Positioned) => project.service.definition(path, position) ?? null));
  connection.onReferences(
    at(({ project, path }, { position, context }: Positioned & { readonly context: { readonly includeDeclaration: boolean } }) => [
      ...project.service.references(path, position, context.includeDeclaration),
    ]),
  );
  connection.onDocumentHighlight(at(({ project, path }, { position }: Positioned) => [...project.service.highlights(path, position)]));
  connection.onPrepareRename(at(({ project, path }, { position }: Positioned) => project.service.renameable(path, position) ?? null));
  connection.onRenameRequest(
    at(({ project, path }, { position, newName }: Positioned & { readonly newName: string }) => {
      const made = project.service.rename(path, position, newName);
      return 'problem' in made ? new ResponseError<void>(LSPErrorCodes.RequestFailed, made.problem) : made;
    }),
  );
  connection.onCodeAction(at(({ project, path }, { range }: Ranged) => [...project.service.fixes(path, range)]));
  connection.onDocumentSymbol(at(({ project, path }) => [...project.service.outline(path)]));
  connection.onFoldingRanges(at(({ project, path }) => [...project.service.folds(path)]));
  connection.onCodeLens(at(({ project, path }) => [...project.service.lenses(path)]));
  connection.languages.inlayHint.on(at(({ project, path }, { range }: Ranged) => [...project.service.inlays(path, range)]));
  connection.onDocumentFormatting(at(({ project, path }) => [...project.service.format(path)]));
}

/** Handlers, schemas and definitions are changed by others too. */
async function watch(connection: Connection, possible: boolean): Promise<void> {
  if (!possible) return;
  await connection.client.register(DidChangeWatchedFilesNotification.type, {
    watchers: [{ globPattern: '**/*.{ts,mts,cts,tsx,js,mjs,cjs,jsx,json,yml,yaml,sql}' }],
  });
}

const capabilities: InitializeResult['capabilities'] = {
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
  completionProvider: { triggerCharacters: [...TRIGGERS] },
  hoverProvider: true,
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  renameProvider: { prepareProvider: true },
  codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
  documentSymbolProvider: true,
  workspaceSymbolProvider: true,
  foldingRangeProvider: true,
  codeLensProvider: {},
  inlayHintProvider: true,
  documentFormattingProvider: true,
};
