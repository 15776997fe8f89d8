import type { StackState } from './aws/stacks.ts';
import { causesOf, orphansOf, settlingIn, stackReason, type Cause } from './cause.ts';
import { outputsOf } from './outputs.ts';
import { faults } from './faults.ts';
import { stop, type Stop } from './fault.ts';
import type { End } from './follow.ts';
import type { Run } from './run.ts';
import { succeeded } from './stack-status.ts';
import type { Target } from './target.ts';

/** The stack of a deployment that succeeded; one that failed ends here, with its cause at the line that asked for it. */
export async function conclude(run: Run, target: Target, end: End, { ephemeral }: { readonly ephemeral: boolean }): Promise<StackState> {
  const { status, stack, events } = end;
  const { operator } = run.world;
  if (succeeded(status) && stack) {
    if (status === 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS') operator.say('The update is live; replaced resources are still being deleted.');
    for (const orphan of orphansOf(events)) operator.say(`No longer in the stack, but not deleted: ${orphan}`);
    const settling = settlingIn(events);
    if (settling.length > 0) operator.say(`Not yet stabilized, because of --express: ${settling.join(', ')}.`);
    const told = outputsOf(stack);
    const untold = Object.keys(target.template.Outputs ?? {}).filter((name) => !Object.hasOwn(told, name));
    if (untold.length > 0)
      operator.say(`Warning: AWS returned no value for these outputs: ${untold.join(', ')}. Run \`eventsystem outputs\` to retry.`);
    return stack;
  }
  const causes = causesOf(events, target.origins);
  const details = await explained(run, target, end, causes);
  if (status === 'DELETE_FAILED')
    throw stop(faults['delete-failed'], { stack: target.stack, left: causes.map(({ id }) => id) }, { details });
  if (end.cancelled && /ROLLBACK_COMPLETE|DELETE_COMPLETE/.test(status))
    throw stop(faults['cancelled'], { stack: target.stack }, { details });
  throw failed(target.stack, status, details, ephemeral);
}

/** `deletes`: a stack whose creation fails is deleted altogether. */
function failed(stack: string, status: string, details: readonly string[], deletes: boolean): Stop {
  const more = { details };
  if (status === 'ROLLBACK_COMPLETE' || (status === 'DELETE_COMPLETE' && deletes))
    return stop(faults['creation-rolled-back'], { stack }, more);
  if (status.startsWith('DELETE_')) return stop(faults['deleted-meanwhile'], { stack }, more);
  if (/^(UPDATE|IMPORT)_ROLLBACK_COMPLETE/.test(status)) return stop(faults['rolled-back'], { stack }, more);
  if (status === 'CREATE_FAILED' || status === 'UPDATE_FAILED') return stop(faults['left-standing'], { stack, status }, more);
  return stop(faults['rollback-failed'], { stack, status }, more);
}

/** The causes as a person reads them; what failed because of them is counted. */
async function explained(
  { stacks }: Run,
  target: Target,
  { events, stack, cancelled }: End,
  causes: readonly Cause[],
): Promise<readonly string[]> {
  const lines = causes.slice(0, 5).flatMap(causeLines);
  if (causes.length > 5) lines.push(`… and ${causes.length - 5} more.`);
  if (causes.length === 0 && !cancelled) {
    const own = stackReason(events);
    if (own !== undefined) lines.push(/cancel/i.test(own) ? `It was cancelled: ${own}` : own);
  }
  const hooks = events.filter(({ event }) => event.HookStatus === 'HOOK_COMPLETE_FAILED' && event.HookInvocationId !== undefined);
  for (const { event } of hooks) {
    const remedies = await stacks.remedies(event.HookInvocationId ?? '');
    lines.push(
      `The hook ${event.HookType ?? ''} rejected ${event.LogicalResourceId ?? ''}: ${event.HookStatusReason ?? ''}`,
      ...remedies.map((one) => `  ${one}`),
    );
  }
  if (lines.length === 0 && !cancelled) {
    const failures = (await stacks.failures({ StackName: stack?.StackId ?? target.stack })) ?? [];
    lines.push(
      ...failures
        .slice(0, 3)
        .map((one) => `${one.LogicalResourceId ?? ''}: ${one.ResourceStatusReason ?? one.ValidationStatusReason ?? ''}`),
    );
  }
  return lines;
}

export function causeLines({ id, type, reason, line, path, remedy }: Cause): string[] {
  return [
    `${line === undefined ? '' : `${line}  `}${path ?? id}`,
    `  ${id} (${type}): ${reason}`,
    ...(remedy === undefined ? [] : [`  → ${remedy}`]),
  ];
}
