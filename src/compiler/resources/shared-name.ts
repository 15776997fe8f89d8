import type { Kind } from '../../schema/system.ts';
import { spell } from '../cloud/address.ts';
import { Select, Split, type Intrinsic } from '../cloud/value.ts';
import type { Thing } from '../resolve/model.ts';

/** What can be shared between systems: where its name stands in its ARN, and the word for it in a logical id. */
const SHARED = {
  streams: { word: 'Stream', delimiter: '/', index: 1 },
  tables: { word: 'Table', delimiter: '/', index: 1 },
  queues: { word: 'Queue', delimiter: ':', index: 5 },
  topics: { word: 'Topic', delimiter: ':', index: 5 },
  buckets: { word: 'Bucket', delimiter: ':', index: 5 },
  buses: { word: 'Bus', delimiter: '/', index: 1 },
  stateMachines: { word: 'Machine', delimiter: ':', index: 6 },
  secrets: { word: 'Secret', delimiter: ':', index: 6 },
  userPools: { word: 'Pool', delimiter: '/', index: 1 },
} as const;

type SharedKind = keyof typeof SHARED;

type Named = Pick<Thing, 'kind' | 'name'>;

const of = (kind: Kind) => SHARED[kind as SharedKind];

/** The parameter of the template that holds the ARN of what another system shares. */
export function sharedParameter({ kind, name }: Named): string {
  return `${spell(name)}${of(kind).word}Shared`;
}

/** Its name, taken out of its ARN. */
export function nameInArn({ kind }: Named, arn: Intrinsic): Intrinsic {
  const { delimiter, index } = of(kind);
  return new Select(index, new Split(delimiter, arn));
}
