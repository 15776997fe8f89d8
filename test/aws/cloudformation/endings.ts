import { deleteStack } from '../machine/deletion.ts';
import { importers, inUse } from '../machine/outputs.ts';
import { cancelUpdate, continueRollback, rollBackStack } from '../machine/recovery.ts';
import type { Stack } from '../machine/stack.ts';
import { text, texts, truth } from '../tree.ts';
import { Refusal, validationError, type Call } from '../wire.ts';
import { bracketed, required, stackOf, type Action, type Service } from './action.ts';

/** A token belongs to one operation: the same again is answered, on another it is refused. */
function isRepeated(stack: Stack, token: string | undefined, type: string): boolean {
  const before = token === undefined ? undefined : stack.operations.find((one) => one.token === token);
  if (!before) return false;
  if (before.type === type && before.alive) return true;
  throw new Refusal('TokenAlreadyExistsException', `Token [${token}] already exists`);
}

const DELETABLE =
  /^(?!(UPDATE|UPDATE_ROLLBACK|ROLLBACK|IMPORT|IMPORT_ROLLBACK|UPDATE_COMPLETE_CLEANUP|UPDATE_ROLLBACK_COMPLETE_CLEANUP)_IN_PROGRESS$)/;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteStack.html */
function checkDeletion(call: Call, { cloud }: Service, stack: Stack): void {
  const { params } = call;
  if (stack.terminationProtection) throw validationError(`Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`);
  if (!DELETABLE.test(stack.status)) throw validationError(`Stack [${stack.name}] cannot be deleted while in status ${stack.status}`);
  const isFailed = stack.status === 'DELETE_FAILED';
  if (texts(params, 'RetainResources').length > 0 && !isFailed)
    throw validationError(
      `Invalid operation on stack [${stack.id}]. When you delete a stack, specify which resources to retain only when the stack is in the DELETE_FAILED state.`,
    );
  if (text(params, 'DeletionMode') === 'FORCE_DELETE_STACK' && !isFailed)
    throw validationError(
      `Invalid operation on stack [${stack.id}]. You can activate DeletionMode FORCE_DELETE_STACK in a delete stack operation only when the stack is in the DELETE_FAILED state.`,
    );
  for (const { exportName } of stack.outputs) {
    const users = exportName === undefined ? [] : importers(cloud, stack, exportName);
    if (users.length > 0) throw validationError(inUse('delete', exportName ?? '', users));
  }
}

/** How operations end before their time, and how stacks end. */
export const endingActions: Readonly<Record<string, Action>> = {
  /** Of a stack that is not there it succeeds. */
  DeleteStack: (call, service) => {
    const stack = service.cloud.find(call.region, call.account, required(call, 'StackName'));
    if (!stack || stack.gone) return undefined;
    const token = text(call.params, 'ClientRequestToken');
    if (isRepeated(stack, token, 'DELETE_STACK') || stack.status === 'DELETE_IN_PROGRESS') return undefined;
    checkDeletion(call, service, stack);
    const force = text(call.params, 'DeletionMode') === 'FORCE_DELETE_STACK';
    deleteStack(service.cloud, stack, { token, retain: texts(call.params, 'RetainResources'), force });
    return undefined;
  },

  CancelUpdateStack: (call, service) => {
    const stack = stackOf(call, service, bracketed);
    if (stack.status !== 'UPDATE_IN_PROGRESS') throw validationError('CancelUpdateStack cannot be called from current stack status');
    cancelUpdate(stack);
    return undefined;
  },

  ContinueUpdateRollback: (call, service) => {
    const stack = stackOf(call, service, bracketed);
    const token = text(call.params, 'ClientRequestToken');
    if (isRepeated(stack, token, 'CONTINUE_ROLLBACK')) return {};
    if (stack.status !== 'UPDATE_ROLLBACK_FAILED')
      throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not continue to update rollback.`);
    const skip = texts(call.params, 'ResourcesToSkip');
    const force = truth(call.params, 'ForceRollback') === true;
    if (force && skip.length > 0) throw validationError('ResourcesToSkip and ForceRollback cannot both be specified');
    const wrong = skip.filter((id) => stack.resource(id.split('.').at(-1) ?? id)?.status !== 'UPDATE_FAILED');
    if (wrong.length > 0)
      throw validationError(
        `The following resource(s) cannot be skipped because they are not in the UPDATE_FAILED state: [${wrong.join(', ')}]`,
      );
    const failed = [...stack.resources.values()].filter(({ status }) => status === 'UPDATE_FAILED').map(({ logicalId }) => logicalId);
    continueRollback(service.cloud, stack, token, force ? failed : skip);
    return {};
  },

  RollbackStack: (call, service) => {
    const stack = stackOf(call, service, bracketed);
    const token = text(call.params, 'ClientRequestToken');
    if (isRepeated(stack, token, 'ROLLBACK')) return { StackId: stack.id };
    if (stack.status !== 'CREATE_FAILED' && stack.status !== 'UPDATE_FAILED')
      throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not be rolled back.`);
    rollBackStack(service.cloud, stack, token, truth(call.params, 'RetainExceptOnCreate') ?? false);
    return { StackId: stack.id };
  },
};
