import * as monaco from 'monaco-editor/esm/vs/editor/editor.api.js';
import type * as lsp from 'vscode-languageserver-types';
import { TRIGGERS } from '../../src/editor/complete.ts';
import type { Service } from '../../src/editor/service.ts';
import { MAIN } from './workspace.ts';

export const LANGUAGE = 'eventsystem';

/** Hands the service’s answers to Monaco, which counts lines and columns from 1. */
export function register(service: Service): void {
  const { languages } = monaco;
  languages.registerCompletionItemProvider(LANGUAGE, {
    triggerCharacters: [...TRIGGERS],
    provideCompletionItems: (_, position) => ({ suggestions: service.complete(MAIN, toLsp(position)).map(suggestion) }),
  });
  languages.registerHoverProvider(LANGUAGE, {
    provideHover: (_, position) => {
      const found = service.hover(MAIN, toLsp(position));
      return found?.range ? { contents: [{ value: (found.contents as lsp.MarkupContent).value }], range: toMonaco(found.range) } : null;
    },
  });
  languages.registerDefinitionProvider(LANGUAGE, {
    provideDefinition: ({ uri }, position) => {
      const found = service.definition(MAIN, toLsp(position));
      return found?.uri === MAIN ? { uri, range: toMonaco(found.range) } : null;
    },
  });
  languages.registerReferenceProvider(LANGUAGE, {
    provideReferences: ({ uri }, position) =>
      service.references(MAIN, toLsp(position), true).map(({ range }) => ({ uri, range: toMonaco(range) })),
  });
  languages.registerDocumentHighlightProvider(LANGUAGE, {
    provideDocumentHighlights: (_, position) => service.highlights(MAIN, toLsp(position)).map(({ range }) => ({ range: toMonaco(range) })),
  });
  languages.registerRenameProvider(LANGUAGE, {
    provideRenameEdits: ({ uri }, position, name) => {
      const made = service.rename(MAIN, toLsp(position), name);
      return 'problem' in made ? { edits: [], rejectReason: made.problem } : edits(uri, made);
    },
  });
  languages.registerCodeActionProvider(LANGUAGE, {
    provideCodeActions: ({ uri }, range) => ({
      actions: service.fixes(MAIN, { start: toLsp(startOf(range)), end: toLsp(endOf(range)) }).map(({ title, edit = {} }) => ({
        title,
        kind: 'quickfix',
        isPreferred: true,
        edit: edits(uri, edit),
      })),
      dispose: () => undefined,
    }),
  });
  languages.registerCodeLensProvider(LANGUAGE, {
    provideCodeLenses: () => ({
      lenses: service
        .lenses(MAIN)
        .map(({ range, command }) => ({ range: toMonaco(range), command: { id: '', title: command?.title ?? '' } })),
      dispose: () => undefined,
    }),
  });
  languages.registerInlayHintsProvider(LANGUAGE, {
    provideInlayHints: (_, range) => ({
      hints: service.inlays(MAIN, { start: toLsp(startOf(range)), end: toLsp(endOf(range)) }).map(({ position, label, tooltip }) => ({
        position: { lineNumber: position.line + 1, column: position.character + 1 },
        label: String(label),
        tooltip: typeof tooltip === 'string' ? tooltip : '',
        paddingLeft: true,
      })),
      dispose: () => undefined,
    }),
  });
  languages.registerFoldingRangeProvider(LANGUAGE, {
    provideFoldingRanges: () => service.folds(MAIN).map(({ startLine, endLine }) => ({ start: startLine + 1, end: endLine + 1 })),
  });
  languages.registerDocumentFormattingEditProvider(LANGUAGE, {
    provideDocumentFormattingEdits: () => service.format(MAIN).map(({ range, newText }) => ({ range: toMonaco(range), text: newText })),
  });
}

/** What is wrong, as Monaco underlines it. */
export function markers(service: Service): monaco.editor.IMarkerData[] {
  const severities = [monaco.MarkerSeverity.Error, monaco.MarkerSeverity.Error, monaco.MarkerSeverity.Warning, monaco.MarkerSeverity.Info];
  return (service.diagnostics().get(MAIN) ?? []).map(({ range, message, severity = 1, code }) => ({
    ...toMonaco(range),
    message,
    severity: severities[severity] ?? monaco.MarkerSeverity.Hint,
    source: 'eventsystem',
    code: String(code),
  }));
}

function suggestion(item: lsp.CompletionItem): monaco.languages.CompletionItem {
  const { range, newText } = item.textEdit as lsp.TextEdit;
  return {
    label: item.label,
    kind: kinds[item.kind ?? 1] ?? monaco.languages.CompletionItemKind.Text,
    insertText: newText,
    insertTextRules:
      (item.insertTextFormat === 2 ? monaco.languages.CompletionItemInsertTextRule.InsertAsSnippet : 0) |
      monaco.languages.CompletionItemInsertTextRule.KeepWhitespace,
    range: toMonaco(range),
    ...(item.sortText !== undefined && { sortText: item.sortText }),
    ...(item.filterText !== undefined && { filterText: item.filterText }),
    ...(item.detail !== undefined && { detail: item.detail }),
    documentation: { value: (item.documentation as lsp.MarkupContent | undefined)?.value ?? '' },
    ...(item.command && { command: { id: item.command.command, title: item.command.title } }),
  };
}

const { CompletionItemKind: Kind } = monaco.languages;

/** The protocol’s numbers of kinds, of those that are used. */
const kinds: { readonly [kind: number]: monaco.languages.CompletionItemKind } = {
  3: Kind.Function,
  6: Kind.Variable,
  7: Kind.Class,
  10: Kind.Property,
  12: Kind.Value,
  14: Kind.Keyword,
  15: Kind.Snippet,
  17: Kind.File,
  18: Kind.Reference,
  20: Kind.EnumMember,
  22: Kind.Struct,
};

function edits(resource: monaco.Uri, { changes = {} }: lsp.WorkspaceEdit): monaco.languages.WorkspaceEdit {
  const own = changes[MAIN] ?? [];
  return {
    edits: own.map(({ range, newText }) => ({ resource, versionId: undefined, textEdit: { range: toMonaco(range), text: newText } })),
  };
}

function toLsp({ lineNumber, column }: monaco.IPosition): lsp.Position {
  return { line: lineNumber - 1, character: column - 1 };
}

function toMonaco({ start, end }: lsp.Range): monaco.IRange {
  return {
    startLineNumber: start.line + 1,
    startColumn: start.character + 1,
    endLineNumber: end.line + 1,
    endColumn: end.character + 1,
  };
}

function startOf({ startLineNumber, startColumn }: monaco.IRange): monaco.IPosition {
  return { lineNumber: startLineNumber, column: startColumn };
}

function endOf({ endLineNumber, endColumn }: monaco.IRange): monaco.IPosition {
  return { lineNumber: endLineNumber, column: endColumn };
}
