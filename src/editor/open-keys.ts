import { limitedVerb, limited } from '../schema/access.ts';
import type { MapForm } from '../schema/kit.ts';
import { anyRouteKey } from '../schema/routes.ts';
import type { Surroundings } from './choice.ts';
import { keyFits } from './fitting.ts';
import { THINGS, type Declared } from './names.ts';

interface Key {
  readonly label: string;
  readonly doc: string;
  readonly rank?: number;
}

/** What the keys of a map can be, where the language or the system knows: names, routes, services, verbs with a limit. */
export function keysOf(form: MapForm, around: Surroundings): readonly Key[] {
  const { cursor, declarations } = around;
  const free = (label: string): boolean => !cursor.siblings?.entries.has(label);
  if (form.keyNames) {
    const kinds = form.keyNames;
    return declarations
      .of(kinds)
      .map((one) => ({ label: declarations.spelt(one, kinds), doc: `One of \`${one.section}\`.` }))
      .filter(({ label }) => free(label));
  }
  if (form.key === limitedVerb) return limitedVerbs(around).map((label) => ({ label, doc: form.doc }));
  if (form.declares !== undefined) return overlaid(form.declares, around).filter(({ label }) => free(label));
  const examples = form.key.way ? [] : (form.key.examples ?? []);
  const known = form.key === anyRouteKey ? routesLike([...(cursor.siblings?.entries.keys() ?? [])], examples) : examples;
  return [...new Set([...known, ...pathsOf(form, around)])]
    .filter((label) => free(label) && keyFits(label, around))
    .map((label, index) => ({ label, doc: form.key.doc, rank: 100 + index }));
}

/** Once there are routes: the other methods of their paths, and of the examples what catches all. */
function routesLike(written: readonly string[], examples: readonly string[]): readonly string[] {
  const paths = [...new Set(written.flatMap((key) => / (.*)$/.exec(key)?.[1] ?? []))];
  if (paths.length === 0) return examples;
  return [...paths.flatMap((path) => USUAL.map((method) => `${method} ${path}`)), ...examples.filter((key) => /[$+]/.test(key))];
}

const USUAL = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** In a stage, the things that stand in the rest of the file. */
function overlaid(section: string, { cursor, declarations }: Surroundings): readonly Key[] {
  if (cursor.at.path[0] !== 'stages') return [];
  return declarations.of([section]).map(({ name }) => ({ label: name, doc: `One of \`${section}\`, overridden in this stage.` }));
}

/** Maps that are keyed by the paths of things. */
function pathsOf({ key }: MapForm, { declarations }: Surroundings): readonly string[] {
  return key.way ? declarations.of(THINGS).map(({ section, name }) => `${section}.${name}`) : [];
}

function limitedVerbs(around: Surroundings): readonly string[] {
  const kinds = grantedKinds(around);
  return [...new Set(kinds.flatMap((kind) => limited[kind] ?? []))];
}

/** The kinds of the thing whose verbs are being written. */
export function grantedKinds(around: Surroundings): readonly string[] {
  const found = grantedThing(around);
  return found ? [found.section] : (grantsIn(around)?.kinds ?? []);
}

/** The thing itself, where it is declared. */
export function grantedThing(around: Surroundings): Declared | undefined {
  const { written, kinds = [] } = grantsIn(around) ?? {};
  return written === undefined ? undefined : around.declarations.find(written, kinds);
}

function grantsIn({ cursor }: Surroundings): { readonly written: string | undefined; readonly kinds: readonly string[] } | undefined {
  const all = [...cursor.way, cursor.at];
  const map = all.findLast(({ shape }) => shape?.form === 'map' && shape.keyNames !== undefined);
  if (!map || map.shape?.form !== 'map' || !map.shape.keyNames) return undefined;
  return { written: cursor.at.path[map.path.length], kinds: map.shape.keyNames };
}
