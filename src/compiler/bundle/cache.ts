import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { SdkCall } from '../cloud/sdk-call.ts';

/** A bundle that was made, and what of. */
export interface Made {
  /** `<sha256>.zip`. */
  readonly file: string;
  readonly bytes: number;
  readonly calls: readonly SdkCall[];
  readonly mentionsFailures: boolean;
  readonly takesCallback: boolean;
  /** Files by their paths from the project’s folder. */
  readonly inputs: readonly string[];
}

interface Stamp {
  readonly time: number;
  readonly size: number;
  readonly hash: string;
}

interface Entry {
  readonly made: Made;
  /** Folders whose listings decide what an import means: a file that appears may be meant instead of another. */
  readonly folders: readonly string[];
}

interface Stored {
  readonly entries: Readonly<Record<string, Entry>>;
  readonly stamps: Readonly<Record<string, Stamp>>;
}

/** Bundles made before, each valid for as long as nothing it was made of has changed. */
export class Cache {
  readonly #root: string;
  readonly #assets: string;
  readonly #file: string | undefined;
  readonly #entries = new Map<string, Entry>();
  readonly #stamps = new Map<string, Stamp>();
  readonly #same = new Map<string, boolean>();

  constructor(root: string, assets: string, folder: string | undefined) {
    this.#root = root;
    this.#assets = assets;
    this.#file = folder && join(folder, 'bundles.json');
    if (!this.#file || !existsSync(this.#file)) return;
    try {
      const { entries, stamps } = JSON.parse(readFileSync(this.#file, 'utf8')) as Stored;
      for (const [key, entry] of Object.entries(entries)) this.#entries.set(key, entry);
      for (const [path, stamp] of Object.entries(stamps)) this.#stamps.set(path, stamp);
    } catch {
      // A record that cannot be read is as good as none.
    }
  }

  /** The bundle for a request, if it is still true and its zip is there. */
  find(key: string): Made | undefined {
    const entry = this.#entries.get(key);
    if (!entry || !existsSync(join(this.#assets, entry.made.file))) return undefined;
    return [...entry.made.inputs, ...entry.folders].every((path) => this.#isSame(path)) ? entry.made : undefined;
  }

  keep(key: string, made: Made): void {
    const own = made.inputs.filter((path) => !path.includes('node_modules/'));
    const folders = [...new Set(own.map((path) => dirname(path)))];
    this.#entries.set(key, { made, folders });
    for (const path of [...made.inputs, ...folders]) {
      const stamp = this.#stamp(path);
      if (stamp) this.#stamps.set(path, stamp);
    }
  }

  /** Writes what is known, of the bundles that are still asked for. */
  save(keys: readonly string[]): void {
    if (!this.#file) return;
    const entries = Object.fromEntries(keys.flatMap((key) => { const entry = this.#entries.get(key); return entry ? [[key, entry] as const] : []; }));
    const used = new Set(Object.values(entries).flatMap(({ made, folders }) => [...made.inputs, ...folders]));
    const stamps = Object.fromEntries([...this.#stamps].filter(([path]) => used.has(path)));
    const text = JSON.stringify({ entries, stamps } satisfies Stored);
    if (existsSync(this.#file) && readFileSync(this.#file, 'utf8') === text) return;
    writeWhole(this.#file, text);
  }

  #isSame(path: string): boolean {
    const known = this.#same.get(path);
    if (known !== undefined) return known;
    const stamp = this.#stamps.get(path);
    const same = stamp !== undefined && this.#agrees(path, stamp);
    this.#same.set(path, same);
    return same;
  }

  #agrees(path: string, stamp: Stamp): boolean {
    try {
      const { mtimeMs, size } = statSync(resolve(this.#root, path));
      if (mtimeMs === stamp.time && size === stamp.size) return true;
      // Only the time may have changed: a fresh checkout touches every file.
      if (this.#hash(path) !== stamp.hash) return false;
      this.#stamps.set(path, { ...stamp, time: mtimeMs, size });
      return true;
    } catch {
      return false;
    }
  }

  #stamp(path: string): Stamp | undefined {
    try {
      const { mtimeMs, size } = statSync(resolve(this.#root, path));
      const known = this.#stamps.get(path);
      return known?.time === mtimeMs && known.size === size ? known : { time: mtimeMs, size, hash: this.#hash(path) };
    } catch {
      return undefined;
    }
  }

  #hash(path: string): string {
    const full = resolve(this.#root, path);
    const hash = createHash('sha256');
    if (statSync(full).isDirectory()) hash.update(readdirSync(full).sort().join('\0'));
    else hash.update(readFileSync(full));
    return hash.digest('base64');
  }
}

/** Writes a file so that nobody ever sees half of it. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, content);
  renameSync(draft, path);
}
