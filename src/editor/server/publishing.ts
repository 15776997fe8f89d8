import type { Diagnostic } from 'vscode-languageserver-types';
import { changeOf, whileTyping, type Typing } from '../settling.ts';
import type { Belonging, Project } from './projects.ts';

/** How long nobody types before everything is said. */
const REST = 1500;

/** Sends findings: at once for the line that is typed, and for all others when the hands rest, the line is left or the file is saved. */
export class Publishing {
  readonly #send: (uri: string, diagnostics: readonly Diagnostic[]) => void;
  readonly #shown = new Map<string, string>();
  readonly #states = new Map<string, State>();
  readonly #timers = new Map<Project, NodeJS.Timeout>();

  constructor(send: (uri: string, diagnostics: readonly Diagnostic[]) => void) {
    this.#send = send;
  }

  /** A file’s text is another now. */
  changed({ project, path }: Belonging, before: string, after: string): void {
    const uri = project.uriOf(path);
    const change = changeOf(before, after);
    const state = this.#states.get(uri);
    if (!change) return;
    const typing = state && goesOn(state.typing, change) ? moved(state.typing, change) : { line: change.line, moved: change.moved };
    const settled = state && typing.line === state.typing.line ? state.settled : (state?.now ?? []);
    const now = project.service.diagnostics().get(path) ?? [];
    this.#states.set(uri, { typing, settled, now });
    this.#show(uri, whileTyping(settled, now, typing));
    this.#later(project);
  }

  /** Says all there is to say about a system. */
  settle(project: Project): void {
    clearTimeout(this.#timers.get(project));
    this.#timers.delete(project);
    for (const [path, now] of project.service.diagnostics()) {
      const uri = project.uriOf(path);
      this.#states.set(uri, { typing: { line: -1, moved: 0 }, settled: now, now });
      this.#show(uri, now);
    }
  }

  closed(uri: string): void {
    this.#states.delete(uri);
    this.#shown.delete(uri);
    this.#send(uri, []);
  }

  stop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  #later(project: Project): void {
    clearTimeout(this.#timers.get(project));
    this.#timers.set(
      project,
      setTimeout(() => this.settle(project), REST),
    );
  }

  #show(uri: string, diagnostics: readonly Diagnostic[]): void {
    const text = JSON.stringify(diagnostics);
    if (this.#shown.get(uri) === text) return;
    this.#shown.set(uri, text);
    this.#send(uri, diagnostics);
  }
}

interface State {
  readonly typing: Typing;
  /** What was found before this line was begun. */
  readonly settled: readonly Diagnostic[];
  readonly now: readonly Diagnostic[];
}

function goesOn({ line }: Typing, change: { readonly line: number; readonly lines: number }): boolean {
  return change.line === line && change.lines === 0;
}

function moved(typing: Typing, change: { readonly moved: number }): Typing {
  return { line: typing.line, moved: typing.moved + change.moved };
}
