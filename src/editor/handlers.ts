import { fileBeside } from '../compiler/resources/exports.ts';
import type { Files } from '../compiler/text/files.ts';

/** An export of a handler’s file, as its text shows it. */
export interface Exported {
  readonly name: string;
  /** Where its name stands. */
  readonly start: number;
  readonly end: number;
  /** The line that declares it. */
  readonly line: string;
  /** Where it is handed on from, and its name there. */
  readonly from?: { readonly way: string; readonly name: string };
}

const FORMS: readonly RegExp[] = [
  /(?:^|;[ \t]*)export\s+(?:declare\s+)?(?:async\s+)?function\s*\*?\s*([\w$]+)/gm,
  /(?:^|;[ \t]*)export\s+(?:const|let|var|class)\s+([\w$]+)/gm,
  /^(?:module\.)?exports\.([\w$]+)\s*=/gm,
  /(?:^|;[ \t]*)export\s+(default)\b/gm,
  /^module\.(exports)\s*=/gm,
];

/** What a file exports at its top; types are nothing a handler can be. */
export function exportsOf(text: string): readonly Exported[] {
  const found = FORMS.flatMap((form) =>
    [...text.matchAll(form)].map((match) => exported(text, match[1] ?? '', match.index + match[0].lastIndexOf(match[1] ?? ''))),
  );
  const lists = [...text.matchAll(/(?:^|;[ \t]*)export\s*\{([^}]*)\}(?:\s*from\s*['"](\.[^'"]*)['"])?/gm)].flatMap((match) =>
    [...(match[1] ?? '').matchAll(/(?:^|,)\s*(?!type\s)(?:([\w$]+)\s+as\s+)?([\w$]+)\s*(?=,|$)/g)].map((item) => {
      const [, inner, name = ''] = item;
      const one = exported(text, name, match.index + match[0].indexOf('{') + 1 + item.index + item[0].lastIndexOf(name));
      return match[2] === undefined ? one : { ...one, from: { way: match[2], name: inner ?? name } };
    }),
  );
  const byName = new Map([...found, ...lists].map((one) => [one.name, one]));
  return [...byName.values()].sort((a, b) => a.start - b.start);
}

function exported(text: string, name: string, start: number): Exported {
  const from = text.lastIndexOf('\n', start) + 1;
  const to = text.indexOf('\n', start);
  const line = text.slice(from, to === -1 ? text.length : to).trim();
  return { name: name === 'exports' ? 'default' : name, start, end: start + name.length, line: line.replace(/\s*\{?\s*$/, '') };
}

/** A handler as it is written: the file, and the export where one is named. */
export function handlerIn(written: string): { readonly file: string; readonly name: string | undefined } {
  const at = written.indexOf('#');
  return at === -1 ? { file: written, name: undefined } : { file: written.slice(0, at), name: written.slice(at + 1) };
}

/** The export that is the handler. */
export function handlerOf(exports: readonly Exported[], name: string | undefined): Exported | undefined {
  const wanted = name === undefined ? ['default', 'handler'] : [name];
  return wanted.map((one) => exports.find((known) => known.name === one)).find((one) => one !== undefined);
}

/** An export where it is written, whatever files hand it on. */
export interface Written {
  readonly file: string;
  readonly text: string;
  readonly exported: Exported | undefined;
}

/** How many files may hand an export on. */
const FURTHEST = 5;

/** Where the handler is that a file exports under a name: in that file, or in one that it takes it from. */
export function writtenIn(file: string, name: string | undefined, files: Files, further = FURTHEST): Written | undefined {
  const found = files.read(file);
  if (!('text' in found)) return undefined;
  const { text } = found;
  const exported = handlerOf(exportsOf(text), name);
  const ways = exported?.from ? [exported.from] : exported ? [] : handingAll(text).map((way) => ({ way, name }));
  for (const one of further > 0 ? ways : []) {
    const next = fileBeside(file, one.way, files);
    const written = next === undefined ? undefined : writtenIn(next, one.name, files, further - 1);
    if (written?.exported) return written;
  }
  return { file, text, exported };
}

/** The files all of whose exports a file hands on. */
function handingAll(text: string): readonly string[] {
  return [...text.matchAll(/(?:^|;[ \t]*)export\s*\*\s*from\s*['"](\.[^'"]*)['"]/gm)].map(([, way = '']) => way);
}
