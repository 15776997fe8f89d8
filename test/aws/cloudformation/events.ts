import { text, type Tree } from '../tree.ts';
import { validationError } from '../wire.ts';
import { bracketed, stackOf, type Action } from './action.ts';

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

export const eventActions: Readonly<Record<string, Action>> = {
  DescribeStackEvents: (call, service) => {
    const stack = stackOf(call, service, bracketed);
    const all = service.cloud.script.eventsShown(stack);
    const { page, next } = pageAfter(all, service.options.eventsPerPage, text(call.params, 'NextToken'));
    return { StackEvents: page, NextToken: next };
  },
};
