import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Service } from '../service.ts';
import type { Workspace } from '../workspace.ts';

/** What the server asks of the machine it runs on. */
export interface Host {
  /** The system file above a file, or that file itself: its folder and its name. */
  findSystem(file: string): { readonly root: string; readonly main: string } | undefined;
  workspace(root: string): Workspace;
}

/** A file an editor has open, and the system it belongs to. */
export interface Belonging {
  readonly project: Project;
  readonly path: string;
}

/** A system with what is shown of it. */
export class Project {
  readonly root: string;
  readonly main: string;
  readonly service: Service;

  constructor(root: string, main: string, workspace: Workspace) {
    this.root = root;
    this.main = main;
    this.service = new Service(workspace, main, (path) => this.uriOf(path));
  }

  uriOf(path: string): string {
    return pathToFileURL(join(this.root, path)).href;
  }
}

/** The systems whose files are open. */
export class Projects {
  readonly #host: Host;
  readonly #byRoot = new Map<string, Project>();

  constructor(host: Host) {
    this.#host = host;
  }

  get all(): readonly Project[] {
    return [...this.#byRoot.values()];
  }

  /** The system a file is a part of: its own file, or one that it includes. */
  of(uri: string): Belonging | undefined {
    const file = fileOf(uri);
    const found = file === undefined ? undefined : this.#host.findSystem(file);
    if (file === undefined || !found) return undefined;
    const { root, main } = found;
    const key = join(root, main);
    const project = this.#byRoot.get(key) ?? new Project(root, main, this.#host.workspace(root));
    const path = relative(root, file).replaceAll('\\', '/');
    if (path !== main && !project.service.system.paths.includes(path)) return undefined;
    this.#byRoot.set(key, project);
    return { project, path };
  }
}

function fileOf(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}
