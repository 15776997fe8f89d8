import type { Attribute } from '../../schema/attributes.ts';
import type { verbs } from '../../schema/access.ts';
import type { Kind } from '../../schema/system.ts';
import type { Catalogue } from '../cloud/catalogue.ts';
import type { Part } from '../cloud/part.ts';
import type { Intrinsic, Value } from '../cloud/value.ts';
import type { Report } from '../diagnostics/problem.ts';
import type { Data, Fn, Model, Text, Thing } from '../resolve/model.ts';
import type { Place } from '../text/source-text.ts';
import type { Demand, Needs } from './demand.ts';

/** A text, or something computed that stands for one. */
export type Piece = string | Intrinsic;

/** What the compiler knows about one kind of thing. */
export interface Meaning<K extends Kind> {
  readonly attributes: { readonly [A in Attribute<K>]: (thing: Thing<K>, context: Context, part: string) => Piece };
  /** Its ARN: what a grant is on. */
  readonly arn?: (thing: Thing<K>, context: Context) => Piece;
  /** The prefix of its IAM actions. */
  readonly service?: string;
  readonly access?: AccessOf<K>;
  /** Reports what the schema alone cannot rule out. */
  verify?(thing: Thing<K>, context: Context, report: Report): void;
  /** What it needs of other things. */
  demands?(thing: Thing<K>, context: Context): readonly Demand[];
  /** What it becomes. It cannot fail: all that can be wrong was reported before. */
  expand(thing: Thing<K>, context: Context): readonly Part[];
}

/** What each verb of `access` gives. */
export type AccessOf<K extends Kind> = K extends keyof typeof verbs
  ? { readonly [V in keyof (typeof verbs)[K]]: (thing: Thing<K>, use: Use, context: Context) => Allowance }
  : undefined;

/** The use of a verb: by whom, and limited to what. */
export interface Use {
  readonly fn: Fn;
  readonly limit: string | undefined;
  readonly place: Place;
}

/** What a verb gives a function. */
export interface Allowance {
  readonly statements: readonly Statement[];
  readonly variables?: readonly { readonly name: string; readonly value: Value }[];
  /** What the thing must have for it. */
  readonly needs?: readonly Needs[keyof Needs][];
  /** The function must be in the VPC to use it. */
  readonly inVpc?: true;
}

export interface Statement {
  readonly actions: readonly string[];
  readonly on: readonly Value[];
  readonly when?: { readonly [operator: string]: { readonly [key: string]: Value } };
  readonly apart?: true;
}

/** What belongs to the system as a whole: the network, the template’s own sections. */
export interface SystemMeaning {
  verify?(context: Context, report: Report): void;
  demands?(context: Context): readonly Demand[];
  expand?(context: Context): readonly Part[];
}

/** What every meaning may ask. */
export interface Context {
  readonly model: Model;
  readonly catalogue: Catalogue;
  /** A text of the file as a value of the template. */
  text(text: Text): Piece;
  /** Data of the file as a value of the template. */
  data(data: Data): Value;
  /** An attribute of a thing. */
  attribute(thing: Thing, attribute: string): Piece;
  arn(thing: Thing): Piece;
  /** What others need of a thing. */
  demandsOn<K extends keyof Needs>(thing: Thing<K>): readonly Demand<K>[];
  /** Where the code of a function lies. */
  code(fn: Fn): Code;
}

export interface Code {
  /** Relative to the folder of artifacts: `<sha256>.zip`. */
  readonly file: string;
  readonly handler: string;
}
