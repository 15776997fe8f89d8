import type { Template } from '../../compiler/emit/emit.ts';
import type { StackState } from '../aws/stacks.ts';
import { outputOf } from '../bucket.ts';
import type { Shipment } from '../shipment.ts';
import type { Target } from '../target.ts';

/** What stands of each stack, as far as it is known by now. */
export type States = ReadonlyMap<string, StackState | undefined>;

/** The values that earlier stacks hand to one; nothing where one of them has none yet. */
export function handedTo({ handed = {} }: Target, states: States): Readonly<Record<string, string>> | undefined {
  const values: Record<string, string> = {};
  for (const [parameter, { stack, output }] of Object.entries(handed)) {
    const value = outputOf(states.get(stack), output);
    if (value === undefined) return undefined;
    values[parameter] = value;
  }
  return values;
}

/** A shipment with the values of its parameters. */
export function withGiven(shipment: Shipment, given: Readonly<Record<string, string>>): Shipment {
  return { ...shipment, target: { ...shipment.target, given: { ...shipment.target.given, ...given } } };
}

/** A shipment with another template. */
export function withTemplate(shipment: Shipment, template: Template): Shipment {
  return { ...shipment, target: { ...shipment.target, template } };
}
