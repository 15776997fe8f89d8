import type { Catalogue } from '../cloud/catalogue.ts';
import { account, Parameter, partition, RawReference, region, stackName, text as piecesOf, type Value } from '../cloud/value.ts';
import type { Kind } from '../../schema/system.ts';
import type { Data, Fn, Model, Reference, Text, Thing } from '../resolve/model.ts';
import type { Files } from '../text/files.ts';
import { SourceText } from '../text/source-text.ts';
import type { Demand, Needs } from './demand.ts';
import {
  keyOf,
  type Code,
  type Constructs,
  type Context,
  type EndpointDemand,
  type Meaning,
  type Member,
  type Network,
  type Piece,
  type Shipped,
  type ShippedCode,
} from './meaning.ts';
import { isWhole } from './whole.ts';
import { sharedParameter } from './shared-name.ts';

/** Where code lies, once it is bundled. */
export interface CodeOf {
  code(fn: Fn): Code;
  shipped(one: Shipped): ShippedCode;
}

export interface Surroundings {
  readonly model: Model;
  readonly constructs: Constructs;
  readonly catalogue: Catalogue;
  readonly files: Files;
  /** Before the handlers are bundled nobody may ask where their code is. */
  readonly code?: CodeOf;
}

/** What every meaning may ask, about one system. */
export function contextOf(surroundings: Surroundings): Context {
  return new SystemContext(surroundings);
}

class SystemContext implements Context {
  readonly model: Model;
  readonly catalogue: Catalogue;
  readonly files: Files;
  readonly #constructs: Constructs;
  readonly #code: CodeOf | undefined;
  #whole: readonly Thing[] | undefined;
  #demands: readonly Demand[] | undefined;
  #members: readonly Member[] | undefined;
  #endpointDemands: readonly EndpointDemand[] | undefined;
  #network: Network | undefined;

  constructor({ model, constructs, catalogue, files, code }: Surroundings) {
    this.model = model;
    this.catalogue = catalogue;
    this.files = files;
    this.#constructs = constructs;
    this.#code = code;
  }

  text({ segments }: Text): Piece {
    return piecesOf(...segments.map((segment) => (typeof segment === 'string' ? segment : this.#referred(segment))));
  }

  data(data: Data): Value {
    if (isText(data)) return this.text(data);
    if (Array.isArray(data)) return data.map((item: Data) => this.data(item));
    if (typeof data !== 'object' || data === null) return data;
    return Object.fromEntries(Object.entries(data).map(([key, item]) => [key, this.data(item as Data)]));
  }

  attribute(thing: Thing, attribute: string, part = ''): Piece {
    // What was refused has no attributes; nothing is made of the system then.
    if (thing.written.broken) return '';
    const meaning = this.#meaning(thing);
    // Whether the kind has the attribute was checked when the reference was resolved.
    const table = meaning.attributes as Readonly<Record<string, (thing: Thing, context: Context, part: string) => Piece>>;
    return table[attribute]?.(thing, this, part) ?? '';
  }

  arn(thing: Thing): Piece {
    return thing.written.broken ? '' : (this.#meaning(thing).arn?.(thing, this) ?? '');
  }

  demandsOn<K extends keyof Needs>(thing: Thing<K>): readonly Demand<K>[] {
    this.#demands ??= [
      ...this.#things.flatMap((one) => this.#meaning(one).demands?.(one, this) ?? []),
      ...this.#constructs.system.flatMap((one) => one.demands?.(this) ?? []),
    ];
    return this.#demands.filter(({ on }) => on === thing) as readonly Demand[] as readonly Demand<K>[];
  }

  get members(): readonly Member[] {
    this.#members ??= [
      ...this.#things.flatMap((one) => this.#meaning(one).members?.(one, this) ?? []),
      ...this.#constructs.system.flatMap((one) => one.members?.(this) ?? []),
    ];
    return this.#members;
  }

  get endpointDemands(): readonly EndpointDemand[] {
    this.#endpointDemands ??= this.#things.flatMap((one) => this.#meaning(one).endpoints?.(one, this) ?? []);
    return this.#endpointDemands;
  }

  get shippedNeeded(): readonly Shipped[] {
    const all = this.#things.flatMap((one) => this.#meaning(one).shipped?.(one, this) ?? []);
    // The first line that asks for one is the one that is told of.
    return [...new Map(all.toReversed().map((one) => [keyOf(one), one])).values()].toReversed();
  }

  get network(): Network {
    this.#network ??= this.#constructs.network(this);
    return this.#network;
  }

  code(fn: Fn): Code {
    if (!this.#code) throw new Error('Code is asked for before it is bundled.');
    return this.#code.code(fn);
  }

  shipped(one: Shipped): ShippedCode {
    if (!this.#code) throw new Error('Code is asked for before it is bundled.');
    return this.#code.shipped(one);
  }

  /** Things that are whole: what is wrong with the others was reported. */
  get #things(): readonly Thing[] {
    this.#whole ??= this.model.things.filter((thing) => isWhole(thing));
    return this.#whole;
  }

  #meaning<K extends Kind>(thing: Thing<K>): Meaning<K> {
    return this.#constructs.things[thing.kind];
  }

  #referred(reference: Reference): Piece {
    switch (reference.to) {
      case 'thing':
        return this.attribute(reference.thing, reference.attribute, reference.part);
      case 'vpc':
        return this.#constructs.vpcAttribute(this, reference.attribute);
      case 'pseudo':
        return { region, account, partition, stack: stackName }[reference.attribute];
      case 'parameter':
        return new Parameter(reference.name);
      case 'shared':
        return new Parameter(sharedParameter(reference.thing));
      case 'resource':
        return new RawReference(reference.name, reference.attribute);
    }
  }
}

function isText(data: Data): data is Text {
  if (typeof data !== 'object' || data === null || !('segments' in data) || !('place' in data)) return false;
  const { place } = data;
  return typeof place === 'object' && place !== null && 'source' in place && place.source instanceof SourceText;
}
