import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, posix } from 'node:path';
import { extendedBy, type Confines } from './confine.ts';

/** What decides how the imports of a bundle are read, besides the files in it. Paths are from the project’s folder. */
export interface Surroundings {
  /** Settings of TypeScript and of packages. */
  readonly settings: readonly string[];
  /** Folders in which a new file could be meant instead of another. */
  readonly folders: readonly string[];
}

export function surroundingsOf(inputs: readonly string[], confines: Confines): Surroundings {
  const where = [...new Set(inputs.map((path) => posix.dirname(path)))].sort();
  // Handlers lie together, and use the same packages.
  let seen = known.get(confines);
  if (!seen) known.set(confines, (seen = new Map()));
  const key = where.join('\n');
  let found = seen.get(key);
  if (!found) seen.set(key, (found = lookedAt(where, confines)));
  return found;
}

const known = new WeakMap<Confines, Map<string, Surroundings>>();

/** The surroundings of files in these folders. */
function lookedAt(where: readonly string[], { root }: Confines): Surroundings {
  const folders = new Set<string>();
  const packages = new Set<string>();
  for (const path of where.map((folder) => `${folder}/file`)) {
    const inside = /^(.*\bnode_modules\/)(@[^/]+\/[^/]+|[^/]+)\//.exec(path);
    if (inside) for (const one of [`${inside[0]}package.json`, ...RECORDS.map((name) => `${inside[1] ?? ''}${name}`)]) packages.add(one);
    else for (const folder of upFrom(path)) folders.add(folder);
  }
  const typescript = ['tsconfig.json', ...extendedBy(root).map(({ extended }) => posix.normalize(relativeTo(root, extended)))];
  // With `paths` an import may be looked for anywhere.
  if (typescript.some((path) => existsSync(join(root, path)) && /"(paths|baseUrl)"/.test(readFileSync(join(root, path), 'utf8'))))
    for (const folder of foldersUnder(root, '.')) folders.add(folder);
  const settings = [...typescript, ...packages, ...[...folders].map((folder) => posix.join(folder, 'package.json'))];
  return { settings: [...new Set(settings)].filter((path) => existsSync(join(root, path))).sort(), folders: [...folders].sort() };
}

/** Where package managers write down what they installed. */
const RECORDS = ['.package-lock.json', '.modules.yaml', '.yarn-state.yml'];

/** The folder of a file and those above it, as far as the path says. */
function upFrom(path: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = posix.dirname(path); basename(folder) !== '..'; folder = posix.dirname(folder)) {
    folders.push(folder);
    if (folder === '.') break;
  }
  return folders;
}

function foldersUnder(root: string, folder: string): readonly string[] {
  const inside = readdirSync(join(root, folder), { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.'),
  );
  return [folder, ...inside.flatMap(({ name }) => foldersUnder(root, posix.join(folder, name)))];
}

function relativeTo(root: string, path: string): string {
  return posix.relative(root.replaceAll('\\', '/'), path.replaceAll('\\', '/'));
}
