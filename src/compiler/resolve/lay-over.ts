import type { Choice, Fields, Form, Shape } from '../../schema/kit.ts';
import { checkProblems } from '../check/problems.ts';
import { Written } from '../check/written.ts';
import type { Report } from '../diagnostics/problem.ts';
import { nearest } from '../text/suggest.ts';
import { resolveProblems } from './problems.ts';

/** What holds while one thing is laid over another: whose stage it is, if it is one. */
export interface Laying {
  readonly report: Report;
  readonly stage?: string;
}

/**
 * Lays one written thing over another of the same shape: maps merge by key, texts, numbers and lists replace,
 * `null` removes; a source or an integration that names its kind replaces the whole; lists of sources merge by `as`.
 * `undefined` where it was removed.
 */
export function layOver(shape: Shape, base: Written | undefined, over: Written | undefined, laying: Laying): Written | undefined {
  if (!over) return base;
  if (over.value === null) return undefined;
  if (shape.form === 'map' && shape.fixed && laying.stage !== undefined && isRecord(over)) {
    // Where there is no such section below, or one that was refused, everything in the stage’s would be new.
    return entries(shape, base && isRecord(base) ? base : Written.record(new Map(), over.place, base?.broken), over, laying);
  }
  if (!base) return cleared(over);
  switch (shape.form) {
    case 'object':
      return isRecord(base) && isRecord(over) ? fields(shape.fields, base, over, laying) : instead(base, over);
    case 'map':
      return isRecord(base) && isRecord(over) ? entries(shape, base, over, laying) : instead(base, over);
    case 'choice':
      return choice(shape, base, over, laying);
    case 'list':
      return shape.by === undefined ? over : items(shape.by, shape.item, base, over, laying);
    case 'forms':
      return shape.object && isRecord(base) && isRecord(over) ? layOver(shape.object, base, over, laying) : instead(base, over);
    default:
      return over;
  }
}

/** In place of something of another form; a part laid over what was refused is not whole either. */
function instead(base: Written, over: Written): Written {
  return cleared(over, base.broken);
}

/** With nothing below, a null removes nothing. */
function cleared(over: Written, broken = false): Written {
  if (!isRecord(over)) return over;
  const left = [...over.parts].filter(([, part]) => part.value !== null).map(([key, part]) => [key, cleared(part)] as const);
  const kind = kindOf(over);
  return Written.record(new Map(left), over.place, broken || over.broken, kind === undefined ? {} : { kind }).under(over.key);
}

function fields(shapes: Fields, base: Written, over: Written, laying: Laying, constants: object = {}): Written {
  const parts = new Map<string, Written>();
  for (const key of [...new Set([...base.parts.keys(), ...over.parts.keys()])].sort()) {
    const shape = shapes[key];
    const merged = shape && layOver(shape, base.parts.get(key), over.parts.get(key), laying);
    if (merged) parts.set(key, merged.under(over.parts.get(key)?.key ?? base.parts.get(key)?.key));
  }
  return Written.record(parts, base.place, base.broken || over.broken, constants);
}

function entries(shape: Form & { form: 'map' }, base: Written, over: Written, laying: Laying): Written {
  const parts = new Map<string, Written>();
  for (const key of [...new Set([...base.parts.keys(), ...over.parts.keys()])].sort()) {
    const below = base.parts.get(key);
    const above = over.parts.get(key);
    if (!below && above && laying.stage !== undefined && shape.fixed) {
      if (!above.broken)
        laying.report(resolveProblems['new-in-stage'], above.key ?? above.place, {
          name: key,
          stage: laying.stage,
          meant: nearest(key, base.parts.keys()),
        });
      continue;
    }
    const existing = above?.parts.get('existing');
    if (below && existing && shape.declares !== undefined && laying.stage !== undefined && !below.parts.has('existing')) {
      laying.report(resolveProblems['existing-in-stage-only'], existing.key ?? existing.place, { name: key, stage: laying.stage });
    }
    const merged = layOver(shape.value, below, above, laying);
    if (merged) parts.set(key, merged.under(below?.key ?? above?.key));
  }
  return Written.record(parts, base.place, base.broken || over.broken);
}

function choice(shape: Choice, base: Written, over: Written, laying: Laying): Written {
  const kind = kindOf(base);
  if (kindOf(over) !== undefined || kind === undefined) return over;
  const variant = shape.variants[kind];
  if (!variant) return over;
  const known = { [kind]: variant.value, ...variant.options, ...shape.common };
  for (const [key, part] of over.parts) {
    if (Object.hasOwn(known, key)) continue;
    const of = Object.keys(shape.variants).filter((other) => Object.hasOwn(shape.variants[other]?.options ?? {}, key));
    laying.report(checkProblems['option-of-another-kind'], part.key ?? part.place, { key, kind, of, sure: true });
  }
  return fields(known, base, over, laying, { kind });
}

/** Items are told apart by a key of their own; a single one without it is laid over the single one there is. */
function items(by: string, item: Shape, base: Written, over: Written, laying: Laying): Written {
  const below = [...base.parts.values()];
  const above = [...over.parts.values()];
  const only = above[0];
  if (above.length === 1 && below.length === 1 && only && kindOf(only) === undefined && !only.parts.has(by)) {
    return Written.list([layOver(item, below[0], only, laying) ?? only], base.place, base.broken);
  }
  if (above.every((one) => one.parts.has(by))) {
    const merged = below.map(
      (one) =>
        layOver(
          item,
          one,
          above.find((other) => sameName(one, other, by)),
          laying,
        ) ?? one,
    );
    const added = above.filter((other) => !below.some((one) => sameName(one, other, by)));
    for (const other of added)
      laying.report(resolveProblems['new-in-stage'], other.at(by).place, {
        name: String(other.at(by).value),
        stage: laying.stage ?? '',
        meant: undefined,
      });
    return Written.list(merged, base.place, base.broken || over.broken);
  }
  if (item.form === 'choice') {
    for (const one of above) {
      if (kindOf(one) === undefined)
        laying.report(checkProblems['no-kind'], one.place, { noun: item.noun, kinds: Object.keys(item.variants) });
    }
  }
  return over;
}

function sameName(one: Written, other: Written, by: string): boolean {
  return one.parts.get(by)?.value === other.parts.get(by)?.value;
}

function kindOf({ value }: Written): string | undefined {
  return typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string' ? value.kind : undefined;
}

function isRecord({ value, isLeaf }: Written): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isLeaf;
}
