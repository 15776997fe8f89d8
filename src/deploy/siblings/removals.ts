import type { Template } from '../../compiler/emit/emit.ts';
import type { Json } from '../../compiler/emit/render.ts';
import { askedIn } from '../../compiler/emit/stacks/references.ts';
import { withTemplate } from './handed.ts';
import { anew, type Leg } from './legs.ts';

/** A stack takes no more. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MOST = 500;

/**
 * The way of a deployment with what goes from a stack taken away at the end, what was deployed last first: later stacks still use it
 * when its own is deployed. A security group goes only when no function is in it any more.
 */
export function removalsLast<L extends Leg>(legs: readonly L[]): { readonly first: readonly L[]; readonly last: readonly L[] } {
  const last: L[] = [];
  const first = legs.map((leg, index) => {
    const kept = index === legs.length - 1 ? undefined : keeping(leg.standing.template, leg.shipment.target.template);
    if (!kept) return leg;
    last.unshift({ ...leg, run: anew(leg.run), standing: { ...leg.standing, template: kept }, after: true });
    return { ...leg, shipment: withTemplate(leg.shipment, kept) };
  });
  return { first, last };
}

/** A template with what it no longer has, as it stood; nothing where it has all that stood. */
function keeping(before: Template | undefined, now: Template): Template | undefined {
  const gone = Object.entries(before?.Resources ?? {}).filter(([id]) => !Object.hasOwn(now.Resources, id));
  if (!before || gone.length === 0 || gone.length + Object.keys(now.Resources).length > MOST) return undefined;
  const old = Object.fromEntries(gone);
  const text = JSON.stringify(gone);
  const conditions = merged(before.Conditions, now.Conditions, (name) => text.includes(`"${name}"`));
  const asked = new Set(askedIn([old, conditions] as unknown as Json).map(({ id }) => id));
  const parameters = merged(before.Parameters, now.Parameters, (name) => asked.has(name));
  const outputs = merged(before.Outputs, now.Outputs, (_, output) => askedIn(output).some(({ id }) => Object.hasOwn(old, id)));
  return {
    ...now,
    ...(Object.keys(parameters).length > 0 && { Parameters: parameters }),
    ...(Object.keys(conditions).length > 0 && { Conditions: conditions }),
    Resources: merged(before.Resources, now.Resources, (id) => Object.hasOwn(old, id)),
    ...(Object.keys(outputs).length > 0 && { Outputs: outputs }),
  };
}

type Section<T> = { readonly [name: string]: T };

/** What is now, and what was where it is kept; in the order it had, so that what has not changed is the same text. */
function merged<T>(before: Section<T> = {}, now: Section<T> = {}, kept: (name: string, one: T) => boolean): Section<T> {
  const had = Object.entries(before).flatMap(([name, one]) => {
    const here = Object.hasOwn(now, name) ? now[name] : kept(name, one) ? one : undefined;
    return here === undefined ? [] : [[name, here] as const];
  });
  return { ...Object.fromEntries(had), ...now };
}
