import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Writes files into a folder, each whole or not at all: beside their places first, and then, when all of them are
 * there, into them. The last one named is the last to be replaced. Throws what the disk says; nothing is left over then.
 */
export function writeTogether(folder: string, files: ReadonlyMap<string, string>): void {
  const beside = new Map([...files.keys()].map((name) => [name, join(folder, dirname(name), `.${basename(name)}.${process.pid}.tmp`)]));
  mkdirSync(folder, { recursive: true });
  try {
    for (const [name, text] of files) writeFileSync(beside.get(name) ?? '', text);
    for (const [name, path] of beside) renameSync(path, join(folder, name));
  } finally {
    for (const path of beside.values()) rmSync(path, { force: true });
  }
}

/** Removes a file that an earlier run wrote, known by how it begins; another’s is left alone. */
export function removeOurs(path: string, beginning: string): void {
  try {
    if (readFileSync(path, 'utf8').startsWith(beginning)) rmSync(path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}
