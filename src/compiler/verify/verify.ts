import type { Report } from '../diagnostics/problem.ts';
import type { Kind } from '../../schema/system.ts';
import type { Thing } from '../resolve/model.ts';
import type { Constructs, Context } from '../resources/meaning.ts';
import { isWhole } from '../resources/whole.ts';
import { verifyCircles } from './circles.ts';

/** Asks every construct what is wrong with its part of the system that no schema can say. Reports, and changes nothing. */
export function verify({ things, system }: Constructs, context: Context, report: Report): void {
  const verifyThing = <K extends Kind>(thing: Thing<K>) => things[thing.kind].verify?.(thing, context, report);
  // What stands in something broken was reported; what follows from it is not.
  for (const thing of context.model.things) if (isWhole(thing)) verifyThing(thing);
  for (const meaning of system) meaning.verify?.(context, report);
  const standsAlone = <K extends Kind>(thing: Thing<K>) => !thing.written.broken && things[thing.kind].standsAlone?.(thing) === true;
  verifyCircles(context.model, standsAlone, report);
}
