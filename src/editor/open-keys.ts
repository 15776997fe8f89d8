import { limitedVerb, limited } from '../schema/access.ts';
import type { MapForm } from '../schema/kit.ts';
import type { Surroundings } from './choice.ts';
import { THINGS } from './names.ts';

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
  return [...(form.key.way ? [] : (form.key.examples ?? [])), ...pathsOf(form, around)]
    .filter(free)
    .map((label, index) => ({ label, doc: form.key.doc, rank: 100 + index }));
}

/** In a stage, the things that stand in the rest of the file. */
function overlaid(section: string, { cursor, declarations }: Surroundings): readonly Key[] {
  if (cursor.at.path[0] !== 'stages') return [];
  return declarations.of([section]).map(({ name }) => ({ label: name, doc: `One of \`${section}\`, laid over in this stage.` }));
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
export function grantedKinds({ cursor, declarations }: Surroundings): readonly string[] {
  const all = [...cursor.way, cursor.at];
  const map = all.findLast(({ shape }) => shape?.form === 'map' && shape.keyNames !== undefined);
  if (!map || map.shape?.form !== 'map' || !map.shape.keyNames) return [];
  const written = cursor.at.path[map.path.length];
  const found = written === undefined ? undefined : declarations.find(written, map.shape.keyNames);
  return found ? [found.section] : map.shape.keyNames;
}
