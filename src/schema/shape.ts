/**
 * What a shape is. It is data: `json-schema.ts` prints it as JSON Schema, `reference.ts` as prose, the compiler reads a
 * file by it, and the type checker knows the type of what it reads. The words it is made of are in `kit.ts`.
 */

declare const typed: unique symbol;
declare const named: unique symbol;
declare const interpolated: unique symbol;

/** A shape that remembers, for the type checker alone, the type of the values it describes. */
export type Shape<T = unknown> = Form & { readonly [typed]?: T };

/** What a value written in a shape is after `check`: long forms, units turned into numbers. */
export type TypeOf<S> = S extends { readonly [typed]?: infer T } ? T : never;

/** What holds names of things declared in section `K`, for the type checker alone. */
export interface Naming<K extends string> {
  readonly [named]: K;
}

/** A string that must be the name of something declared in section `K`. */
export type Name<K extends string = string> = string & Naming<K>;

/** A text in which `$(…)` may stand. */
export type Interpolated = string & { readonly [interpolated]: true };

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export type Form = Leaf | Word | Count | Flag | ObjectForm | MapForm | List | Forms | Choice | Raw;

/** What every shape may say of itself. */
interface Common {
  /** What it is, in sentences; the first stands alone. */
  readonly doc: string;
  /** AWS's name of what it becomes: `AWS::Kinesis::Stream RetentionPeriodHours`. */
  readonly aws?: string;
  /** AWS's page about it. */
  readonly page?: string;
  /** The words other people use for it: AWS, SAM, Serverless Framework, CDK. */
  readonly also?: readonly string[];
  /** The default, where the compiler picks it by circumstances and it cannot stand in `otherwise`. */
  readonly usually?: string;
  /** The name of its definition in the published schema. */
  readonly id?: string;
  readonly required?: true;
  /** Nothing is wrong without it in every case, and hardly anybody does without: editors put it into a new entry. */
  readonly asked?: true;
  readonly otherwise?: unknown;
  /** In a part laid over another: `null` removes it. */
  readonly removable?: true;
}

/** A text with a meaning of its own. `read` turns it into a value, or says what is wrong with it. */
export interface Leaf extends Common {
  readonly form: 'leaf';
  /** The source of an anchored regular expression without flags. */
  readonly pattern?: string;
  /** What a text must look like, as the end of “This is …”. */
  readonly means: string;
  readonly examples?: readonly string[];
  readonly read?: (text: string) => unknown;
  /** The way back from a value to how it is written. */
  readonly show?: (value: unknown) => string;
  readonly names?: readonly string[];
  readonly interpolated?: true;
  /** The most characters. */
  readonly max?: number;
  /** From where to where its value may go, as it is written. */
  readonly range?: string;
  /** It is the path of a file of the project, perhaps with `#` and an export behind it. */
  readonly file?: true;
  /** It is the path of something in the system file: `streams.orders`. */
  readonly way?: true;
  /** It may be the name of something of these kinds, which its meaning looks up. */
  readonly mentions?: readonly string[];
}

/** What `read` gives for a text that fits the pattern and still cannot be right. */
export class Misread {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

/** One of a few words. */
export interface Word extends Common {
  readonly form: 'word';
  readonly words: Readonly<Record<string, string>>;
}

export interface Count extends Common {
  readonly form: 'count';
  readonly from?: number;
  readonly to?: number;
  readonly fraction?: true;
}

export interface Flag extends Common {
  readonly form: 'flag';
}

export type Fields = { readonly [key: string]: Shape };

export interface ObjectForm extends Common {
  readonly form: 'object';
  readonly fields: Fields;
  /** The field that a text, a list or a flag in place of the object stands for. */
  readonly short?: Short;
  /** May be left empty: `settled:`. */
  readonly empty?: true;
  /** An object of this shape is a function: `resolve` collects it. */
  readonly function?: FunctionMark;
  /** Function settings in it hold for every function declared below it. */
  readonly settlesBelow?: true;
  /** Keys that others of its kind have and it cannot, each with the reason as the end of a sentence. */
  readonly without?: Readonly<Record<string, string>>;
}

export interface Short {
  readonly text?: string;
  readonly list?: string;
  readonly flag?: string;
}

/** Settings of a function that where it stands decides. */
export interface Settled {
  readonly architecture?: string;
  readonly memory?: number;
  readonly timeout?: number;
}

/** Where a function is declared decides what surrounds it. */
export interface FunctionMark {
  /** The setting that holds the handler; without it there is no function. */
  readonly handler: string;
  readonly timeout: number;
}

export interface MapForm extends Common {
  readonly form: 'map';
  readonly key: Leaf;
  readonly value: Shape;
  /** Its keys declare things of this kind. */
  readonly declares?: string;
  /** Its keys name things of these kinds, and a stage may add to it. */
  readonly keyNames?: readonly string[];
  /** Its keys are the author’s names for things of the system: a stage may change an entry but bring no new one. */
  readonly fixed?: true;
}

export interface List extends Common {
  readonly form: 'list';
  readonly item: Shape;
  readonly min?: number;
  readonly max?: number;
  /** One item may stand without the brackets. */
  readonly single?: true;
  /** Laid over by this key of the items instead of replaced. */
  readonly by?: string;
}

/** Told apart by the type of what is written: a text, a number, a list, a flag or an object. */
export interface Forms extends Common {
  readonly form: 'forms';
  readonly text?: Shape;
  readonly count?: Shape;
  readonly list?: Shape;
  readonly flag?: Shape;
  readonly object?: Shape;
}

/** One of several, told apart by the one key that is written: `{ stream: orders, batchSize: 10 }`. */
export interface Choice extends Common {
  readonly form: 'choice';
  readonly noun: string;
  readonly variants: Readonly<Record<string, Variant>>;
  readonly common: Fields;
  /** In a part laid over another: no variant need be named. */
  readonly open?: true;
  readonly short?: Short;
  readonly function?: FunctionMark;
  /** What else is to know of a variant, a line of Markdown each. */
  readonly facts?: (kind: never) => readonly string[];
}

export interface Variant {
  readonly value: Shape;
  readonly options: Fields;
  /** What holds for a function that it wakes, where nobody says anything. */
  readonly settles?: (written: { readonly [key: string]: unknown }) => Settled;
}

/** Anything JSON can say: raw CloudFormation, an event pattern, a policy statement. */
export interface Raw extends Common {
  readonly form: 'raw';
  readonly of: 'object' | 'any';
  /** CloudFormation intrinsics may stand in it. */
  readonly intrinsics?: true;
}

/** What may be said of a shape besides what it is. */
export type Extra = Omit<Common, 'doc' | 'required' | 'asked' | 'otherwise'>;

type Present = { readonly required: true } | { readonly otherwise: unknown };

type Always<F> = { [K in keyof F]: F[K] extends Present ? K : never }[keyof F];

/** The type of an object with these fields. */
export type FieldsOf<F> = { readonly [K in Always<F>]: TypeOf<F[K]> } & {
  readonly [K in Exclude<keyof F, Always<F>>]?: TypeOf<F[K]> | undefined;
};

export type Flat<T> = { [K in keyof T]: T[K] };
