import type { Cloud } from '../machine/cloud.ts';
import type { Made } from '../machine/stack.ts';
import type { Tree } from '../tree.ts';

export const isSecret = (made: Made, name: string): boolean => {
  const { NoEcho } = made.template.Parameters[name] ?? { NoEcho: false };
  return NoEcho === true || NoEcho === 'true';
};

/** Parameters as every answer shows them: what is not to be echoed is stars. */
export const parametersShown = ({ script }: Cloud, made: Made | undefined): readonly Tree[] =>
  made
    ? Object.entries(made.parameters).map(([ParameterKey, value]) => ({
        ParameterKey,
        ParameterValue: isSecret(made, ParameterKey) ? '****' : value,
        ResolvedValue: isRead(made, ParameterKey) ? script.parameters.get(value) : undefined,
      }))
    : [];

const isRead = (made: Made, name: string): boolean =>
  made.template.Parameters[name]?.Type.startsWith('AWS::SSM::Parameter::Value<') ?? false;
