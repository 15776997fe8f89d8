import type { Attribute, vpcAttributes } from '../../schema/attributes.ts';
import type { verbs } from '../../schema/access.ts';
import type { Kind } from '../../schema/system.ts';
import type { Address } from '../cloud/address.ts';
import type { Catalogue } from '../cloud/catalogue.ts';
import type { Lifetime } from '../cloud/lifetimes.ts';
import type { Acceptance, Part } from '../cloud/part.ts';
import type { Intrinsic, Value } from '../cloud/value.ts';
import type { Report } from '../diagnostics/problem.ts';
import type { Files } from '../text/files.ts';
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
  /** How long lives what it brings along (roles, functions, logs), where that is not as long as the code. */
  readonly lifetime?: Lifetime;
  /** The prefix of its IAM actions. */
  readonly service?: string;
  readonly access?: AccessOf<K>;
  /** Whether it waits for nothing that it names or holds: what needs those is made behind it. */
  standsAlone?(thing: Thing<K>): boolean;
  /** Reports what the schema alone cannot rule out. */
  verify?(thing: Thing<K>, context: Context, report: Report): void;
  /** What it needs of other things. */
  demands?(thing: Thing<K>, context: Context): readonly Demand[];
  /** Functions it makes by itself that live in the VPC. */
  members?(thing: Thing<K>, context: Context): readonly Member[];
  /** Endpoints it needs in the VPC, besides those its functions’ calls need. */
  endpoints?(thing: Thing<K>, context: Context): readonly EndpointDemand[];
  /** Functions it needs whose code eventsystem brings along. */
  shipped?(thing: Thing<K>, context: Context): readonly Shipped[];
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
  /** Where in the VPC a function must come to use it. A verb that reaches somewhere puts its function into the VPC. */
  readonly reaches?: readonly Destination[];
  /** What must be there before the function is: the set-up of a database. */
  readonly after?: readonly Address[];
}

/** Somewhere a function in the VPC connects to, that is no service of AWS. */
export type Destination =
  /** A thing behind a security group of its own. `name` is its path: `databases.ledger`. */
  | { readonly to: 'group'; readonly name: string; readonly group: Piece; readonly port: number; readonly place: Place }
  /** An address range (IPv4 or IPv6), a security group (`sg-`) or a prefix list (`pl-`) that the file names. */
  | { readonly to: 'range'; readonly range: string; readonly port: number; readonly place: Place };

/** A function in the VPC: where it goes, and what its code may call. */
export interface Member {
  readonly fn: Address<'AWS::Lambda::Function'>;
  readonly role: Address<'AWS::IAM::Role'>;
  /** How a person calls it. */
  readonly title: string;
  readonly reaches: readonly Destination[];
  /** What its code may do: each call needs a road out of the VPC. */
  readonly calls: readonly (Statement & { readonly place: Place })[];
  readonly because: Place;
  readonly path: string;
}

/** An interface endpoint that something other than a function’s call needs. */
export interface EndpointDemand {
  /** As in the endpoint’s name: `execute-api`. */
  readonly service: string;
  /** Address ranges and security groups that may use it; without any, the VPC’s range. */
  readonly from: readonly string[];
  /** What may be done through it: by anybody who comes from there, unless a principal is said. */
  readonly allows: readonly (Statement & { readonly by?: Value })[];
  /** It is a road for calls, which a NAT is as well: made as `endpoints` says. */
  readonly road?: true;
  readonly because: Place;
  readonly path: string;
}

/** The VPC, as those who live in it see it. */
export interface Network {
  readonly id: Piece;
  /** The ids of the subnets that functions and databases live in. */
  readonly subnets: readonly Piece[];
  /** How many availability zones the subnets are in; unknown where they exist already. */
  readonly zones: number | undefined;
  /** The VPC’s address range, where it is known. */
  readonly range: Piece | undefined;
  /** The security groups of a function in it. */
  groupsOf(fn: Address<'AWS::Lambda::Function'>): readonly Piece[];
}

export interface Statement {
  readonly actions: readonly string[];
  readonly on: readonly Value[];
  readonly when?: { readonly [operator: string]: { readonly [key: string]: Value } };
  readonly apart?: true;
  /** Rules of checkers that it breaks on purpose. */
  readonly accepted?: readonly Acceptance[];
}

/** What belongs to the system as a whole: the network, the template’s own sections. */
export interface SystemMeaning {
  readonly lifetime?: Lifetime;
  verify?(context: Context, report: Report): void;
  demands?(context: Context): readonly Demand[];
  members?(context: Context): readonly Member[];
  expand?(context: Context): readonly Part[];
  /** What follows from all that was made: it sees the parts of every construct. */
  follow?(parts: readonly Part[], context: Context): readonly Part[];
}

/** What every meaning may ask. */
export interface Context {
  readonly model: Model;
  readonly catalogue: Catalogue;
  /** The files of the project. */
  readonly files: Files;
  /** A text of the file as a value of the template. */
  text(text: Text): Piece;
  /** Data of the file as a value of the template. */
  data(data: Data): Value;
  /** An attribute of a thing; `part` stands for the `*` of one such as `clients.*.id`. */
  attribute(thing: Thing, attribute: string, part?: string): Piece;
  arn(thing: Thing): Piece;
  /** What others need of a thing. */
  demandsOn<K extends keyof Needs>(thing: Thing<K>): readonly Demand<K>[];
  /** Where the code of a function lies. */
  code(fn: Fn): Code;
  /** Where the code of a function lies that eventsystem brings along. */
  shipped(one: Shipped): ShippedCode;
  /** Which of these functions are needed. */
  readonly shippedNeeded: readonly Shipped[];
  /** Every function in the VPC. */
  readonly members: readonly Member[];
  /** The endpoints that things demand. */
  readonly endpointDemands: readonly EndpointDemand[];
  /** The VPC; only what lives in it may ask. */
  readonly network: Network;
}

/** A function whose code eventsystem brings along. */
export interface Shipped {
  readonly name: 'database-provider' | 'database-worker';
  /** Files of the project that travel with it. */
  readonly files: readonly Travelling[];
  /** The line that asks for it. */
  readonly place: Place;
}

/** A text that travels with code: where it lies there, and which file of the project it is. */
export interface Travelling {
  readonly path: string;
  readonly text: string;
  readonly from: string;
}

/** What tells one such function from another: its code, and what travels with it. */
export const keyOf = ({ name, files }: Shipped): string => JSON.stringify([name, ...files.map(({ path, text }) => [path, text])]);

export interface ShippedCode extends Code {
  /** A digest of the files that travel with it. */
  readonly carries: string;
}

export interface Code {
  /** Relative to the folder of artifacts: `<sha256>.zip`. */
  readonly file: string;
  readonly handler: string;
}

/** Every construct there is: what each kind of thing means, what belongs to the system as a whole, and the network. */
export interface Constructs {
  readonly things: { readonly [K in Kind]: Meaning<K> };
  readonly system: readonly SystemMeaning[];
  network(context: Omit<Context, 'network'>): Network;
  vpcAttribute(context: Context, attribute: keyof typeof vpcAttributes): Piece;
}
