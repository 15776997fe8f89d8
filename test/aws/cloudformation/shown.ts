import type { Made } from '../machine/stack.ts';
import type { Tree } from '../tree.ts';

export const isSecret = (made: Made, name: string): boolean => {
  const { NoEcho } = made.template.Parameters[name] ?? { NoEcho: false };
  return NoEcho === true || NoEcho === 'true';
};

/** Parameters as every answer shows them: what is not to be echoed is stars. */
export const parametersShown = (made: Made | undefined): readonly Tree[] =>
  made
    ? Object.entries(made.parameters).map(([ParameterKey, value]) => ({
        ParameterKey,
        ParameterValue: isSecret(made, ParameterKey) ? '****' : value,
      }))
    : [];
