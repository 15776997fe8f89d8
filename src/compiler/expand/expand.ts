import type { Kind } from '../../schema/system.ts';
import type { Lifetime } from '../cloud/lifetimes.ts';
import type { Part } from '../cloud/part.ts';
import type { Thing } from '../resolve/model.ts';
import type { Constructs, Context } from '../resources/meaning.ts';

/** What the system becomes: every construct’s parts, in the order of kinds and names. It cannot fail. */
export function expand({ things, system }: Constructs, context: Context): readonly Part[] {
  const expandThing = <K extends Kind>(thing: Thing<K>) => lasting(things[thing.kind], things[thing.kind].expand(thing, context));
  const ordered = (Object.keys(things) as Kind[]).flatMap((kind): readonly Thing[] => context.model.all(kind));
  const parts = [
    ...system.flatMap((meaning) => lasting(meaning, meaning.expand?.(context) ?? [])),
    ...ordered.flatMap((thing) => expandThing(thing)),
  ];
  return [...parts, ...system.flatMap((meaning) => meaning.follow?.(parts, context) ?? [])];
}

/** Parts that live as long as their construct says. */
function lasting({ lifetime }: { readonly lifetime?: Lifetime }, parts: readonly Part[]): readonly Part[] {
  return lifetime === undefined ? parts : parts.map((part) => ({ ...part, lifetime }));
}
