import type { StackStatus } from '@aws-sdk/client-cloudformation';

/** What a deployment may do with a stack in a status. */
export type Standing =
  /** There is none: it can be created. */
  | 'absent'
  /** It was never executed: it can be created, once it is seen that nobody else does. */
  | 'proposed'
  /** It can be updated. */
  | 'settled'
  /** An operation runs. */
  | 'busy'
  /** It is updated, and what it had before is being deleted. */
  | 'cleaning'
  /** Its creation failed and was taken back: it can only be deleted. */
  | 'stillborn'
  /** It stands where an operation failed. */
  | 'paused'
  /** Going back failed. */
  | 'broken'
  /** Its deletion failed. */
  | 'undeletable'
  | 'unknown';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html */
const standings: Readonly<Record<StackStatus, Standing>> = {
  REVIEW_IN_PROGRESS: 'proposed',
  CREATE_IN_PROGRESS: 'busy',
  CREATE_COMPLETE: 'settled',
  CREATE_FAILED: 'paused',
  DELETE_IN_PROGRESS: 'busy',
  DELETE_COMPLETE: 'absent',
  DELETE_FAILED: 'undeletable',
  ROLLBACK_IN_PROGRESS: 'busy',
  ROLLBACK_COMPLETE: 'stillborn',
  ROLLBACK_FAILED: 'broken',
  UPDATE_IN_PROGRESS: 'busy',
  UPDATE_COMPLETE: 'settled',
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: 'cleaning',
  UPDATE_FAILED: 'paused',
  UPDATE_ROLLBACK_IN_PROGRESS: 'busy',
  UPDATE_ROLLBACK_COMPLETE: 'settled',
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: 'cleaning',
  UPDATE_ROLLBACK_FAILED: 'broken',
  IMPORT_IN_PROGRESS: 'busy',
  IMPORT_COMPLETE: 'settled',
  IMPORT_ROLLBACK_IN_PROGRESS: 'busy',
  IMPORT_ROLLBACK_COMPLETE: 'settled',
  IMPORT_ROLLBACK_FAILED: 'broken',
};

/** The standing of a stack; one whose status nobody knows is not touched. */
export function standingOf(status: string | undefined): Standing {
  if (status === undefined) return 'absent';
  return Object.hasOwn(standings, status) ? standings[status as StackStatus] : 'unknown';
}

/** An operation has come to its end, if only its cleaning up is left. */
export function ended(status: string): boolean {
  const standing = standingOf(status);
  return standing !== 'busy' && standing !== 'proposed' && standing !== 'unknown';
}

/** What was asked for is done. */
export function succeeded(status: string): boolean {
  return ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'IMPORT_COMPLETE', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'].includes(status);
}
