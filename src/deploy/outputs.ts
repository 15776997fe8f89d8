import type { StackState } from './aws/stacks.ts';

/** What a stack tells, by name. */
export function outputsOf({ Outputs: outputs = [] }: StackState): Readonly<Record<string, string>> {
  return Object.fromEntries(
    outputs.map(({ OutputKey: name = '', OutputValue: value = '' }) => [name, value] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
