import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { commands, workspace, type ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind, type NodeModule } from 'vscode-languageclient/node';

let client: LanguageClient | undefined;

/** Starts the server of the project, so that the editor says what `eventsystem validate` says there; where none is installed, its own. */
export async function activate(context: ExtensionContext): Promise<void> {
  context.subscriptions.push(
    commands.registerCommand('eventsystem.restart', () => restart(context)),
    workspace.onDidGrantWorkspaceTrust(() => restart(context)),
  );
  await start(context);
}

export async function deactivate(): Promise<void> {
  await client?.dispose();
  client = undefined;
}

async function restart(context: ExtensionContext): Promise<void> {
  await deactivate();
  await start(context);
}

async function start(context: ExtensionContext): Promise<void> {
  const run = (await installed()) ?? server(context.asAbsolutePath(join('dist', 'server.js')), []);
  client = new LanguageClient('eventsystem', { run, debug: run }, { documentSelector: [{ language: 'eventsystem' }, INCLUDED] });
  await client.start();
}

/** Files that a system includes are YAML to VS Code; the server answers for those alone. */
const INCLUDED = { language: 'yaml', scheme: 'file' };

/** The program in the nearest `node_modules` above a system file. Code of a workspace nobody trusts is not run. */
async function installed(): Promise<NodeModule | undefined> {
  if (!workspace.isTrusted) return undefined;
  const [main] = await workspace.findFiles('**/eventsystem.{yml,yaml}', '**/node_modules/**', 1);
  if (!main) return undefined;
  for (let folder = dirname(main.fsPath); ; folder = dirname(folder)) {
    const program = join(folder, 'node_modules', 'eventsystem', 'bin', 'eventsystem.cjs');
    if (existsSync(program)) return server(program, ['lsp']);
    if (folder === dirname(folder)) return undefined;
  }
}

/** The client adds `--stdio`. */
function server(module: string, args: readonly string[]): NodeModule {
  return { module, args: [...args], transport: TransportKind.stdio };
}
