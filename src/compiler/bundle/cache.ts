import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { SdkCall } from '../cloud/sdk-call.ts';
import { writeWhole } from './write-whole.ts';

/** A bundle that was made, and what of. */
export interface Made {
  /** `<sha256>.zip`. */
  readonly file: string;
  readonly bytes: number;
  readonly calls: readonly SdkCall[];
  readonly answersFailures: boolean;
  /** It asks the library how granted things are reached. */
  readonly looksUp: boolean;
  readonly takesCallback: boolean;
  /** Files by their paths from the project’s folder: code, and settings of how it is read. */
  readonly inputs: readonly string[];
  /** Files that travel with the code. */
  readonly copied: readonly string[];
}

/** What is known of a file as it was when somebody last looked. */
interface Stamp {
  readonly modified: number;
  readonly changed: number;
  readonly size: number;
  readonly hash: string;
}

interface Entry {
  readonly made: Made;
  /** Folders whose names decide what an import means: a file that appears may be meant instead of another. */
  readonly folders: readonly string[];
  /** Of the content of every file, and of the names in every folder. */
  readonly digest: string;
}

interface Stored {
  /** Whatever else decides a bundle. */
  readonly by: string;
  readonly entries: Readonly<Record<string, Entry>>;
  readonly stamps: Readonly<Record<string, Stamp>>;
}

/** Bundles made before, each valid for as long as nothing it was made of has changed. */
export class Cache {
  readonly #root: string;
  readonly #assets: string;
  readonly #file: string | undefined;
  readonly #by: string;
  readonly #entries = new Map<string, Entry>();
  readonly #stamps = new Map<string, Stamp>();
  readonly #now = new Map<string, string | undefined>();
  readonly #began = Date.now();

  /** `by` says which programs make the bundles: what others made is not taken. */
  constructor(root: string, assets: string, folder: string | undefined, by: string) {
    this.#root = root;
    this.#assets = assets;
    this.#by = by;
    this.#file = folder && join(folder, 'bundles.json');
    if (!this.#file || !existsSync(this.#file)) return;
    try {
      const stored = JSON.parse(readFileSync(this.#file, 'utf8')) as Stored;
      if (stored.by !== by) return;
      for (const [key, entry] of Object.entries(stored.entries)) this.#entries.set(key, entry);
      for (const [path, stamp] of Object.entries(stored.stamps)) this.#stamps.set(path, stamp);
    } catch {
      // A record that cannot be read is as good as none.
    }
  }

  /** The bundle for a request, if it is still true and its zip is there. */
  find(key: string, copied: readonly string[]): Made | undefined {
    try {
      const entry = this.#entries.get(key);
      if (!entry || entry.made.copied.join('\0') !== copied.join('\0')) return undefined;
      if (statSync(join(this.#assets, entry.made.file), { throwIfNoEntry: false })?.size !== entry.made.bytes) return undefined;
      return this.#digestOf(pathsOf(entry)) === entry.digest ? entry.made : undefined;
    } catch {
      // The record is not of the shape it should have.
      this.#entries.delete(key);
      return undefined;
    }
  }

  /** Remembers a bundle, unless a file changed while it was made: nobody knows which text was read. */
  keep(key: string, made: Made, folders: readonly string[]): void {
    const paths = pathsOf({ made, folders });
    const digest = this.#digestOf(paths);
    const changedLately = paths.some((path) => {
      const stamp = this.#stamps.get(path);
      // The clock of a file ticks more slowly than this one.
      return stamp && Math.max(stamp.modified, stamp.changed) >= this.#began - 20;
    });
    if (digest === undefined || changedLately) return;
    this.#entries.set(key, { made, folders, digest });
  }

  /** Writes what is known, of the bundles that are still asked for. */
  save(keys: readonly string[]): void {
    if (!this.#file) return;
    const entries: Record<string, Entry> = {};
    for (const key of keys) {
      const entry = this.#entries.get(key);
      if (entry) entries[key] = entry;
    }
    const used = new Set(Object.values(entries).flatMap(pathsOf));
    const stamps = Object.fromEntries([...this.#stamps].filter(([path]) => used.has(path)));
    const text = JSON.stringify({ by: this.#by, entries, stamps } satisfies Stored);
    if (existsSync(this.#file) && readFileSync(this.#file, 'utf8') === text) return;
    writeWhole(this.#file, text);
  }

  /** What all of them are now; nothing where one is not there. */
  #digestOf(paths: readonly string[]): string | undefined {
    const hashes = paths.map((path) => this.#hashOf(path));
    return hashes.includes(undefined) ? undefined : digest(paths.map((path, index) => `${path}\0${hashes[index]}\n`).join(''));
  }

  /** What a file or folder is now; nothing where there is none. Asked of the disk once. */
  #hashOf(path: string): string | undefined {
    if (!this.#now.has(path)) this.#now.set(path, this.#look(path));
    return this.#now.get(path);
  }

  #look(path: string): string | undefined {
    const full = resolve(this.#root, path);
    const found = statSync(full, { throwIfNoEntry: false });
    if (!found) return undefined;
    if (found.isDirectory())
      return digest(
        readdirSync(full)
          .filter((name) => name !== '.eventsystem')
          .sort()
          .join('\0'),
      );
    const { mtimeMs: modified, ctimeMs: changed, size } = found;
    const known = this.#stamps.get(path);
    // Only the times may have changed: a fresh checkout touches every file.
    if (known?.modified === modified && known.changed === changed && known.size === size) return known.hash;
    const hash = digest(readFileSync(full));
    this.#stamps.set(path, { modified, changed, size, hash });
    return hash;
  }
}

function pathsOf({ made, folders }: Omit<Entry, 'digest'>): readonly string[] {
  return [...made.inputs, ...made.copied, ...folders];
}

function digest(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('base64');
}
