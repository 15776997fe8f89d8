import { checkPolicy } from '../machine/stack-policy.ts';
import { text, truth } from '../tree.ts';
import { validationError } from '../wire.ts';
import { bracketed, stackOf, type Action } from './action.ts';

/** Termination protection and the stack policy. */
export const protectionActions: Readonly<Record<string, Action>> = {
  UpdateTerminationProtection: (call, service) => {
    const stack = stackOf(call, service, bracketed);
    if (stack.parent) throw validationError('Termination protection cannot be updated on nested stacks. Update it on the root stack.');
    stack.terminationProtection = truth(call.params, 'EnableTerminationProtection') ?? false;
    return { StackId: stack.id };
  },

  /** A policy is replaced by another, never removed. */
  SetStackPolicy: (call, service) => {
    const stack = stackOf(call, service, bracketed);
    const body = text(call.params, 'StackPolicyBody');
    if (body === undefined) throw validationError('Either StackPolicyBody or StackPolicyURL must be specified.');
    checkPolicy(body);
    stack.policy = body;
    return undefined;
  },

  GetStackPolicy: (call, service) => ({ StackPolicyBody: stackOf(call, service, bracketed).policy }),
};
