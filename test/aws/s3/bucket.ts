import { createHash } from 'node:crypto';
import type { Tree } from '../tree.ts';

/** One version of an object. */
export interface Version {
  readonly key: string;
  readonly versionId: string;
  readonly body: Buffer;
  readonly at: Date;
  readonly etag: string;
  /** Algorithm (`sha256`, …) → base64, as it was given or computed. */
  readonly checksums: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, string>>;
  readonly marker: boolean;
  tags: readonly Tree[];
  /** Object Lock: nobody deletes this version. */
  locked: boolean;
}

export interface BucketOptions {
  readonly name: string;
  readonly region: string;
  readonly owner: string;
  readonly versioning?: 'Enabled' | 'Suspended' | undefined;
  readonly encryption?: { readonly algorithm: 'AES256' | 'aws:kms'; readonly keyId?: string } | undefined;
  readonly publicAccessBlock?: boolean;
  readonly lifecycle?: boolean;
}

/** A bucket and what is in it, oldest version first. */
export class Bucket {
  readonly name: string;
  readonly region: string;
  readonly owner: string;
  readonly created: Date;
  versioning: 'Enabled' | 'Suspended' | undefined;
  encryption: BucketOptions['encryption'];
  publicAccessBlock: boolean;
  lifecycle: boolean;
  policy: string | undefined;
  /** Keys whose deletion fails so often before it works. */
  readonly stubborn = new Map<string, number>();
  /** Uploads in parts that nobody completed. */
  readonly uploads: { readonly key: string; readonly uploadId: string; readonly at: Date }[] = [];
  readonly versions: Version[] = [];
  #n = 0;

  constructor(options: BucketOptions, created: Date) {
    this.name = options.name;
    this.region = options.region;
    this.owner = options.owner;
    this.created = created;
    this.versioning = options.versioning;
    this.encryption = options.encryption ?? { algorithm: 'AES256' };
    this.publicAccessBlock = options.publicAccessBlock ?? true;
    this.lifecycle = options.lifecycle ?? false;
  }

  /** Only versioned buckets show the ids of versions; others have one version, `null`. */
  put(key: string, body: Buffer, at: Date, more: Partial<Pick<Version, 'checksums' | 'metadata' | 'locked'>> = {}): Version {
    return this.#add({
      key,
      body,
      at,
      etag: `"${createHash('md5').update(body).digest('hex')}"`,
      checksums: more.checksums ?? {},
      metadata: more.metadata ?? {},
      marker: false,
      tags: [],
      locked: more.locked ?? false,
    });
  }

  /** As DeleteObject does: a version goes for good; a versioned key is hidden behind a marker. */
  remove(key: string, versionId: string | undefined, at: Date): Version | undefined {
    if (versionId !== undefined || this.versioning !== 'Enabled') {
      const index = this.versions.findLastIndex((one) => one.key === key && (versionId === undefined || one.versionId === versionId));
      return index < 0 ? undefined : this.versions.splice(index, 1)[0];
    }
    return this.#add({ key, body: Buffer.alloc(0), at, etag: '', checksums: {}, metadata: {}, tags: [], marker: true, locked: false });
  }

  /** The current object; a marker hides those before it. */
  object(key: string, versionId?: string): Version | undefined {
    return this.versions.findLast((one) => one.key === key && (versionId === undefined || one.versionId === versionId));
  }

  /** Current objects, by key. */
  objects(): readonly Version[] {
    const current = new Map(this.versions.map((version) => [version.key, version]));
    return [...current.values()].filter(({ marker }) => !marker).sort((one, other) => (one.key < other.key ? -1 : 1));
  }

  keys(): readonly string[] {
    return this.objects().map(({ key }) => key);
  }

  get empty(): boolean {
    return this.versions.length === 0;
  }

  #add(version: Omit<Version, 'versionId'>): Version {
    const versioned = this.versioning === 'Enabled';
    this.#n += 1;
    const id = versioned ? createHash('sha256').update(`${this.name} ${this.#n}`).digest('base64url').slice(0, 32) : 'null';
    const one: Version = { ...version, versionId: id };
    if (!versioned) {
      const before = this.versions.findIndex(({ key, versionId }) => key === version.key && versionId === 'null');
      if (before >= 0) this.versions.splice(before, 1);
    }
    this.versions.push(one);
    return one;
  }
}
