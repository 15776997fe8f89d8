import { HANDED_OVER } from '../compiler/emit/stacks/hand-over.ts';
import type { StackState } from './aws/stacks.ts';

/** What a stack tells people, by name; not what it hands to other stacks. */
export function outputsOf({ Outputs: outputs = [] }: StackState): Readonly<Record<string, string>> {
  return Object.fromEntries(
    outputs
      .filter(({ Description: said }) => said !== HANDED_OVER)
      .map(({ OutputKey: name = '', OutputValue: value = '' }) => [name, value] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
