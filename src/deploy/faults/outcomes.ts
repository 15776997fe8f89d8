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
    message: ({ stack }: Stack) => `${stack} was not deployed; everything is as it was before.`,
    why: 'Something failed, and CloudFormation took back what had been done.',
    next: () => 'Mend what is named above, and deploy again.',
  },
  cancelled: {
    ends: 'rolledBack',
    message: ({ stack }: Stack) => `The deployment of ${stack} was cancelled, and what it had done is taken back.`,
    why: 'It was cancelled from this terminal. A first deployment cannot be taken back in part: its stack is deleted.',
    next: () => 'Deploy again when it is time.',
  },
  'creation-rolled-back': {
    ends: 'rolledBack',
    message: ({ stack }: Stack) => `${stack} was not created; what had been made was deleted again.`,
    why: 'Something failed. The empty stack remains, and is replaced by the next deployment.',
    next: () => 'Mend what is named above, and deploy again.',
  },
  'rollback-failed': {
    ends: 'recovery',
    message: ({ stack, status }: Stack & { readonly status: string }) =>
      `${stack} was not deployed, and could not be taken back (${status}).`,
    why: 'Something failed, and something else failed while that was taken back.',
    next: ({ status }: { readonly status: string }) =>
      status === 'UPDATE_ROLLBACK_FAILED'
        ? 'Mend what keeps it, then `eventsystem recover`; `--skip ID` leaves out what cannot be taken back.'
        : '`eventsystem remove` deletes what is left.',
    page: `${CLOUDFORMATION}/using-cfn-updating-stacks-continueupdaterollback.html`,
  },
  'left-standing': {
    ends: 'recovery',
    message: ({ stack, status }: Stack & { readonly status: string }) => `${stack} failed and was left as it stands (${status}).`,
    why: '`--no-rollback` was given.',
    next: () => 'Mend what is named above and deploy again, or take it back with `eventsystem recover`.',
  },
  'delete-failed': {
    ends: 'recovery',
    message: ({ stack, left }: Stack & { readonly left: readonly string[] }) =>
      `${stack} could not be deleted: ${left.join(', ')} would not go.`,
    why: 'What is named still holds something, is protected, or is used by others.',
    next: ({ left }: { readonly left: readonly string[] }) =>
      `Mend it and remove again, or leave it behind: ${left.map((id) => `\`--retain ${id}\``).join(' ')}.`,
    page: `${CLOUDFORMATION}/troubleshooting.html#troubleshooting-errors-delete-stack-fails`,
  },
  'export-in-use': {
    ends: 'refused',
    message: ({ name, by }: { readonly name: string; readonly by: readonly string[] }) => `The export ${name} is used by ${by.join(', ')}.`,
    why: 'CloudFormation deletes no stack whose exports others import.',
    next: () => 'Change those stacks first.',
  },
  'bucket-not-empty': {
    ends: 'recovery',
    message: ({ buckets }: { readonly buckets: readonly string[] }) => `These buckets are not empty: ${buckets.join(', ')}.`,
    why: 'CloudFormation deletes no bucket that holds objects, their old versions, or marks of deletion.',
    next: () => 'With `--empty BUCKET` its objects are deleted first, for good.',
  },
  'protected-from-deletion': {
    ends: 'refused',
    message: ({ what }: { readonly what: readonly string[] }) => `Protected from deletion: ${what.join(', ')}.`,
    why: 'Protection is taken away by a deployment of its own, which is reviewed like any other.',
    next: () => 'Set `deletionProtection: false`, `protect: false`, deploy, and remove then.',
  },
  'no-stack': {
    ends: 'refused',
    message: ({ stack, region }: Stack & { readonly region: string }) => `There is no stack ${stack} in ${region}.`,
    why: 'Nothing has been deployed there, or it has been removed.',
    next: () => 'See that stage, region and account are the ones that are meant.',
  },
  'no-such-deployment': {
    ends: 'refused',
    message: ({ wanted, known }: { readonly wanted: string; readonly known: readonly string[] }) =>
      `There is no deployment ${wanted}${known.length === 0 ? '; none is recorded' : `; there are ${known.join(', ')}`}.`,
    why: 'Every successful deployment is recorded in the artifact bucket, with the template it had.',
    next: () => '`eventsystem status` lists them.',
  },
  'nothing-to-recover': {
    ends: 'refused',
    message: ({ stack, status }: Stack & { readonly status: string }) => `${stack} needs no recovery (${status}).`,
    why: 'Recovery goes on with a rollback that failed, or takes back what was left standing.',
    next: () => '`eventsystem deploy` deploys, `eventsystem rollback` goes back to what was deployed before.',
  },
  'unknown-answer': {
    ends: 'transport',
    message: ({ action, detail }: { readonly action: string; readonly detail: string }) => `AWS refuses ${action}: ${detail}`,
    why: 'This answer is not one that a deployment expects.',
    next: () => 'If the text does not help, please report it with the request’s id.',
  },
});
