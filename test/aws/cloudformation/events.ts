import type { Stack } from '../machine/stack.ts';
import { isTree, text, truth, type Tree } from '../tree.ts';
import { validationError } from '../wire.ts';
import { bracketed, stackOf, type Action } from './action.ts';
import { changeSetOf } from './change-sets.ts';

/** Newest first; a token names the event after which the page begins, so that new events move nothing. */
function pageAfter(
  events: readonly Tree[],
  size: number,
  token: string | undefined,
): { readonly page: readonly Tree[]; readonly next: string | undefined } {
  const newest = [...events].reverse();
  const last = token === undefined ? undefined : Buffer.from(token, 'base64url').toString();
  const from = last === undefined ? 0 : newest.findIndex(({ EventId }) => EventId === last) + 1;
  if (last !== undefined && from === 0) throw validationError('NextToken is invalid');
  const page = newest.slice(from, from + size);
  const more = newest.length > from + size;
  return { page, next: more ? Buffer.from(String(page.at(-1)?.['EventId'])).toString('base64url') : undefined };
}

/** The operation events of a stack: those everybody sees, and what validations and operations tell besides. */
function operationEvents(stack: Stack): readonly Told[] {
  const shown = stack.events.map((event): Told => ({ event: { ...event, EventType: 'STACK_EVENT', OperationType: typeOf(stack, event) } }));
  return [...shown, ...stack.validations].sort((one, other) => Number(one.event['Timestamp']) - Number(other.event['Timestamp']));
}

interface Told {
  readonly event: Tree;
  readonly changeSetId?: string;
}

const typeOf = (stack: Stack, { OperationId }: Tree): string | undefined => stack.operations.find(({ id }) => id === OperationId)?.type;

const isFailed = ({ ResourceStatus, EventType, HookStatus }: Tree): boolean =>
  EventType === 'VALIDATION_ERROR' || String(ResourceStatus).endsWith('_FAILED') || String(HookStatus).endsWith('FAILED');

export const eventActions: Readonly<Record<string, Action>> = {
  DescribeStackEvents: (call, service) => {
    const stack = stackOf(call, service, bracketed);
    const all = service.cloud.script.eventsShown(stack);
    const { page, next } = pageAfter(all, service.options.eventsPerPage, text(call.params, 'NextToken'));
    return { StackEvents: page, NextToken: next };
  },

  /** By stack, by change set or by operation. */
  DescribeEvents: (call, service) => {
    const { params } = call;
    const changeSet = text(params, 'ChangeSetName') === undefined ? undefined : changeSetOf(call, service);
    const operation = text(params, 'OperationId');
    const stacks = changeSet ? [changeSet.stack] : operation === undefined ? [stackOf(call, service, bracketed)] : service.cloud.stacks;
    const filters = params['Filters'];
    const failedOnly = isTree(filters) && truth(filters, 'FailedEvents') === true;
    const fitting = stacks
      .flatMap(operationEvents)
      .filter(
        ({ event, changeSetId }) =>
          (!changeSet || changeSetId === changeSet.id) && (operation === undefined || event['OperationId'] === operation),
      )
      .map(({ event }) => event)
      .filter((event) => !failedOnly || isFailed(event));
    const { page, next } = pageAfter(fitting, service.options.eventsPerPage, text(params, 'NextToken'));
    return { OperationEvents: page, NextToken: next };
  },
};
