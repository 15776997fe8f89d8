import { zipSync, type Zippable } from 'fflate';
import { createHash } from 'node:crypto';

/** The files of a function’s code by their paths. */
export type Contents = ReadonlyMap<string, Uint8Array>;

/** What a zip is named by: a digest of the paths, modes and bytes in it, and of nothing else. */
export function digestOf(contents: Contents): string {
  const hash = createHash('sha256');
  for (const [path, bytes] of sorted(contents)) hash.update(`${path}\0${MODE.toString(8)}\0${bytes.length}\0`).update(bytes);
  return hash.digest('hex');
}

/** The same files always give the same bytes: sorted, with one time and one mode. */
export function zipOf(contents: Contents): Uint8Array {
  const files: Zippable = {};
  for (const [path, bytes] of sorted(contents)) files[path] = bytes;
  // A zip keeps local time without its zone, so the first moment it knows is the same everywhere.
  return zipSync(files, { level: 6, mtime: new Date(1980, 0, 1), os: 3, attrs: MODE << 16 });
}

/** Readable by everybody: Lambda runs the code as another user. */
const MODE = 0o100644;

function sorted(contents: Contents): readonly (readonly [string, Uint8Array])[] {
  return [...contents].sort(([a], [b]) => (a < b ? -1 : 1));
}
