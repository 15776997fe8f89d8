import type { Attribute, pseudo, vpcAttributes } from '../../schema/attributes.ts';
import type { functionSettings, ownSettings } from '../../schema/function.ts';
import type { HandlerPath } from '../../schema/handlers.ts';
import type { FieldsOf, Interpolated, Json, Keyed, Name } from '../../schema/kit.ts';
import type { Entry, Kind, System } from '../../schema/system.ts';
import type { Written } from '../check/written.ts';
import type { Report } from '../diagnostics/problem.ts';
import type { Place } from '../text/source-text.ts';

/** The same settings, with every name replaced by the thing it names and every `$(…)` by what it refers to. */
export type Resolved<T> =
  T extends Keyed<infer K extends Kind, infer V>
    ? readonly KeyedEntry<K, Resolved<V>>[]
    : T extends Name<infer K extends Kind>
      ? Thing<K>
      : T extends Interpolated
        ? Text
        : T extends string | number | boolean | null | undefined
          ? T
          : Json extends T
            ? Data
            : T extends readonly (infer U)[]
              ? readonly Resolved<U>[]
              : { readonly [P in keyof T]: Resolved<T[P]> };

/** An entry of a map whose keys are names. */
export interface KeyedEntry<K extends Kind = Kind, V = unknown> {
  readonly thing: Thing<K>;
  readonly key: Place;
  readonly written: Written<V>;
}

/** Something the file declares by name. */
export interface Thing<K extends Kind = Kind> {
  readonly kind: K;
  /** What its resources are named by: what the file called it first. */
  readonly name: string;
  /** What the file calls it now, and the code that uses it. */
  readonly called: string;
  /** Where its name stands. */
  readonly place: Place;
  /** Its path in the file: `streams.orders`. */
  readonly path: string;
  readonly written: Written<Settings<K>>;
  readonly settings: Settings<K>;
}

export type Settings<K extends Kind> = Resolved<Entry<K>>;

/** Text with references in it: never pasted into a string that CloudFormation would interpret. */
export interface Text {
  readonly segments: readonly (string | Reference)[];
  readonly place: Place;
}

/** What a `$(…)` refers to. */
export type Reference = { readonly place: Place } & (
  | ThingReference
  | { readonly to: 'vpc'; readonly attribute: keyof typeof vpcAttributes }
  | { readonly to: 'pseudo'; readonly attribute: keyof typeof pseudo }
  | { readonly to: 'parameter'; readonly name: string }
  /** What another system shares: an ARN. */
  | { readonly to: 'shared'; readonly thing: Pick<Thing, 'kind' | 'name'> }
  | { readonly to: 'resource'; readonly name: string; readonly attribute: string | undefined }
);

export interface ThingReference<K extends Kind = Kind> {
  readonly to: 'thing';
  readonly thing: Thing<K>;
  readonly attribute: Attribute<K>;
  /** What stands for the `*` of an attribute such as `clients.*.id`. */
  readonly part?: string;
}

/** JSON in which texts may hold references. */
export type Data = string | number | boolean | null | Text | readonly Data[] | { readonly [key: string]: Data };

type Shared = Omit<FieldsOf<typeof functionSettings> & FieldsOf<typeof ownSettings>, keyof BuiltIn>;

/** The settings every function has, whatever was written. */
export interface BuiltIn {
  readonly runtime: 'nodejs24.x' | 'nodejs22.x';
  readonly architecture: 'arm64' | 'x86_64';
  readonly memory: number;
  readonly timeout: number;
  readonly recursion: 'terminate' | 'allow';
}

export type FunctionSettings = Omit<Resolved<Shared> & BuiltIn, 'runtime'> & {
  /** Of a function built elsewhere any that Lambda has. */
  readonly runtime: string;
};

/** The code of a function: a source file, or a zip that something else built. */
export interface HandlerCode extends HandlerPath {
  readonly entry?: string;
}

/** A function, wherever it was declared: in a section, in a route, in an authorizer. */
export interface Fn {
  /** The thing it stands in. */
  readonly owner: Thing;
  /** The keys that lead to it inside of its owner: the route. */
  readonly within: readonly string[];
  /** A name of its own, for a function in a route. */
  readonly named: string | undefined;
  /** How a person calls it: `settle`, `GET /orders/{id} of shop`. */
  readonly title: string;
  readonly path: string;
  readonly place: Place;
  readonly handler: HandlerCode;
  readonly handlerPlace: Place;
  readonly settings: FunctionSettings;
  readonly written: Written<FunctionSettings>;
}

/** The system for one stage: every name replaced by what it names, every default in. */
export interface Model {
  readonly name: string;
  readonly stage: string;
  /** The name of the stack: `shop-dev`. */
  readonly stack: string;
  readonly region: string | undefined;
  readonly account: string | undefined;
  readonly protected: boolean;
  /** The controls that cost are on: each construct’s own defaults. */
  readonly strict: boolean;
  readonly root: Written<Resolved<System>>;
  readonly settings: Resolved<System>;
  /** Things of one kind, by name, in the order of their names. */
  all<K extends Kind>(kind: K): readonly Thing<K>[];
  readonly things: readonly Thing[];
  /** Every function, in the order of their paths. */
  readonly functions: readonly Fn[];
  /** Every `$(…)` of the system, for what must not go in circles. */
  /** A text of another file of the project, with what its `$(…)` stand for. */
  refer(written: string, place: Place, report: Report): Text | undefined;
  readonly references: readonly {
    readonly from: Written;
    readonly owner: Thing | undefined;
    readonly within: string;
    readonly reference: Reference;
  }[];
}
