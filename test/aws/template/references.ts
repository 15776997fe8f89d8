import { isTree, type Value } from '../tree.ts';
import type { ResourceDefinition, Template } from './template.ts';

/** One place that names something else. */
export interface Reference {
  readonly name: string;
  /** Of `Fn::GetAtt`. */
  readonly attribute?: string;
  /** From `Fn::Sub`, whose messages differ. */
  readonly sub?: boolean;
}

/** Everything a value names: `Ref`, `Fn::GetAtt` and the holes of `Fn::Sub`. */
export function references(value: Value | undefined): readonly Reference[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (!isTree(value)) return [];
  const keys = Object.keys(value);
  const inside = Object.values(value);
  if (keys.length !== 1) return inside.flatMap(references);
  const [only] = inside;
  if (keys[0] === 'Ref' && typeof only === 'string') return [{ name: only }];
  if (keys[0] === 'Fn::GetAtt') return attribute(only);
  if (keys[0] === 'Fn::Sub') return holes(only);
  if (keys[0] === 'Condition' && typeof only === 'string') return [];
  return inside.flatMap(references);
}

function attribute(value: Value | undefined): readonly Reference[] {
  if (typeof value === 'string') return [{ name: value.slice(0, value.indexOf('.')), attribute: value.slice(value.indexOf('.') + 1) }];
  if (!Array.isArray(value)) return [];
  const [name, path]: readonly Value[] = value;
  return [{ name: String(name), attribute: typeof path === 'string' ? path : '' }, ...references(path)];
}

/** `${Name}`, `${Name.Attribute}`, not `${!Literal}` and not what the second part gives. */
function holes(value: Value | undefined): readonly Reference[] {
  const [pattern, given]: readonly (Value | undefined)[] = Array.isArray(value) ? value : [value];
  const known = isTree(given) ? given : {};
  const names = [...String(pattern).matchAll(/\$\{([^!}][^}]*)\}/g)].map(([, name = '']) => name.trim());
  return [
    ...names
      .filter((name) => !(name in known))
      .map((name) => {
        const dot = name.indexOf('.');
        return dot < 0 ? { name, sub: true } : { name: name.slice(0, dot), attribute: name.slice(dot + 1), sub: true };
      }),
    ...references(known),
  ];
}

export const dependsOn = ({ DependsOn }: ResourceDefinition): readonly string[] =>
  typeof DependsOn === 'string' ? [DependsOn] : (DependsOn ?? []);

/** The resources a resource waits for. */
export function needs(template: Template, definition: ResourceDefinition): readonly string[] {
  const named = [...dependsOn(definition), ...references(definition.Properties).map(({ name }) => name)];
  return [...new Set(named)].filter((name) => name in template.Resources);
}
