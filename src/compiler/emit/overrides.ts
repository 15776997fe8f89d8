import type { Override } from '../cloud/part.ts';
import type { Report } from '../diagnostics/problem.ts';
import { emitProblems } from './problems.ts';
import { render, type Json } from './render.ts';
import type { TemplateResource } from './emit.ts';

type Resources = Readonly<Record<string, TemplateResource>>;

/** Lays the author’s patches over what was generated. Says which resources were changed, for they are then checked. */
export function applyOverrides(
  resources: Resources,
  overrides: readonly Override[],
  report: Report,
): { readonly resources: Resources; readonly changed: ReadonlyMap<string, Override> } {
  const patched: Record<string, TemplateResource> = { ...resources };
  const changed = new Map<string, Override>();
  for (const override of overrides) {
    const ours = Object.entries(resources).filter(([, one]) => isAt(one.Metadata?.eventsystem.path ?? '', override.target));
    const meant = ours.filter(([, one]) => one.Type === override.type);
    if (meant.length === 0) {
      const known = [...new Set(ours.map(([, one]) => one.Type))].sort();
      report(emitProblems['override-matches-nothing'], override.because, { target: override.target, type: override.type, known });
    }
    for (const [id] of meant) {
      const one = patched[id];
      if (!one) continue;
      patched[id] = { ...one, Properties: laid(one.Properties ?? {}, render(override.patch)) as { readonly [key: string]: Json } };
      changed.set(id, override);
    }
  }
  return { resources: patched, changed };
}

function isAt(path: string, target: string): boolean {
  return path === target || path.startsWith(`${target}.`);
}

/** Objects merge, null removes, the rest replaces. */
function laid(base: Json | undefined, over: Json): Json {
  if (!isObject(over) || !isObject(base)) return over;
  const result: Record<string, Json> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    if (value === null) delete result[key];
    else result[key] = laid(result[key], value);
  }
  return result;
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
