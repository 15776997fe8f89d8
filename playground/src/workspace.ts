import { catalogueOf, type WholeCatalogue } from '../../src/compiler/cloud/catalogue.ts';
import type { Files } from '../../src/compiler/text/files.ts';
import type { Workspace } from '../../src/editor/workspace.ts';

export const MAIN = 'eventsystem.yml';

/** A project that is this page: one file in an editor, those of the system it began with, and every handler it may name. */
export async function workspace(beside: () => ReadonlyMap<string, string>): Promise<Workspace> {
  const published = (await (await fetch('catalogue.json')).json()) as WholeCatalogue;
  return { files: filesOf(beside), catalogue: catalogueOf(published), paths: () => [...beside().keys()] };
}

function filesOf(beside: () => ReadonlyMap<string, string>): Files {
  return {
    read(path) {
      const text = beside().get(path);
      return text === undefined ? { problem: 'it is not among the files of this page' } : { text };
    },
    exists: (path) => beside().has(path) || /\.[cm]?[jt]sx?$/.test(path),
    list: () => [],
  };
}
