import { isTree, type Tree, type Value } from './tree.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' };

export const escaped = (text: string): string => text.replace(/[&<>"\r]/g, (sign) => ENTITIES[sign] ?? sign);

/** Elements as the query protocol writes them: a list is `<Name><member>…</member></Name>`. */
export const elements = (tree: Tree): string =>
  Object.entries(tree)
    .map(([name, value]) => (Array.isArray(value) ? listed(name, value) : element(name, value)))
    .join('');

/** Elements as S3 writes them: a list is the element again and again. */
export const flat = (tree: Tree): string =>
  Object.entries(tree)
    .map(([name, value]) => (Array.isArray(value) ? value.map((one) => element(name, one, flat)).join('') : element(name, value, flat)))
    .join('');

const listed = (name: string, values: readonly Value[]): string =>
  `<${name}>${values.map((value) => element('member', value)).join('')}</${name}>`;

function element(name: string, value: Value | undefined, inside: (tree: Tree) => string = elements): string {
  if (value === undefined || value === null) return '';
  return `<${name}>${isTree(value) ? inside(value) : escaped(value instanceof Date ? value.toISOString() : String(value))}</${name}>`;
}

/** The few documents a client sends (DeleteObjects, CreateBucket): elements with text, no attributes that matter. */
export function parsed(xml: string): Tree {
  const root: Record<string, Value> = {};
  const open: Record<string, Value>[] = [root];
  const pieces = xml.replace(/<\?[^>]*\?>/g, '').matchAll(/<(\/?)([\w:]+)[^>]*?(\/?)>([^<]*)/g);
  const texts: string[] = [];
  for (const [, closing, name = '', empty, after = ''] of pieces) {
    if (closing) close(open, name, texts.pop() ?? '');
    else if (empty) add(open.at(-1) ?? root, name, '');
    else {
      open.push({});
      texts.push(unescaped(after));
    }
  }
  return root;
}

function close(open: Record<string, Value>[], name: string, text: string): void {
  const inside = open.pop() ?? {};
  const around = open.at(-1);
  if (around) add(around, name, Object.keys(inside).length > 0 ? inside : text);
}

function add(into: Record<string, Value>, name: string, value: Value): void {
  const before = into[name];
  into[name] = before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value];
}

const unescaped = (text: string): string =>
  text
    .replace(/&#(x?)([\da-f]+);/gi, (_, hex, code) => String.fromCodePoint(Number.parseInt(code, hex ? 16 : 10)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
