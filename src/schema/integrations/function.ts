import { nameOf } from '../kit.ts';
import { streamed } from '../rest-extras.ts';

export const functionIntegration = {
  value: nameOf('A function declared in `functions` or `consumers`.', ['functions', 'consumers'], {
    also: ['lambda', 'Function', 'FunctionArn'],
  }),
  options: { ...streamed },
} as const;
