import { catalogueOf, type WholeCatalogue } from '../../src/compiler/cloud/catalogue.ts';
import type { Files } from '../../src/compiler/text/files.ts';
import type { Workspace } from '../../src/editor/workspace.ts';

export const MAIN = 'eventsystem.yml';

/** A project that is this page: one file in an editor, and every handler it may name. */
export async function workspace(): Promise<Workspace> {
  const published = (await (await fetch('catalogue.json')).json()) as WholeCatalogue;
  return { files, catalogue: catalogueOf(published), paths: () => [] };
}

const files: Files = {
  read: () => ({ problem: 'there are no files beside this one in the playground' }),
  exists: (path) => /\.[cm]?[jt]sx?$/.test(path),
  list: () => [],
};
