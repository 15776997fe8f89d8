import type { HookResult, Stack } from '../machine/stack.ts';
import { text, type Tree } from '../tree.ts';
import { Refusal } from '../wire.ts';
import { paged, required, type Action, type Service } from './action.ts';

const statusOf = ({ hook }: HookResult): string => (hook.fails ? 'HOOK_COMPLETE_FAILED' : 'HOOK_COMPLETE_SUCCEEDED');

const all = ({ cloud }: Service): readonly { readonly stack: Stack; readonly result: HookResult }[] =>
  cloud.stacks.flatMap((stack) => stack.hookResults.map((result) => ({ stack, result })));

const shown = (result: HookResult): Tree => ({
  HookResultId: result.id,
  InvocationPoint: 'PRE_PROVISION',
  FailureMode: result.mode,
  TypeName: result.hook.type,
  TypeVersionId: '00000001',
  Status: statusOf(result),
  HookStatusReason: result.reason,
  InvokedAt: result.at,
});

/** What hooks said. */
export const hookActions: Readonly<Record<string, Action>> = {
  ListHookResults: (call, service) => {
    const target = text(call.params, 'TargetId');
    const type = text(call.params, 'TargetType');
    const status = text(call.params, 'Status');
    const fitting = all(service).filter(
      ({ result }) =>
        (target === undefined || result.target === target) &&
        (type === undefined || result.targetType === type) &&
        (status === undefined || statusOf(result) === status),
    );
    const { page, next } = paged(fitting, 20, text(call.params, 'NextToken'));
    return {
      TargetType: type,
      TargetId: target,
      HookResults: page.map(({ result }) => ({ ...shown(result), TargetType: result.targetType, TargetId: result.target })),
      NextToken: next,
    };
  },

  GetHookResult: (call, service) => {
    const id = required(call, 'HookResultId');
    const found = all(service).find(({ result }) => result.id === id);
    if (!found) throw new Refusal('HookResultNotFound', `Hook result ${id} does not exist`, 404);
    const { result } = found;
    const annotation = result.hook.remediation && {
      AnnotationName: result.hook.type.split('::').at(-1),
      Status: result.hook.fails ? 'FAILED' : 'PASSED',
      StatusMessage: result.hook.reason,
      RemediationMessage: result.hook.remediation,
      SeverityLevel: 'HIGH',
    };
    return {
      ...shown(result),
      Target: { TargetType: 'RESOURCE', TargetId: result.target, Action: 'CREATE' },
      Annotations: annotation ? [annotation] : [],
    };
  },
};
