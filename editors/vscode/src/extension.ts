import { commands, workspace, type ExtensionContext } from 'vscode';
import { Server } from './server.ts';

const server = new Server();

/** Starts a server, and another one where what decides on it has changed. */
export async function activate({ subscriptions }: ExtensionContext): Promise<void> {
  subscriptions.push(
    commands.registerCommand('eventsystem.restart', () => server.restart()),
    workspace.onDidGrantWorkspaceTrust(() => server.restart()),
    workspace.onDidChangeConfiguration(async (change) => {
      if (change.affectsConfiguration('eventsystem.server')) await server.restart();
    }),
    workspace.onDidOpenTextDocument(() => server.look()),
  );
  await server.restart();
}

export function deactivate(): Promise<void> {
  return server.stop();
}
