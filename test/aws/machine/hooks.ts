import type { Operation } from './operation.ts';
import type { StackResource } from './stack.ts';

/**
 * The hook a test has put before a resource: its events, and the reason when it forbids.
 * https://docs.aws.amazon.com/cloudformation-cli/latest/hooks-userguide/hooks-concepts.html
 */
export function hookBefore(op: Operation, resource: StackResource): string | undefined {
  const { hook } = op.cloud.script.of(op.stack.name, resource.logicalId);
  if (!hook) return undefined;
  const mode = hook.mode ?? 'FAIL';
  const id = op.cloud.uuid();
  const told = (status: string, reason: string | undefined): void =>
    op.event({
      logicalId: resource.logicalId,
      physicalId: resource.physicalId,
      type: resource.type,
      status: resource.status,
      hook: {
        HookType: hook.type,
        HookStatus: status,
        HookInvocationPoint: 'PRE_PROVISION',
        HookInvocationId: id,
        HookFailureMode: mode,
        ...(reason === undefined ? {} : { HookStatusReason: reason }),
      },
    });
  const said = hook.fails ? `Hook failed with message: ${hook.reason ?? 'Not compliant.'}` : 'Hook succeeded with message: ok';
  told('HOOK_IN_PROGRESS', undefined);
  told(hook.fails ? 'HOOK_COMPLETE_FAILED' : 'HOOK_COMPLETE_SUCCEEDED', `${said}`);
  op.stack.hookResults.push({ id, hook, mode, target: op.stack.id, targetType: 'STACK', at: op.cloud.clock.date(), reason: said });
  return hook.fails && mode === 'FAIL' ? `The following hook(s) failed: [${hook.type}]` : undefined;
}
