import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import type { Catalogue } from '../compiler/cloud/catalogue.ts';
import { serve, type Host } from '../editor/server/server.ts';
import { installedCatalogue } from './catalogue.ts';
import type { ValuesOf } from './commands.ts';
import { DiskFiles } from './disk.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { NAMES } from './project.ts';
import type { Terminal } from './terminal.ts';
import { catalogueFolder, versionOf, type Tool } from './tool.ts';

/** `eventsystem lsp --stdio`: the language server, on the standard streams, until the editor leaves. */
export async function runLsp({ options }: ValuesOf<'lsp'>, terminal: Terminal, tool: Tool): Promise<ExitCode> {
  if (options.stdio !== true) {
    terminal.err('The language server only uses standard input and output: `eventsystem lsp --stdio`.\n');
    return exitCodes.usage;
  }
  tool.optimise();
  keepSmall();
  await serve(diskHost(installedCatalogue(catalogueFolder(tool))), process.stdin, process.stdout, versionOf(tool));
  return exitCodes.ok;
}

/**
 * What the server holds is some 15 MB, and is worked out anew with every key. V8 would let three times as much garbage lie about as
 * there is live, and keep 32 MB for what is new: an editor has a server running all day, so that it is collected sooner.
 */
function keepSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=60');
}

/** A server’s view of the projects on this machine’s disk. */
export function diskHost(catalogue: Catalogue): Host {
  return { findSystem, workspace: (root) => ({ files: new DiskFiles(root), catalogue, paths: () => pathsIn(root) }) };
}

/** The system file a file is, or the one nearest above it. */
function findSystem(file: string): { readonly root: string; readonly main: string } | undefined {
  if (NAMES.some((name) => name === basename(file))) return { root: dirname(file), main: basename(file) };
  for (let root = dirname(file); ; root = dirname(root)) {
    const main = NAMES.find((name) => statSync(join(root, name), { throwIfNoEntry: false })?.isFile());
    if (main !== undefined) return { root, main };
    if (root === dirname(root)) return undefined;
  }
}

/** What nobody names in a system file: installed, made, or hidden. */
const PASSED_BY = /^(node_modules|dist|build|coverage|expected)$|^\./;

const MOST_FILES = 2000;

/** The files of a project that a system may name, folder after folder. */
function pathsIn(root: string): readonly string[] {
  const found: string[] = [];
  const folders = [''];
  for (let folder = folders.shift(); folder !== undefined && found.length < MOST_FILES; folder = folders.shift()) {
    for (const entry of entriesOf(join(root, folder))) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (PASSED_BY.test(entry.name)) continue;
      if (entry.isDirectory()) folders.push(path);
      else if (/\.([cm]?[jt]sx?|json|ya?ml|sql)$/.test(entry.name)) found.push(path);
    }
  }
  return found.sort();
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
