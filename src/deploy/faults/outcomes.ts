import { faultsOf } from '../fault.ts';

const CLOUDFORMATION = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide';

interface Stack {
  readonly stack: string;
}

/** How an operation can end but well. */
export const outcomeFaults = faultsOf({
  // How it ended.
  'rolled-back': {
    ends: 'rolledBack',
    message: ({ stack }: Stack) => `${stack} was not deployed; it is back in its previous state.`,
    why: 'A resource failed, and CloudFormation rolled the update back.',
    next: () => 'Fix what is named above and deploy again.',
  },
  cancelled: {
    ends: 'rolledBack',
    message: ({ stack }: Stack) => `The deployment of ${stack} was cancelled and rolled back.`,
    why: 'It was cancelled from this terminal. A first deployment has nothing to roll back to, so its stack is deleted.',
    next: () => 'Deploy again when you are ready.',
  },
  'creation-rolled-back': {
    ends: 'rolledBack',
    message: ({ stack }: Stack) => `${stack} was not created; the resources already created were deleted.`,
    why: 'A resource failed. The empty stack remains until the next deployment replaces it.',
    next: () => 'Fix what is named above and deploy again.',
  },
  'rollback-failed': {
    ends: 'recovery',
    message: ({ stack, status }: Stack & { readonly status: string }) => `${stack} was not deployed, and its rollback failed (${status}).`,
    why: 'A resource failed, and another one failed during the rollback.',
    next: ({ status }: { readonly status: string }) =>
      status === 'UPDATE_ROLLBACK_FAILED'
        ? 'Fix the cause, then run `eventsystem recover`; `--skip ID` skips a resource that cannot be rolled back.'
        : '`eventsystem remove` deletes what is left of it.',
    page: `${CLOUDFORMATION}/using-cfn-updating-stacks-continueupdaterollback.html`,
  },
  'left-standing': {
    ends: 'recovery',
    message: ({ stack, status }: Stack & { readonly status: string }) => `${stack} failed and was not rolled back (${status}).`,
    why: '`--no-rollback` was set.',
    next: () => 'Fix what is named above and deploy again, or roll back with `eventsystem recover`.',
  },
  'delete-failed': {
    ends: 'recovery',
    message: ({ stack, left }: Stack & { readonly left: readonly string[] }) =>
      `${stack} could not be deleted: ${left.join(', ')} failed to delete.`,
    why: 'What is named is not empty, is protected, or is still in use.',
    next: ({ left }: { readonly left: readonly string[] }) =>
      `Fix that and remove again, or keep it: ${left.map((id) => `\`--retain ${id}\``).join(' ')}.`,
    page: `${CLOUDFORMATION}/troubleshooting.html#troubleshooting-errors-delete-stack-fails`,
  },
  'export-in-use': {
    ends: 'refused',
    message: ({ name, by }: { readonly name: string; readonly by: readonly string[] }) => `The export ${name} is used by ${by.join(', ')}.`,
    why: 'CloudFormation does not delete a stack whose exports other stacks import.',
    next: () => 'Remove the import from those stacks first.',
  },
  'bucket-not-empty': {
    ends: 'recovery',
    message: ({ buckets }: { readonly buckets: readonly string[] }) => `These buckets are not empty: ${buckets.join(', ')}.`,
    why: 'CloudFormation only deletes buckets without objects, old versions and delete markers.',
    next: () => '`--empty BUCKET` permanently deletes its objects first.',
  },
  'protected-from-deletion': {
    ends: 'refused',
    message: ({ what }: { readonly what: readonly string[] }) => `Protected from deletion: ${what.join(', ')}.`,
    why: 'Turning protection off takes a deployment, which is reviewed like any other.',
    next: () => 'Set `deletionProtection: false` (for the stack itself, `protect: false`), deploy, then remove.',
  },
  'no-stack': {
    ends: 'refused',
    message: ({ stack, region }: Stack & { readonly region: string }) => `There is no stack ${stack} in ${region}.`,
    why: 'It was never deployed there, or it has been removed.',
    next: () => 'Check the stage, region and account.',
  },
  'no-such-deployment': {
    ends: 'refused',
    message: ({ wanted, known }: { readonly wanted: string; readonly known: readonly string[] }) =>
      `There is no deployment ${wanted}; ${known.length === 0 ? 'none is recorded' : `recorded: ${known.join(', ')}`}.`,
    why: 'Every successful deployment is recorded in the artifact bucket with its template.',
    next: () => '`eventsystem status` lists them.',
  },
  'nothing-to-recover': {
    ends: 'refused',
    message: ({ stack, status }: Stack & { readonly status: string }) => `${stack} needs no recovery (${status}).`,
    why: '`recover` continues a failed rollback, or rolls back a failure that `--no-rollback` left in place.',
    next: () => '`eventsystem deploy` deploys; `eventsystem rollback` returns to an earlier deployment.',
  },
  'unknown-answer': {
    ends: 'transport',
    message: ({ action, detail }: { readonly action: string; readonly detail: string }) => `AWS rejected ${action}: ${detail}`,
    why: 'This error is not one that a deployment expects.',
    next: () => 'If the message does not help, please report it with the request ID.',
  },
});
