import type { Catalogue, ResourceSpec, ServiceActions } from '../../src/compiler/cloud/catalogue.ts';
import type { Files } from '../../src/compiler/text/files.ts';
import type { Workspace } from '../../src/editor/workspace.ts';

export const MAIN = 'eventsystem.yml';

interface Published {
  readonly actions: { readonly [service: string]: ServiceActions };
  readonly registry: { readonly [service: string]: { readonly [type: string]: ResourceSpec } };
}

/** A project that is this page: one file in an editor, and every handler it may name. */
export async function workspace(): Promise<Workspace> {
  const published = (await (await fetch('catalogue.json')).json()) as Published;
  return { files, catalogue: catalogueOf(published), paths: () => [] };
}

const files: Files = {
  read: () => ({ problem: 'there are no files beside this one in the playground' }),
  exists: (path) => /\.[cm]?[jt]sx?$/.test(path),
  list: () => [],
};

function catalogueOf({ actions, registry }: Published): Catalogue {
  const typesOf = (type: string) => registry[/^AWS::([A-Za-z0-9]+)::/.exec(type)?.[1] ?? ''];
  return {
    actions: (service) => (Object.hasOwn(actions, service) ? actions[service] : undefined),
    resourceType: (type) => {
      const types = typesOf(type);
      return types && Object.hasOwn(types, type) ? types[type] : undefined;
    },
    typesLike: (type) => Object.keys(typesOf(type) ?? {}),
    services: Object.keys(actions).sort(),
  };
}
