import type { Document, Entry, Mapping } from '../compiler/parse/document.ts';
import type { Place, SourceText } from '../compiler/text/source-text.ts';
import { nearest } from '../compiler/text/suggest.ts';
import { kinds } from '../schema/system.ts';

/** A name the files give to something: a thing of a section, a value, a parameter, a raw resource. */
export interface Declared {
  readonly section: string;
  readonly name: string;
  readonly place: Place;
  readonly entry: Entry;
}

/** Sections whose keys `$(…)` names together with the section. */
export const QUALIFIED = ['values', 'parameters', 'resources'] as const;

const SECTIONS: ReadonlySet<string> = new Set([...Object.keys(kinds), ...QUALIFIED]);

/** Everything the files of a system declare. */
export class Declarations {
  readonly all: readonly Declared[];

  /** `sources` are the files as they are written: of a damaged one the tree has lost names that its lines still show. */
  constructor(documents: readonly Document[], sources: readonly SourceText[] = []) {
    const inTrees = documents.flatMap(({ root }) =>
      [...SECTIONS].flatMap((section) => entriesOf(root, section).map((entry) => declared(section, entry))),
    );
    const known = new Set(inTrees.map(({ section, name }) => `${section}.${name}`));
    const inLines = sources.flatMap(entriesInLines).filter(({ section, name }) => !known.has(`${section}.${name}`));
    this.all = [...inTrees, ...inLines];
  }

  of(sections: readonly string[]): readonly Declared[] {
    return this.all.filter(({ section }) => sections.includes(section));
  }

  /** What a name stands for where one of these sections is meant: `orders`, or `streams.orders`. */
  find(written: string, sections: readonly string[]): Declared | undefined {
    const at = written.indexOf('.');
    const [section, name] = at === -1 ? [undefined, written] : [written.slice(0, at), written.slice(at + 1)];
    return this.all.find((one) => one.name === name && (section === undefined ? sections.includes(one.section) : one.section === section));
  }

  /** The name as it must be written where one of these sections is meant. */
  spelt({ section, name }: Declared, sections: readonly string[]): string {
    const namesakes = new Set(this.all.filter((one) => one.name === name && sections.includes(one.section)).map((one) => one.section));
    return namesakes.size > 1 ? `${section}.${name}` : name;
  }
}

/** The sections whose things have names of their own. */
export const THINGS: readonly string[] = Object.keys(kinds);

function declared(section: string, entry: Entry): Declared {
  return { section, name: entry.key, place: entry.keyPlace, entry };
}

/** The names below the headings of sections, line by line, whatever is on the lines between. */
function entriesInLines(source: SourceText): readonly Declared[] {
  const found: Declared[] = [];
  let section: string | undefined;
  let indent: number | undefined;
  for (const { 0: line, index } of source.text.matchAll(/^[^\r\n]*\S[^\r\n]*/gm)) {
    if (/^[^\s#]/.test(line)) {
      const heads = headed(line);
      // A line that is no key at all is no heading either, but damage.
      if (heads === undefined && !/^[A-Za-z$][\w-]*:/.test(line)) continue;
      section = heads;
      indent = undefined;
      continue;
    }
    const [, lead = '', key] = /^( *)([A-Za-z][A-Za-z0-9-]*):(?=\s|$)/.exec(line) ?? [];
    if (section === undefined || key === undefined) continue;
    indent ??= lead.length;
    if (lead.length !== indent) continue;
    const start = index + indent;
    const place: Place = { source, span: { start, end: start + key.length } };
    found.push(
      declared(section, { key, keyPlace: place, value: { kind: 'scalar', place, text: '', value: null, plain: true, verbatim: false } }),
    );
  }
  return found;
}

/** The section a line is the heading of, also where its word is misspelt or half typed. */
function headed(line: string): string | undefined {
  const [word = '', rest = ''] = line.replace(/\s*(#.*)?$/, '').split(/:\s*/);
  if (SECTIONS.has(word)) return rest === '' ? word : undefined;
  const letters = line.replace(/[^A-Za-z]/g, '');
  return nearest(letters, [...SECTIONS]) ?? (letters.length < 2 ? undefined : [...SECTIONS].find((one) => one.startsWith(letters)));
}

function entriesOf(root: Mapping, section: string): readonly Entry[] {
  const value = root.entries.get(section)?.value;
  return value?.kind === 'mapping' ? [...value.entries.values()] : [];
}
