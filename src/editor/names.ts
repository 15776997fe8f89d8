import type { Document, Entry, Mapping } from '../compiler/parse/document.ts';
import type { Place } from '../compiler/text/source-text.ts';
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

/** Everything the files of a system declare. */
export class Declarations {
  readonly all: readonly Declared[];

  constructor(documents: readonly Document[]) {
    const sections = [...Object.keys(kinds), ...QUALIFIED];
    this.all = documents.flatMap(({ root }) =>
      sections.flatMap((section) => entriesOf(root, section).map((entry) => ({ section, name: entry.key, place: entry.keyPlace, entry }))),
    );
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

function entriesOf(root: Mapping, section: string): readonly Entry[] {
  const value = root.entries.get(section)?.value;
  return value?.kind === 'mapping' ? [...value.entries.values()] : [];
}
