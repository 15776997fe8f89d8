import { isName, type Leaf, type MapForm, type Shape } from '../../schema/kit.ts';
import { fieldsOf } from '../check/facet.ts';
import { Written } from '../check/written.ts';
import type { Report } from '../diagnostics/problem.ts';
import { interpolate, type Scope } from './interpolate.ts';
import type { KeyedEntry, Model, Text, Thing } from './model.ts';

type Found = Model['references'][number];

/** Replaces names by the things they name, and `$(…)` by what it refers to, wherever a shape says there is one. */
export class Resolver {
  readonly scope: Scope;
  readonly references: Found[] = [];
  readonly #report: Report;
  #owner: Thing | undefined;
  #within = '';

  constructor(scope: Scope, report: Report) {
    this.scope = scope;
    this.#report = report;
  }

  /** What is found while `work` runs belongs to this thing, and to this function of it. */
  inside(owner: Thing | undefined, within: string, work: () => Written): Written {
    this.#owner = owner;
    this.#within = within;
    return work();
  }

  resolve(shape: Shape, written: Written): Written {
    const { value } = written;
    if (value === null || value === undefined) return written;
    switch (shape.form) {
      case 'leaf':
        return this.#leaf(shape, written);
      case 'object':
        return Array.isArray(value) ? written : this.#record(written, (key) => shape.fields[key]);
      case 'choice': {
        const kind = typeof value === 'object' && 'kind' in value && typeof value.kind === 'string' ? value.kind : undefined;
        const fields = fieldsOf(shape, kind);
        return this.#record(written, (key) => fields[key], kind === undefined ? {} : { kind });
      }
      case 'map':
        return shape.keyNames ? this.#keyed(shape, shape.keyNames, written) : this.#record(written, () => shape.value);
      case 'list':
        return Written.list(
          [...written.parts.values()].map((item) => this.resolve(shape.item, item)),
          written.place,
          written.broken,
        ).under(written.key);
      case 'forms': {
        if (written.isLeaf && typeof value === 'object') return written;
        const form = Array.isArray(value)
          ? shape.list
          : typeof value === 'object'
            ? shape.object
            : typeof value === 'string'
              ? shape.text
              : undefined;
        return form ? this.resolve(form, written) : written;
      }
      case 'raw':
        return this.#data(written);
      default:
        return written;
    }
  }

  #leaf(shape: Leaf, written: Written): Written {
    const { value, place } = written;
    if (typeof value !== 'string') return written;
    if (shape.names && (!shape.interpolated || isName(value))) {
      const thing = this.scope.names.find(value, shape.names, place, this.#report);
      return written.with(thing, written.broken || !thing);
    }
    if (!shape.interpolated) return written;
    const text = this.#text(value, written);
    return written.with(text, written.broken || !text);
  }

  #text(value: string, written: Written): Text | undefined {
    const text = interpolate(value, written.place, this.scope, this.#report);
    for (const segment of text?.segments ?? []) {
      if (typeof segment !== 'string')
        this.references.push({ from: written, owner: this.#owner, within: this.#within, reference: segment });
    }
    return text;
  }

  #record(written: Written, shapeOf: (key: string) => Shape | undefined, constants: object = {}): Written {
    const parts = new Map<string, Written>();
    for (const [key, part] of written.parts) {
      const shape = shapeOf(key);
      if (shape) parts.set(key, this.resolve(shape, part).under(part.key));
    }
    if (parts.size === 0 && written.parts.size === 0) return written;
    return Written.record(parts, written.place, written.broken, constants).under(written.key);
  }

  #keyed(shape: MapForm, kinds: readonly string[], written: Written): Written {
    const entries: KeyedEntry[] = [];
    const parts = new Map<string, Written>();
    let broken = written.broken;
    for (const [key, part] of written.parts) {
      const place = part.key ?? part.place;
      const thing = this.scope.names.find(key, kinds, place, this.#report);
      const resolved = this.resolve(shape.value, part).under(part.key);
      parts.set(key, resolved);
      if (thing) entries.push({ thing, key: place, written: resolved });
      else broken = true;
    }
    return Written.record(parts, written.place, broken).with(entries, broken).under(written.key);
  }

  /** JSON in which a text with `$(` is a text with references; any other stays as it is. */
  #data(written: Written): Written {
    const { value, place, parts } = written;
    if (typeof value === 'string' && value.includes('$(')) {
      const text = this.#text(value, written);
      return written.with<unknown>(text, written.broken || !text);
    }
    if (Array.isArray(value))
      return Written.list(
        [...parts.values()].map((item) => this.#data(item)),
        place,
        written.broken,
      ).under(written.key);
    if (typeof value !== 'object' || value === null) return written;
    const resolved = new Map([...parts].map(([key, part]) => [key, this.#data(part).under(part.key)] as const));
    return Written.record(resolved, place, written.broken).under(written.key);
  }
}
