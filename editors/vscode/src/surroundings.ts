import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { workspace, type Uri } from 'vscode';
import type { Disk, Setting } from './find.ts';

/** What `findServer` asks of VS Code. `main` is a system file of the workspace that need not be open. */
export function surroundings(main: Uri | undefined): Setting {
  const own = (workspace.workspaceFolders ?? []).flatMap(({ uri }) => pathOf(uri));
  const files = [...openFiles(), ...(main ? pathOf(main) : [])];
  const folders = [...files.map((file) => dirname(file)), ...own];
  const path = workspace.getConfiguration('eventsystem').get<string>('server.path')?.trim();
  return {
    path,
    trusted: workspace.isTrusted,
    folders,
    // Where no folder is open, the file’s own is what nobody has trusted.
    workspace: own.length > 0 ? own : folders,
    env: process.env,
    platform: process.platform,
    disk,
  };
}

/** The system files that are open. */
export function openFiles(): readonly string[] {
  return workspace.textDocuments.filter(({ languageId }) => languageId === 'eventsystem').flatMap(({ uri }) => pathOf(uri));
}

function pathOf({ scheme, fsPath }: Uri): readonly string[] {
  return scheme === 'file' ? [fsPath] : [];
}

const disk: Disk = {
  isFile: (path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true,
  isExecutable(path) {
    try {
      accessSync(path, constants.X_OK);
      return disk.isFile(path);
    } catch {
      return false;
    }
  },
  real(path) {
    try {
      return realpathSync(path);
    } catch {
      return path;
    }
  },
};
