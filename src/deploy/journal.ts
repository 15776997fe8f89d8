import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** How far a run came. Everything in it can be found in AWS, too; it only saves looking. */
export interface Entry {
  readonly version: 1;
  readonly run: string;
  readonly stack: string;
  readonly phase: 'uploading' | 'proposing' | 'proposed' | 'executing' | 'removing';
  /** Digest of what is deployed. */
  readonly digest?: string;
  readonly changeSet?: string;
  readonly stackId?: string;
  /** The token of the operation that runs. */
  readonly token?: string;
}

/** What is remembered of the last run on a stack, from one run to the next. */
export interface Journal {
  /** What the last run left, where it can be read and belongs to the stack. */
  read(): Entry | undefined;
  /** Before each change: whoever comes after a crash knows what may have happened. Throws what the disk says. */
  write(entry: Omit<Entry, 'version'>): void;
  clear(): void;
}

/** A journal in a file, replaced whole. */
export function journalIn(path: string, stack: string, warn: (line: string) => void): Journal {
  return {
    read() {
      let text: string;
      try {
        text = readFileSync(path, 'utf8');
      } catch {
        return undefined;
      }
      const entry = entryOf(text);
      if (entry && entry.version === 1 && entry.stack === stack) return entry;
      warn(`${path} is unreadable or belongs to another version or stack; the state is read from AWS instead.`);
      return undefined;
    },
    write(entry) {
      mkdirSync(dirname(path), { recursive: true });
      const beside = `${path}.${process.pid}.tmp`;
      const handle = openSync(beside, 'w', 0o600);
      try {
        writeSync(handle, `${JSON.stringify({ version: 1, ...entry }, null, 2)}\n`);
        fsyncSync(handle);
      } finally {
        closeSync(handle);
      }
      renameSync(beside, path);
    },
    clear() {
      rmSync(path, { force: true });
    },
  };
}

function entryOf(text: string): Entry | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Entry) : undefined;
  } catch {
    return undefined;
  }
}

/** Remembers nothing. */
export const noJournal: Journal = { read: () => undefined, write: () => undefined, clear: () => undefined };
