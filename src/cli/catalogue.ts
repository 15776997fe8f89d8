import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Catalogue, ResourceSpec, ServiceActions } from '../compiler/cloud/catalogue.ts';

/** The catalogue that the build wrote into a folder; a file of it is read when something in it is asked for. */
export function installedCatalogue(folder: string): Catalogue {
  const actions = once((service) => readJson<ServiceActions>(join(folder, 'actions', `${service}.json`)));
  const registry = once((service) => readJson<Readonly<Record<string, ResourceSpec>>>(join(folder, 'registry', `${service}.json`)));
  const typesOf = (type: string) => {
    const service = /^AWS::([A-Za-z0-9]+)::/.exec(type)?.[1];
    return service === undefined ? undefined : registry(service);
  };
  let services: readonly string[] | undefined;
  return {
    // A name that is no name of a service must not become a path.
    actions: (service) => (/^[a-z0-9-]+$/.test(service) ? actions(service) : undefined),
    typesLike: (type) => Object.keys(typesOf(type) ?? {}),
    resourceType(type) {
      const types = typesOf(type);
      return types && Object.hasOwn(types, type) ? types[type] : undefined;
    },
    get services() {
      services ??= readdirSync(join(folder, 'actions'))
        .map((file) => file.replace(/\.json$/, ''))
        .sort();
      return services;
    },
  };
}

function once<T>(read: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    const value = known.has(key) ? (known.get(key) as T) : read(key);
    known.set(key, value);
    return value;
  };
}

function readJson<T>(path: string): T | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  return JSON.parse(text) as T;
}
