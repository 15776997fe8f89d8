import type { Leaf } from '../../schema/kit.ts';
import { NAME_LENGTH } from '../../schema/names.ts';
import { flowTextIn } from '../edit/edits.ts';
import type { Scalar } from '../parse/document.ts';
import { nearest } from '../text/suggest.ts';

/** A name as it may be spelt: `myQueue` and `My_Queue` become `my-queue`, `get /x` becomes `GET /x`. */
export function respelt(name: string, expression: RegExp): string | undefined {
  const kebab = name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-0-9]+|-+$/g, '')
    .slice(0, NAME_LENGTH);
  const [method = '', ...path] = name.trim().split(/\s+/);
  const slashed = path.join('').replace(/\/+$/, '');
  const colons = slashed.replace(/:([A-Za-z0-9_]+)/g, '{$1}');
  const routes = (colons === '' ? [] : [colons, `/${colons}`]).map((one) => `${method.toUpperCase()} ${one}`);
  const upper = name.replace(/[^A-Za-z0-9]+/g, '_').replace(/^[0-9_]+/, '');
  // Where routes may stand, a text with a slash is none but a route.
  const others = name.includes('/') && expression.test('GET /') ? [] : [kebab, upper];
  return [...routes, ...others].find((one) => one !== name && expression.test(one));
}

/** A bare number with the unit its setting is written in. */
export function withUnit({ examples }: Leaf, written: string): string | undefined {
  const unit = /^[0-9]+( .+)$/.exec(examples?.[0] ?? '')?.[1];
  return unit !== undefined && /^[0-9]+$/.test(written) ? singular(`${written}${unit}`) : undefined;
}

function singular(spelling: string): string {
  return spelling.replace(/^1 (\w+?)s$/, '1 $1');
}

/** A text that fits, near to what was written: another case, AWS’s word, a unit set apart, a known example. */
export function textMeant(form: Leaf, written: string): string | undefined {
  if (form.pattern === undefined) return undefined;
  const expression = new RegExp(form.pattern);
  const spaced = written.replace(
    /^([0-9]+)\s*([A-Za-z]+)$/,
    (_, digits: string, unit: string) => `${digits} ${units[unit.toLowerCase()] ?? unit.toLowerCase()}`,
  );
  const kebab = written.toLowerCase().replaceAll('_', '-');
  const slug = /^[A-Za-z][\w ]*$/.test(written)
    ? written
        .trim()
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
    : undefined;
  const candidates = [withUnit(form, written), kebab, spaced, written.trim(), slug, nearest(written, form.examples ?? [])];
  return candidates.find((one) => one !== undefined && one !== written && expression.test(one));
}

const units: { readonly [written: string]: string | undefined } = {
  sec: 'seconds',
  secs: 'seconds',
  min: 'minutes',
  mins: 'minutes',
  hr: 'hours',
  hrs: 'hours',
  mb: 'MiB',
  mib: 'MiB',
  gb: 'GiB',
  gib: 'GiB',
  kb: 'KiB',
  kib: 'KiB',
  tb: 'TiB',
  tib: 'TiB',
};

/** What `$(values.NAME)` stands for, of a text that is nothing else. */
export function literalOf({ text, place }: Scalar): string | undefined {
  const name = /^\$\(values\.([\w-]+)\)$/.exec(text)?.[1];
  return name === undefined ? undefined : flowTextIn(place.source, 'values', name);
}
