import type { Fields, Form, Leaf } from '../../schema/kit.ts';
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

/** A key and its value where the space behind the colon is missing, so that YAML reads one text: `fifo:true` is `fifo: true`. */
export function spaced(written: string, fields: Fields): { readonly key: string; readonly text: string } | undefined {
  const [, key = '', value = ''] = /^([\w-]+):([^\s/:].*)$/.exec(written) ?? [];
  return Object.hasOwn(fields, key) ? { key, text: `${key}: ${value}` } : undefined;
}

/** A mapping that was not read as one: the space behind a colon is missing, or the colon behind a name that stands alone. */
export function mappingMeant(form: Form, { text, plain }: Scalar): string | undefined {
  if (!plain) return undefined;
  if (form.form === 'object') return spaced(text, form.fields)?.text;
  if (form.form !== 'map') return undefined;
  const { key, value } = form;
  const mayBeEmpty = value.form === 'object' && value.empty === true;
  return mayBeEmpty && (key.pattern === undefined || new RegExp(key.pattern).test(text)) ? `${text}:` : undefined;
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
  const united = written.replace(
    /^([0-9]+)\s*([A-Za-z]+)$/,
    (_, digits: string, unit: string) => `${digits} ${units[unit.toLowerCase()] ?? unit.toLowerCase()}`,
  );
  const kebab = written.toLowerCase().replaceAll('_', '-');
  const slug = /^[A-Za-z][\w ]*$/.test(written)
    ? written
        .trim()
        .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
    : undefined;
  const candidates = [
    withUnit(form, written),
    united,
    written.trim(),
    slug,
    kebab,
    handlerMeant(written),
    nearest(written, form.examples ?? []),
  ];
  return candidates.find((one) => one !== undefined && one !== written && expression.test(one));
}

/** `src/orders.create`, as SAM and the Serverless Framework name a handler. */
function handlerMeant(written: string): string | undefined {
  const [, file, name = ''] = /^([\w./-]+)\.([A-Za-z_]\w*)$/.exec(written) ?? [];
  return file === undefined || /^(py|rb|go|java|jar|cs|php|rs|sh|json|ya?ml)$/.test(name)
    ? undefined
    : `${file}.ts${name === 'handler' ? '' : `#${name}`}`;
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
