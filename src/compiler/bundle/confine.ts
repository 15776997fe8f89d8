import { existsSync, readdirSync, readFileSync, realpathSync, statSync, type Dirent } from 'node:fs';
import { dirname, isAbsolute, join, posix, relative, resolve, sep } from 'node:path';

/** Where files of a bundle may come from. */
export class Confines {
  readonly root: string;
  readonly #admitted = new Map<string, boolean>();
  readonly #folders: readonly string[];

  /** `also` are folders that belong to the compiler itself. */
  constructor(root: string, also: readonly string[]) {
    this.root = realpathSync(root);
    this.#folders = [
      this.root,
      ...workspaceOf(this.root),
      ...modulesAbove(this.root),
      ...also.filter((one) => existsSync(one)).map((one) => realpathSync(one)),
    ];
  }

  /** Whether a file, wherever links lead, is of the project, its workspace or its packages. */
  admits(path: string): boolean {
    // Bundles share most of their files.
    const known = this.#admitted.get(path);
    if (known !== undefined) return known;
    const admitted = this.#looksAt(path);
    this.#admitted.set(path, admitted);
    return admitted;
  }

  #looksAt(path: string): boolean {
    try {
      const real = realpathSync.native(resolve(this.root, path));
      return this.#folders.some((folder) => real === folder || real.startsWith(folder + sep));
    } catch {
      return false;
    }
  }

  /** Whether a file, wherever links lead, lies in the project’s own folder. */
  contains(path: string): boolean {
    return realpathSync(resolve(this.root, path)).startsWith(this.root + sep);
  }

  /** Whether it is of the project itself, and no package. */
  isOwn(path: string): boolean {
    const inside = relative(this.root, resolve(this.root, path));
    return !inside.startsWith('..') && !isAbsolute(inside) && !inside.split(sep).includes('node_modules');
  }
}

/** Files that must never travel, by their names. */
export function isSecretFile(path: string): boolean {
  return /(^|\/)(\.env(\.[^/]*)?|\.npmrc|\.netrc|id_[a-z0-9]+|credentials)$|\.(pem|key|p12|pfx)$|(^|\/)\.(aws|ssh|gnupg)\//.test(
    path.replaceAll('\\', '/'),
  );
}

/** The workspace of npm, Yarn or pnpm that the project is a part of. */
function workspaceOf(root: string): readonly string[] {
  for (let folder = root; ; folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (isFile(join(folder, 'pnpm-workspace.yaml')) || (isFile(file) && /"workspaces"\s*:/.test(readFileSync(file, 'utf8'))))
      return [folder];
    if (dirname(folder) === folder) return [];
  }
}

/** Whether there is something to read: a pipe would be waited for, and a device has no end. */
const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

/**
 * What in the project’s folders is neither a file nor a folder, wherever links lead: whoever reads it may wait for ever. Packages are
 * left out, for no package manager installs such a thing.
 */
export function unreadableIn(root: string): readonly string[] {
  const found: string[] = [];
  const folders = ['.'];
  for (const folder of folders) {
    for (const entry of entriesOf(join(root, folder))) {
      if (entry.isFile() || entry.name === 'node_modules' || entry.name.startsWith('.')) continue;
      const path = posix.join(folder, entry.name);
      if (entry.isDirectory()) {
        if (folders.length < MOST_FOLDERS) folders.push(path);
        continue;
      }
      const leadsTo = statSync(join(root, path), { throwIfNoEntry: false });
      if (leadsTo && !leadsTo.isFile() && !leadsTo.isDirectory()) found.push(path);
    }
  }
  return found.sort();
}

/** A system file may lie at the top of a disk. */
const MOST_FOLDERS = 2000;

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function modulesAbove(root: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = root; ; folder = dirname(folder)) {
    const modules = join(folder, 'node_modules');
    if (existsSync(modules)) folders.push(realpathSync(modules));
    if (dirname(folder) === folder) return folders;
  }
}

/** The settings of TypeScript that decide, as long as they are files: the project’s own, and what extends; the last may be outside. */
export function extendedBy(root: string): readonly { readonly file: string; readonly extended: string }[] {
  const found: { file: string; extended: string }[] = [];
  const visit = (file: string, depth: number): void => {
    if (depth > 10 || !isFile(file)) return;
    const value = /"extends"\s*:\s*("(?:[^"\\]|\\.)*"|\[[^\]]*\])/.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
    for (const [quoted] of value.matchAll(/"(?:[^"\\]|\\.)*"/g)) {
      const name = unquoted(quoted);
      if (!name.startsWith('.') && !isAbsolute(name)) continue;
      const exact = resolve(dirname(file), name);
      const extended = [exact, `${exact}.json`].find((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
      if (extended === undefined) continue;
      found.push({ file, extended });
      visit(extended, depth + 1);
    }
  };
  const own = join(root, 'tsconfig.json');
  if (existsSync(own) && realpathSync(own) !== own) found.push({ file: own, extended: realpathSync(own) });
  visit(own, 0);
  return found;
}

function unquoted(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text.slice(1, -1);
  }
}
