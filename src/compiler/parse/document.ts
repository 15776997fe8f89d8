import type { Place } from '../text/source-text.ts';

/** A YAML file as a tree in which every node knows its place. Keys are texts, each once; there are no aliases and no tags. */
export type Node = Scalar | Mapping | Sequence;

export interface Scalar {
  readonly kind: 'scalar';
  readonly place: Place;
  /** What was written, quotes and escapes undone: `16.10` stays `16.10`. */
  readonly text: string;
  /** What YAML 1.2 takes it for. */
  readonly value: string | number | boolean | null;
  /** Written without quotes, so that its value may be another than its text. */
  readonly plain: boolean;
  /** The characters of `text` stand one by one in the place (inside its quotes). */
  readonly verbatim: boolean;
}

export interface Mapping {
  readonly kind: 'mapping';
  readonly place: Place;
  readonly entries: ReadonlyMap<string, Entry>;
}

export interface Entry {
  readonly key: string;
  readonly keyPlace: Place;
  readonly value: Node;
}

export interface Sequence {
  readonly kind: 'sequence';
  readonly place: Place;
  readonly items: readonly Node[];
}

export interface Document {
  readonly place: Place;
  /** The file’s top: sections by name. */
  readonly root: Mapping;
}
