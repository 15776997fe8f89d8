import { closeSync, constants, fstatSync, openSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, sep } from 'node:path';
import type { Files, FileText } from '../compiler/text/files.ts';

/** No file that a system is made of needs more: schemas, definitions, templates of mappings. */
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * The files under one folder of the disk, and no others: a path that leads out of it, by `..`, as an absolute path
 * or by a symbolic link, cannot be read. Paths are relative to the folder, with forward slashes.
 */
export class DiskFiles implements Files {
  readonly #root: string;
  #realRoot: string | undefined;

  constructor(root: string) {
    this.#root = root;
  }

  read(path: string): FileText {
    const found = this.#locate(path);
    if ('problem' in found) return found;
    try {
      return readText(found.real);
    } catch (error) {
      return { problem: reasonOf(error) };
    }
  }

  exists(path: string): boolean {
    const found = this.#locate(path);
    return 'real' in found && statSync(found.real, { throwIfNoEntry: false })?.isFile() === true;
  }

  list(folder: string): readonly string[] {
    const found = this.#locate(folder);
    if ('problem' in found) return [];
    try {
      return readdirSync(found.real, { withFileTypes: true })
        .filter((entry) => !entry.isDirectory())
        .map(({ name }) => name)
        .sort();
    } catch {
      return [];
    }
  }

  /** Where a path leads when every link is followed; or why nobody may go there. */
  #locate(path: string): { readonly real: string } | { readonly problem: string } {
    if (path.includes('\0')) return { problem: 'its path contains an invalid character' };
    if (isAbsolute(path) || /^[A-Za-z]:/.test(path))
      return { problem: 'its path is absolute; write it relative to the system file’s folder' };
    try {
      this.#realRoot ??= realpathSync.native(this.#root);
      const real = realpathSync.native(join(this.#root, path));
      const inside = real === this.#realRoot || real.startsWith(this.#realRoot.endsWith(sep) ? this.#realRoot : this.#realRoot + sep);
      return inside ? { real } : { problem: 'it is outside the project’s folder' };
    } catch (error) {
      // Whether something is there is nobody’s business who may not go there.
      return { problem: leadsOut(path) ? 'it is outside the project’s folder' : reasonOf(error) };
    }
  }
}

function leadsOut(path: string): boolean {
  let depth = 0;
  for (const step of path.split(/[\\/]/)) {
    if (step === '..') depth--;
    else if (step !== '' && step !== '.') depth++;
    if (depth < 0) return true;
  }
  return false;
}

/** Opens before it looks, so that what was looked at is what is read; a pipe must not be waited for. */
function readText(real: string): FileText {
  const handle = openSync(real, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const about = fstatSync(handle);
    if (about.isDirectory()) return { problem: 'it is a folder' };
    if (!about.isFile()) return { problem: 'it is not a regular file' };
    if (about.size > MOST_BYTES)
      return { problem: `it has ${Math.ceil(about.size / 1024 / 1024)} MiB; the limit is ${MOST_BYTES / 1024 / 1024} MiB` };
    return textOf(readFileSync(handle));
  } finally {
    closeSync(handle);
  }
}

function textOf(bytes: Buffer): FileText {
  const text = bytes.toString('utf8');
  // Only what is not UTF-8 becomes this character, or what is written as it.
  if (text.includes('\u{FFFD}') && !Buffer.from(text, 'utf8').equals(bytes)) return { problem: 'it is not UTF-8 text' };
  return { text: text.startsWith('\u{FEFF}') ? text.slice(1) : text };
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EISDIR: 'it is a folder',
  EACCES: 'it may not be read (permission denied)',
  EPERM: 'it may not be read (permission denied)',
  ELOOP: 'its symbolic links form a loop',
  ENAMETOOLONG: 'its path is too long',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
};

/** Why the disk refused, in words. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (Object.hasOwn(reasons, code)) return reasons[code] ?? code;
  return error instanceof Error ? `the file system reported ${code === '' ? error.message : code}` : String(error);
}
