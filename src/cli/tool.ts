import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Chunks } from './chunks.ts';

/** The program itself, as the launcher hands it over. */
export interface Tool {
  /** The folder of the package, absolute. */
  readonly folder: string;
  load<N extends keyof Chunks>(name: N): Chunks[N] | Promise<Chunks[N]>;
  /** From now on the code is worth optimising: what follows takes long. */
  optimise(): void;
}

export function versionOf({ folder }: Pick<Tool, 'folder'>): string {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { readonly version: string };
  return version;
}

export function catalogueFolder({ folder }: Pick<Tool, 'folder'>): string {
  return join(folder, 'dist', 'catalogue');
}

export function shippedFolder({ folder }: Pick<Tool, 'folder'>): string {
  return join(folder, 'dist', 'shipped');
}

/** What handlers import as `eventsystem/runtime`: the one that belongs to this compiler. */
export function runtimeFile({ folder }: Pick<Tool, 'folder'>): string {
  return join(folder, 'dist', 'runtime', 'index.js');
}
