import { nameOf } from '../kit.ts';

export const functionIntegration = {
  value: nameOf('A function declared in `functions` or `consumers`.', ['functions', 'consumers'], {
    also: ['lambda', 'Function', 'FunctionArn'],
  }),
  options: {},
} as const;
