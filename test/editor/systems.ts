import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { installedCatalogue } from '../../src/cli/catalogue.ts';
import type { Catalogue } from '../../src/compiler/cloud/catalogue.ts';
import { Service } from '../../src/editor/service.ts';
import type { Workspace } from '../../src/editor/workspace.ts';
import { MemoryFiles } from '../memory-files.ts';

/** A system of the samples, its files in memory. */
export interface Sample {
  readonly name: string;
  readonly texts: ReadonlyMap<string, string>;
}

export const MAIN = 'eventsystem.yml';

export const catalogue: Catalogue = installedCatalogue('dist/catalogue');

/** Every sample and every example. */
export const samples: readonly Sample[] = [
  ...readdirSync('test/samples').flatMap((kind) => readdirSync(join('test/samples', kind)).map((name) => join('test/samples', kind, name))),
  ...readdirSync('examples').map((name) => join('examples', name)),
]
  .filter((folder) => existsSync(join(folder, MAIN)))
  .map((folder) => ({ name: folder, texts: textsIn(folder) }));

export function textOf({ texts }: Sample): string {
  return texts.get(MAIN) ?? '';
}

/** A service over texts in memory. */
export function serviceOf(texts: Iterable<readonly [string, string]>): Service {
  const all = new Map(texts);
  const workspace: Workspace = { files: new MemoryFiles(all), catalogue, paths: () => [...all.keys()] };
  return new Service(workspace, MAIN, (path) => path);
}

function textsIn(folder: string): ReadonlyMap<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !/(^|\/)(expected|node_modules|\.eventsystem)(\/|$)/.test(path) && statSync(join(folder, path)).isFile());
  return new Map(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}
