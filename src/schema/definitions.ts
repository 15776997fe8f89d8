import type { Fields, Form, Shape } from './kit.ts';

/** Shapes that stand in more than one place get a definition, named by the key they stand under. */
export function sharedShapes(root: Shape): ReadonlyMap<Shape, string> {
  const seen = new Map<Shape, { readonly key: string; times: number }>();
  const visit = (shape: Shape, key: string) => {
    const known = seen.get(shape);
    if (known) known.times++;
    else {
      seen.set(shape, { key, times: 1 });
      for (const [inner, name] of children(shape)) visit(inner, name === '' ? key : name);
    }
  };
  visit(root, '');
  const names = new Map<Shape, string>();
  const taken = new Set<string>([...seen.keys()].flatMap(({ id }) => id ?? []));
  for (const [shape, { key, times }] of seen) {
    if (shape.id !== undefined || times === 1) continue;
    const base = shape.removable ? `${key}.partial` : key;
    let name = base;
    for (let i = 2; taken.has(name); i++) name = `${base}.${i}`;
    taken.add(name);
    names.set(shape, name);
  }
  return names;
}

function children(shape: Form): readonly (readonly [Shape, string])[] {
  const of = (fields: Fields) => Object.entries(fields).map(([key, field]) => [field, key] as const);
  switch (shape.form) {
    case 'object':
      return of(shape.fields);
    case 'map':
      return [[shape.value, '']];
    case 'list':
      return [[shape.item, '']];
    case 'forms':
      return [shape.text, shape.count, shape.flag, shape.list, shape.object].flatMap((form) => (form ? [[form, ''] as const] : []));
    case 'choice':
      return [
        ...Object.entries(shape.variants).flatMap(([kind, { value, options }]) => [[value, kind] as const, ...of(options)]),
        ...of(shape.common),
      ];
    default:
      return [];
  }
}
