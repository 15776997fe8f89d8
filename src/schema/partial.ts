import type { Fields, Shape } from './kit.ts';

/**
 * The shape of something laid over something else: nothing is required, nothing has a default, and `null`
 * removes what is not required. Lists and texts replace as a whole, so they are checked as they are.
 */
export function partial<F extends Fields>(fields: F): { readonly [K in keyof F]: Shape<unknown> } {
  const partials: Record<string, Shape> = {};
  for (const [key, shape] of Object.entries(fields)) partials[key] = partialShape(shape);
  return partials as { readonly [K in keyof F]: Shape<unknown> };
}

const known = new WeakMap<Shape, Shape>();

function partialShape(shape: Shape): Shape {
  let made = known.get(shape);
  if (!made) {
    made = make(shape);
    known.set(shape, made);
  }
  return made;
}

function make(shape: Shape): Shape {
  const { required, asked: _, otherwise: __, ...rest } = shape;
  const removable: { removable?: true } = required ? {} : { removable: true };
  const id = rest.id === undefined ? {} : { id: `${rest.id}.partial` };
  switch (rest.form) {
    case 'object': {
      const { function: _mark, ...plain } = rest;
      return { ...plain, ...removable, ...id, fields: partial(rest.fields), empty: true };
    }
    case 'map':
      return { ...rest, ...removable, ...id, value: { ...partialShape(rest.value), removable: true } };
    case 'choice': {
      const { function: _mark, ...plain } = rest;
      return { ...plain, ...removable, ...id, common: partial(rest.common), open: true };
    }
    case 'list':
      return { ...rest, ...removable, ...id, ...(rest.by !== undefined && { item: partialShape(rest.item) }) };
    case 'forms':
      return {
        ...rest,
        ...removable,
        ...id,
        ...(rest.object && { object: partialShape(rest.object) }),
      };
    default:
      return { ...rest, ...removable, ...id };
  }
}
