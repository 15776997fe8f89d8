import type { Catalogue, PropertySpec } from '../compiler/cloud/catalogue.ts';
import type { Origins, Template, TemplateResource } from '../compiler/emit/emit.ts';
import { isKept, type Change } from './changes.ts';
import { leaves, type Detail } from './details.ts';

/**
 * What a new template changes, told without asking AWS: from the properties that a resource keeps for life, as the registry lists
 * them. CloudFormation’s own plan has the last word; what is certain here is certain there.
 */
export function verdictOf(before: Template | undefined, after: Template, origins: Origins, catalogue: Catalogue): readonly Change[] {
  const had = before?.Resources ?? {};
  const ids = [...new Set([...Object.keys(had), ...Object.keys(after.Resources)])].sort();
  return ids.flatMap((id) => {
    const [old, now] = [had[id], after.Resources[id]];
    const one = now ?? old;
    if (!one || (old && now && JSON.stringify(body(old)) === JSON.stringify(body(now)))) return [];
    const origin = Object.hasOwn(origins, id) ? origins[id] : undefined;
    const details = old && now ? detailsOf(old, now, catalogue) : [];
    const other = old !== undefined && now !== undefined && old.Type !== now.Type;
    const replaced =
      other || details.some(({ replaces }) => replaces === 'yes')
        ? 'yes'
        : details.some(({ replaces }) => replaces === 'perhaps')
          ? 'perhaps'
          : 'no';
    const policy = now ? old?.UpdateReplacePolicy : old?.DeletionPolicy;
    const goes = !now || replaced !== 'no';
    return [
      {
        id,
        type: one.Type,
        path: origin?.path ?? one.Metadata?.eventsystem?.path,
        line: origin && `${origin.file}:${origin.line}`,
        action: !old ? 'add' : !now ? 'remove' : 'modify',
        replaced,
        kept: !goes ? 'no' : policy === 'Snapshot' ? 'snapshot' : policy?.startsWith('Retain') ? 'retained' : 'no',
        stateful: isKept(one.Type, catalogue),
        details,
        drift: undefined,
      } satisfies Change,
    ];
  });
}

function body({ Type, Properties, DeletionPolicy, UpdateReplacePolicy, DependsOn, Condition }: TemplateResource): unknown {
  return [Type, Properties, DeletionPolicy, UpdateReplacePolicy, DependsOn, Condition];
}

function detailsOf(old: TemplateResource, now: TemplateResource, catalogue: Catalogue): readonly Detail[] {
  const known: Readonly<Record<string, PropertySpec>> = catalogue.resourceType(now.Type)?.properties ?? {};
  const names = [...new Set([...Object.keys(old.Properties ?? {}), ...Object.keys(now.Properties ?? {})])].sort();
  return names.flatMap((name) => {
    const [a, b] = [old.Properties?.[name], now.Properties?.[name]];
    if (JSON.stringify(a) === JSON.stringify(b)) return [];
    const again = known[name]?.replaces;
    return leaves(`Properties.${name}`, a, b, again === 'yes' ? 'yes' : again === 'maybe' ? 'perhaps' : 'no');
  });
}
