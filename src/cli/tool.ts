import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The parts of the program that are loaded only when they are needed: one file each in `dist/cli`. */
export interface Chunks {
  readonly main: typeof import('./main.ts');
  readonly validate: typeof import('./validate.ts');
  readonly compile: typeof import('./compile.ts');
  readonly init: typeof import('./init.ts');
  readonly schema: typeof import('./schema.ts');
  readonly explain: typeof import('./explain.ts');
}

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
