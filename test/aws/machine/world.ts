import type { Tree } from '../tree.ts';

/** A thing that really exists, whoever made it. */
export interface Thing {
  readonly type: string;
  readonly region: string;
  /** Its primary identifier, parts joined by `|`. */
  readonly identifier: string;
  readonly physicalId: string;
  /** As it is: drift changes these. */
  properties: Tree;
  attributes: Readonly<Record<string, string>>;
  /** The stack that has it; nobody’s when it was retained or made by hand. */
  stackId: string | undefined;
}

export interface Snapshot {
  readonly type: string;
  readonly physicalId: string;
  readonly at: Date;
  readonly arn: string;
}

/** What exists in the account. */
export class World {
  readonly #things = new Map<string, Thing>();
  readonly snapshots: Snapshot[] = [];

  add(thing: Thing): Thing {
    this.#things.set(keyOf(thing), thing);
    return thing;
  }

  remove(thing: Pick<Thing, 'region' | 'type' | 'identifier'>): void {
    this.#things.delete(keyOf(thing));
  }

  /** By its identifier. */
  find(region: string, type: string, identifier: string): Thing | undefined {
    return this.#things.get(keyOf({ region, type, identifier }));
  }

  /** By what `Ref` gives. */
  named(region: string, type: string, physicalId: string): Thing | undefined {
    return this.all().find((thing) => thing.region === region && thing.type === type && thing.physicalId === physicalId);
  }

  all(): readonly Thing[] {
    return [...this.#things.values()];
  }

  /** What no stack has. */
  orphans(): readonly Thing[] {
    return this.all().filter(({ stackId }) => stackId === undefined);
  }
}

const keyOf = ({ region, type, identifier }: Pick<Thing, 'region' | 'type' | 'identifier'>): string => `${region} ${type} ${identifier}`;
