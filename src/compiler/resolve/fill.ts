import type { Place } from '../text/source-text.ts';
import type { Fields, Shape } from '../../schema/kit.ts';
import { Written } from '../check/written.ts';
import { fieldsOf } from '../check/facet.ts';

/** Puts the default of every field that was not written at the place of what surrounds it. */
export function fill(shape: Shape, written: Written): Written {
  const { value } = written;
  if (typeof value !== 'object' || value === null || written.isLeaf) return written;
  switch (shape.form) {
    case 'object':
      return Array.isArray(value) ? written : filled(shape.fields, written, {});
    case 'choice': {
      const kind = 'kind' in value && typeof value.kind === 'string' ? value.kind : undefined;
      return filled(fieldsOf(shape, kind), written, kind === undefined ? {} : { kind });
    }
    case 'map':
      return rebuilt(written, () => shape.value);
    case 'list':
      return Written.list(
        [...written.parts.values()].map((item) => fill(shape.item, item)),
        written.place,
        written.broken,
      ).under(written.key);
    case 'forms': {
      const form = Array.isArray(value) ? shape.list : shape.object;
      return form ? fill(form, written) : written;
    }
    default:
      return written;
  }
}

function filled(fields: Fields, written: Written, constants: object): Written {
  const parts = new Map<string, Written>();
  for (const [key, field] of Object.entries(fields)) {
    const part = written.parts.get(key);
    if (part) parts.set(key, fill(field, part).under(part.key));
    else if (field.otherwise !== undefined) parts.set(key, byItself(field.otherwise, written.place));
  }
  return Written.record(parts, written.place, written.broken, constants).under(written.key);
}

/** A default as if it had been written where it is missing. */
function byItself(value: unknown, place: Place): Written {
  return Array.isArray(value)
    ? Written.list(
        value.map((item) => byItself(item, place)),
        place,
      )
    : Written.leaf(value, place);
}

function rebuilt(written: Written, shapeOf: (key: string) => Shape): Written {
  const parts = new Map([...written.parts].map(([key, part]) => [key, fill(shapeOf(key), part).under(part.key)] as const));
  return Written.record(parts, written.place, written.broken).under(written.key);
}
