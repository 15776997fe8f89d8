import { homedir } from 'node:os';
import { workspace, type Uri } from 'vscode';
import { LanguageClient, TransportKind, type ServerOptions } from 'vscode-languageclient/node';
import { sayAbsent } from './absent.ts';
import { findServer, type Program } from './find.ts';
import { openFiles, surroundings } from './surroundings.ts';

/** How often a server is looked for while there is none, in milliseconds. */
const AGAIN = 2000;

/** Files that a system includes are YAML to VS Code; the server answers for those alone. */
const INCLUDED = { language: 'yaml', scheme: 'file' };

/** The server, once there is one. */
export class Server {
  #client: LanguageClient | undefined;
  /** A system file of the workspace. */
  #main: Uri | undefined;
  /** What was found when it was looked for last: an installation may not be finished when its first files are there. */
  #seen: string | undefined;
  #said = false;
  #timer: NodeJS.Timeout | undefined;
  /** One thing after the other. */
  #last: Promise<void> = Promise.resolve();

  restart(): Promise<void> {
    return this.#next(async () => {
      await this.#end();
      this.#said = false;
      [this.#main] = await workspace.findFiles('**/eventsystem.{yml,yaml}', '**/node_modules/**', 1);
      const program = findServer(surroundings(this.#main));
      if (program) await this.#start(program);
      else this.#wait();
    });
  }

  /** Looks for a server where there is none yet. */
  look(): Promise<void> {
    return this.#next(async () => {
      if (this.#client) return;
      const program = findServer(surroundings(this.#main));
      const before = this.#seen;
      this.#seen = program?.path;
      if (program && program.path === before) await this.#start(program);
      else this.#wait();
    });
  }

  stop(): Promise<void> {
    return this.#next(() => this.#end());
  }

  #next(what: () => Promise<void>): Promise<void> {
    this.#last = this.#last.then(what, what);
    return this.#last;
  }

  async #start(program: Program): Promise<void> {
    clearTimeout(this.#timer);
    const client = new LanguageClient('eventsystem', optionsOf(program), { documentSelector: [{ language: 'eventsystem' }, INCLUDED] });
    this.#client = client;
    // The client itself says why it could not.
    await client.start().catch(() => undefined);
  }

  #wait(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.look(), AGAIN);
    // Whoever has no system file open misses nothing.
    if (this.#said || this.#seen !== undefined || openFiles().length === 0) return;
    this.#said = true;
    void sayAbsent(surroundings(this.#main));
  }

  async #end(): Promise<void> {
    clearTimeout(this.#timer);
    const client = this.#client;
    this.#client = undefined;
    this.#seen = undefined;
    await client?.dispose();
  }
}

function optionsOf(program: Program): ServerOptions {
  // The shims of some version managers start what the folder they are in has installed.
  const options = workspace.isTrusted ? {} : { cwd: homedir() };
  const { path } = program;
  const transport = TransportKind.stdio;
  if (program.kind === 'module') return { module: path, args: ['lsp'], transport, options };
  const { shell } = program;
  return { command: shell ? `"${path}"` : path, args: ['lsp'], transport, options: { ...options, shell } };
}
