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

/** What lies inside of a shape is made when somebody looks at it: most systems lay little over little. */
function make(shape: Shape): Shape {
  const { required, asked: _, otherwise: __, ...rest } = shape;
  const removable: { removable?: true } = required ? {} : { removable: true };
  const id = rest.id === undefined ? {} : { id: `${rest.id}.partial` };
  switch (rest.form) {
    case 'object': {
      const { function: _mark, fields, ...plain } = rest;
      return later({ ...plain, ...removable, ...id, empty: true }, 'fields', () => partial(fields));
    }
    case 'map': {
      const { value, ...plain } = rest;
      return later({ ...plain, ...removable, ...id }, 'value', () => ({ ...partialShape(value), removable: true as const }));
    }
    case 'choice': {
      const { function: _mark, common, ...plain } = rest;
      return later({ ...plain, ...removable, ...id, open: true }, 'common', () => partial(common));
    }
    case 'list': {
      const { item, ...plain } = rest;
      return later({ ...plain, ...removable, ...id }, 'item', () => (rest.by === undefined ? item : partialShape(item)));
    }
    case 'forms': {
      const { object, ...plain } = rest;
      const made = { ...plain, ...removable, ...id };
      return object ? later(made, 'object', () => partialShape(object)) : made;
    }
    default:
      return { ...rest, ...removable, ...id };
  }
}

/** An object with one more key, whose value is made when it is asked for first. */
function later<T extends object, K extends string, V>(object: T, key: K, value: () => V): T & { readonly [P in K]: V } {
  const get = () => {
    const made = value();
    Object.defineProperty(object, key, { value: made, enumerable: true });
    return made;
  };
  return Object.defineProperty(object, key, { get, enumerable: true, configurable: true }) as T & { readonly [P in K]: V };
}
