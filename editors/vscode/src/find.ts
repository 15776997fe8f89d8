import { posix, win32 } from 'node:path';

/** What is known of the place an editor runs in. */
export interface Setting {
  /** `eventsystem.server.path`. */
  readonly path: string | undefined;
  /** Whether the code of the workspace may be run. */
  readonly trusted: boolean;
  /** Where projects may be: the folders of system files, and those of the workspace. */
  readonly folders: readonly string[];
  /** The folders of the workspace: their code is what trust is about. */
  readonly workspace: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly disk: Disk;
}

export interface Disk {
  isFile(path: string): boolean;
  isExecutable(path: string): boolean;
  /** Where links lead. */
  real(path: string): string;
}

/** A server that can be started: a program for Node, or a command. */
export type Program =
  { readonly kind: 'module'; readonly path: string } | { readonly kind: 'command'; readonly path: string; readonly shell: boolean };

/**
 * The server: the one the setting names, else the one of the project, so that the editor says what `eventsystem validate` says there,
 * else the one on the PATH. Of a workspace nobody trusts nothing is run, whoever names it.
 */
export function findServer(setting: Setting): Program | undefined {
  const { path, trusted } = setting;
  const found = path ? named(path, setting) : ((trusted ? installed(setting) : undefined) ?? onPath(setting));
  return found === undefined ? undefined : programOf(found, setting);
}

/** Whether trust alone keeps a server from being started. */
export function waitsForTrust(setting: Setting): boolean {
  return !setting.trusted && findServer({ ...setting, trusted: true }) !== undefined;
}

function named(path: string, setting: Setting): string | undefined {
  const { disk } = setting;
  const { isAbsolute, resolve } = pathsOf(setting);
  const places = isAbsolute(path) ? [path] : setting.workspace.map((folder) => resolve(folder, path));
  return places.find((place) => disk.isFile(place) && mayRun(place, setting));
}

function installed(setting: Setting): string | undefined {
  const { dirname, join } = pathsOf(setting);
  for (const start of setting.folders)
    for (let folder = start; ; folder = dirname(folder)) {
      const program = join(folder, 'node_modules', 'eventsystem', 'bin', 'eventsystem.cjs');
      if (setting.disk.isFile(program)) return program;
      if (folder === dirname(folder)) break;
    }
  return undefined;
}

function onPath(setting: Setting): string | undefined {
  const { env, platform, disk } = setting;
  const { delimiter, isAbsolute, join } = pathsOf(setting);
  const windows = platform === 'win32';
  // What is relative in a PATH is looked for wherever one happens to be.
  const folders = (env['PATH'] ?? (windows ? env['Path'] : undefined) ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
  const names = windows ? ['eventsystem.exe', 'eventsystem.cmd'] : ['eventsystem'];
  return folders
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((place) => (windows ? disk.isFile(place) : disk.isExecutable(place)) && mayRun(place, setting));
}

/** A workspace nobody trusts may be on the PATH, or be led to by a link. */
function mayRun(place: string, { trusted, workspace, disk, ...setting }: Setting): boolean {
  if (trusted) return true;
  const { isAbsolute, relative } = pathsOf(setting);
  const within = (path: string, folder: string): boolean => {
    const way = relative(folder, path);
    return !isAbsolute(way) && way.split(/[\\/]/)[0] !== '..';
  };
  return [place, disk.real(place)].every((path) => workspace.every((folder) => !within(path, folder) && !within(path, disk.real(folder))));
}

function programOf(path: string, { platform }: Setting): Program {
  if (/\.[cm]?js$/.test(path)) return { kind: 'module', path };
  // Windows runs a batch file in a shell only: https://nodejs.org/api/child_process.html#spawning-bat-and-cmd-files-on-windows
  return { kind: 'command', path, shell: platform === 'win32' && /\.(cmd|bat)$/i.test(path) };
}

function pathsOf({ platform }: Pick<Setting, 'platform'>): typeof posix {
  return platform === 'win32' ? win32 : posix;
}
