import type { Origins } from '../compiler/emit/emit.ts';
import type { Seen } from './follow.ts';
import { remedyFor } from './remedies.ts';

/** Why an operation failed: the first resource that failed by itself. */
export interface Cause {
  /** The logical id, behind those of the nested stacks it is in. */
  readonly id: string;
  readonly type: string;
  readonly reason: string;
  /** The line of the file that asked for it: `eventsystem.yml:12:3`. */
  readonly line: string | undefined;
  /** The path in the file. */
  readonly path: string | undefined;
  /** What helps, where it is known. */
  readonly remedy: string | undefined;
}

/** What was broken off because something else had failed. */
const FOLLOWED = /cancelled|The following resource\(s\) failed|Rollback requested by user/i;

/** The causes of a failure, the root first. What was only cancelled, and stacks that failed by what is in them, are none. */
export function causesOf(events: readonly Seen[], origins: Origins): readonly Cause[] {
  const failed = events.filter(
    ({ event }) =>
      event.ResourceStatus?.endsWith('_FAILED') === true &&
      event.PhysicalResourceId !== event.StackId &&
      event.ResourceType !== 'AWS::CloudFormation::Stack' &&
      !FOLLOWED.test(event.ResourceStatusReason ?? ''),
  );
  const byId = new Map<string, Cause>();
  for (const { event, path } of [...failed].sort((a, b) => a.event.Timestamp.getTime() - b.event.Timestamp.getTime())) {
    const id = path + (event.LogicalResourceId ?? '');
    if (byId.has(id)) continue;
    const origin = Object.hasOwn(origins, id) ? origins[id] : undefined;
    const reason = event.ResourceStatusReason ?? 'no reason given';
    byId.set(id, {
      id,
      type: event.ResourceType ?? '',
      reason,
      line: origin && `${origin.file}:${origin.line}:${origin.column}`,
      path: origin?.path,
      remedy: remedyFor(reason, event.ResourceType ?? ''),
    });
  }
  return [...byId.values()];
}

/** What the stack itself says it failed of, where no resource did: an alarm, a person, a hook. */
export function stackReason(events: readonly Seen[]): string | undefined {
  const own = events.find(
    ({ event, path }) =>
      path === '' &&
      event.PhysicalResourceId === event.StackId &&
      /FAILED|ROLLBACK/.test(event.ResourceStatus ?? '') &&
      event.ResourceStatusReason !== undefined,
  );
  return own?.event.ResourceStatusReason;
}

/** Resources that an update replaced or dropped, and that would not be deleted: they are nobody’s now, and cost. */
export function orphansOf(events: readonly Seen[]): readonly string[] {
  return [
    ...new Set(
      events
        .filter(({ event }) => event.ResourceStatus === 'DELETE_FAILED')
        .map(({ event }) => `${event.LogicalResourceId ?? ''} (${event.PhysicalResourceId ?? ''}): ${event.ResourceStatusReason ?? ''}`),
    ),
  ];
}

/** Resources that are complete in EXPRESS mode though they have not settled: CloudFormation says so in the reason. */
export function settlingIn(events: readonly Seen[]): readonly string[] {
  const complete = events.filter(
    ({ event }) =>
      event.DetailedStatus === 'CONFIGURATION_COMPLETE' &&
      (event.ResourceStatusReason ?? '') !== '' &&
      /^(CREATE|UPDATE)_COMPLETE$/.test(event.ResourceStatus ?? ''),
  );
  return [...new Set(complete.map(({ event, path }) => path + (event.LogicalResourceId ?? '')))];
}
