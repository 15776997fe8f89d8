import { nameOf } from '../kit.ts';

export const functionIntegration = {
  value: nameOf('A function declared in `functions` or `consumers`.', 'functions', { also: ['lambda', 'Function', 'FunctionArn'] }),
  options: {},
} as const;
