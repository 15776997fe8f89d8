import type { Address } from './address.ts';

/** Anything that can stand in a template: JSON, and in it what CloudFormation computes. */
export type Value = string | number | boolean | null | Intrinsic | readonly Value[] | { readonly [key: string]: Value };

/** What CloudFormation computes: kept apart from data, so that no data is ever taken for it. */
export type Intrinsic = Ref | Attribute | Pseudo | Parameter | Join | If | Select | Split | Zones | RawReference;

/** The identity of a resource: what `Ref` gives. */
export class Ref {
  readonly kind = 'ref';
  readonly to: Address;
  constructor(to: Address) {
    this.to = to;
  }
}

/** An attribute of a resource: what `Fn::GetAtt` gives. */
export class Attribute {
  readonly kind = 'attribute';
  readonly of: Address;
  readonly name: string;
  constructor(of: Address, name: string) {
    this.of = of;
    this.name = name;
  }
}

/** A pseudo parameter: `AWS::Region`. */
export class Pseudo {
  readonly kind = 'pseudo';
  readonly name: 'Region' | 'AccountId' | 'Partition' | 'StackName' | 'URLSuffix' | 'NoValue' | 'StackId';
  constructor(name: Pseudo['name']) {
    this.name = name;
  }
}

/** A parameter of the template. */
export class Parameter {
  readonly kind = 'parameter';
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** Texts and computed parts in a row. */
export class Join {
  readonly kind = 'join';
  readonly parts: readonly (string | Intrinsic)[];
  readonly delimiter: string;
  constructor(parts: readonly (string | Intrinsic)[], delimiter = '') {
    this.parts = parts;
    this.delimiter = delimiter;
  }
}

export class If {
  readonly kind = 'if';
  readonly condition: string;
  readonly met: Value;
  readonly otherwise: Value;
  constructor(condition: string, met: Value, otherwise: Value) {
    this.condition = condition;
    this.met = met;
    this.otherwise = otherwise;
  }
}

export class Select {
  readonly kind = 'select';
  readonly index: number;
  readonly from: Split | Zones;
  constructor(index: number, from: Split | Zones) {
    this.index = index;
    this.from = from;
  }
}

export class Split {
  readonly kind = 'split';
  readonly delimiter: string;
  readonly text: Value;
  constructor(delimiter: string, text: Value) {
    this.delimiter = delimiter;
    this.text = text;
  }
}

/** The availability zones of the region. */
export class Zones {
  readonly kind = 'zones';
}

/** A resource of the section `resources`, by its own logical id. */
export class RawReference {
  readonly kind = 'raw';
  readonly id: string;
  readonly attribute: string | undefined;
  constructor(id: string, attribute: string | undefined) {
    this.id = id;
    this.attribute = attribute;
  }
}

const intrinsics = [Ref, Attribute, Pseudo, Parameter, Join, If, Select, Split, Zones, RawReference] as const;

export function isIntrinsic(value: unknown): value is Intrinsic {
  return intrinsics.some((one) => value instanceof one);
}

export const region = new Pseudo('Region');
export const account = new Pseudo('AccountId');
export const partition = new Pseudo('Partition');
export const stackName = new Pseudo('StackName');
export const urlSuffix = new Pseudo('URLSuffix');
export const noValue = new Pseudo('NoValue');

export const ref = (to: Address): Ref => new Ref(to);
export const attribute = (of: Address, name: string): Attribute => new Attribute(of, name);

type Piece = string | Intrinsic;

/** A text of pieces; one literal where nothing in it is computed. */
export function text(...pieces: readonly Piece[]): string | Intrinsic {
  const flat: Piece[] = [];
  for (const piece of pieces.flatMap((one) => (one instanceof Join && one.delimiter === '' ? one.parts : [one]))) {
    const last = flat.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') flat[flat.length - 1] = last + piece;
    else if (piece !== '') flat.push(piece);
  }
  const [only] = flat;
  if (only === undefined) return '';
  return flat.length === 1 ? only : new Join(flat);
}

/** `text` as a template: text`arn:${partition}:s3:::${bucket}`. */
export function joined(strings: readonly string[], ...values: readonly Piece[]): string | Intrinsic {
  return text(...strings.flatMap((literal, index) => [literal, ...(index < values.length ? [values[index] ?? ''] : [])]));
}

/** An ARN in this account and region. */
export function arn(
  service: string,
  resource: Piece,
  { in: where = region, of = account }: { in?: Piece; of?: Piece } = {},
): string | Intrinsic {
  return text('arn:', partition, ':', service, ':', where, ':', of, ':', resource);
}

/** Every address a value mentions. */
export function addressesIn(value: Value): readonly Address[] {
  if (value instanceof Ref) return [value.to];
  if (value instanceof Attribute) return [value.of];
  if (value instanceof Join) return value.parts.flatMap((part) => addressesIn(part));
  if (value instanceof If) return [...addressesIn(value.met), ...addressesIn(value.otherwise)];
  if (value instanceof Select) return addressesIn(value.from);
  if (value instanceof Split) return addressesIn(value.text);
  if (Array.isArray(value)) return value.flatMap(addressesIn);
  if (typeof value === 'object' && value !== null && !isIntrinsic(value)) return Object.values(value).flatMap(addressesIn);
  return [];
}
