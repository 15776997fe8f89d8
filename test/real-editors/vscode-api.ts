import { EventEmitter } from 'node:events';
import Module, { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** What an extension has shown or done. */
export interface Shown {
  readonly messages: string[];
  readonly terminals: { readonly cwd: string; readonly text: string; readonly run: boolean }[];
  readonly commands: string[];
}

export interface Told {
  readonly code: unknown;
  readonly message: string;
}

/** As much of VS Code as our extension and its client of the protocol call: a file that is open, settings, trust. */
export class FakeCode {
  readonly shown: Shown = { messages: [], terminals: [], commands: [] };
  /** What a click on the button of a message would be. */
  clicks = false;
  trusted = true;
  path = '';
  readonly #folder: string;
  readonly #events = new EventEmitter();
  readonly #documents: object[] = [];
  #findings: readonly Told[] | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The extension in a folder, loaded with this as its `vscode`. */
  load(main: string): { activate(context: object): Promise<void>; deactivate(): Promise<void> } {
    const internals = Module as unknown as { _load(name: string, ...rest: unknown[]): unknown };
    const original = internals._load.bind(Module);
    const api = this.#api();
    internals._load = (name, ...rest) => (name === 'vscode' ? api : original(name, ...rest));
    try {
      const require = createRequire(main);
      delete require.cache[main];
      return require(main) as ReturnType<FakeCode['load']>;
    } finally {
      internals._load = original;
    }
  }

  open(file: string, text: string): void {
    const document = {
      uri: uriOf(file),
      fileName: file,
      languageId: 'eventsystem',
      version: 1,
      getText: () => text,
    };
    this.#documents.push(document);
    this.#events.emit('onDidOpenTextDocument', document);
  }

  /** A setting has changed. */
  configured(): void {
    this.#events.emit('onDidChangeConfiguration', { affectsConfiguration: () => true });
  }

  trust(): void {
    this.trusted = true;
    this.#events.emit('onDidGrantWorkspaceTrust');
  }

  /** Waits until enough has been shown or done. */
  async happened(enough: (shown: Shown) => boolean): Promise<void> {
    while (!enough(this.shown)) await new Promise((wake) => setTimeout(wake, 20));
  }

  /** The findings of the open file, once there are any. */
  async findings(): Promise<readonly Told[]> {
    while (!this.#findings) await new Promise((wake) => this.#events.once('findings', wake));
    return this.#findings;
  }

  /** Whether findings have come. */
  get answered(): boolean {
    return this.#findings !== undefined;
  }

  #api(): object {
    const { shown } = this;
    const on = (name: string) => (listener: (value: unknown) => void) => {
      this.#events.on(name, listener);
      return { dispose: () => this.#events.off(name, listener) };
    };
    const show = (message: string, ...buttons: string[]) => {
      shown.messages.push(message);
      return Promise.resolve(this.clicks ? buttons[0] : undefined);
    };
    const documents = this.#documents;
    const folder = { uri: uriOf(this.#folder), name: 'project', index: 0 };
    const trusted = (): boolean => this.trusted;
    return anything({
      workspace: anything({
        textDocuments: documents,
        workspaceFolders: [folder],
        get isTrusted() {
          return trusted();
        },
        getConfiguration: (section: string) => ({
          get: (name: string, fallback: unknown) => (`${section}.${name}` === 'eventsystem.server.path' ? this.path : fallback),
        }),
        getWorkspaceFolder: () => folder,
        findFiles: () => Promise.resolve([]),
        onDidOpenTextDocument: on('onDidOpenTextDocument'),
        onDidGrantWorkspaceTrust: on('onDidGrantWorkspaceTrust'),
        onDidChangeConfiguration: on('onDidChangeConfiguration'),
      }),
      languages: anything({
        match: (selector: readonly { language?: string }[], { languageId }: { languageId: string }) =>
          selector.some(({ language }) => language === languageId) ? 10 : 0,
        createDiagnosticCollection: () =>
          anything({
            set: (_uri: unknown, findings: readonly Told[]) => {
              this.#findings = findings;
              this.#events.emit('findings');
            },
          }),
      }),
      window: anything({
        visibleTextEditors: [],
        tabGroups: anything({ all: [] }),
        showInformationMessage: show,
        showWarningMessage: show,
        showErrorMessage: show,
        createTerminal: ({ cwd }: { cwd: string }) => ({
          show: () => undefined,
          sendText: (text: string, run: boolean) => shown.terminals.push({ cwd, text, run }),
        }),
      }),
      commands: anything({ executeCommand: (name: string) => Promise.resolve(shown.commands.push(name)) }),
      env: anything({ language: 'en', appName: 'test' }),
      version: '1.90.0',
      CancellationTokenSource,
      Diagnostic,
      Uri: anything({ parse: (text: string) => ({ toString: () => text }) }),
    });
  }
}

class CancellationTokenSource {
  readonly token = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose: () => undefined }) };
  cancel(): void {
    this.token.isCancellationRequested = true;
  }
  dispose(): void {}
}

class Diagnostic {
  readonly message: string;
  constructor(_range: object, message: string) {
    this.message = message;
  }
}

function uriOf(file: string) {
  return { scheme: 'file', fsPath: file, path: file, toString: () => pathToFileURL(file).href };
}

/** Whatever is not in it can be called, made and disposed of, and does nothing. */
function anything(known: object): object {
  return new Proxy(known, {
    get: (target, name) => (name in target || typeof name === 'symbol' || name === 'then' ? Reflect.get(target, name) : nothing(name)),
  });
}

const made = new Map<string, object>();

function nothing(name: string): object {
  const known = made.get(name);
  if (known) return known;
  const one = anything(function (this: unknown) {
    return anything({ dispose: () => undefined });
  });
  made.set(name, one);
  return one;
}
