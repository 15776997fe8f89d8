import { faultsOf } from '../fault.ts';

const CLOUDFORMATION = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide';

interface Stack {
  readonly stack: string;
}

interface OlderFacts {
  readonly theirs: string;
  readonly ours: string;
  readonly by: string;
  /** What stands contains this code; otherwise neither contains the other. */
  readonly isOlder: boolean;
}

/** What ends a command while it plans: who else is at the stack, what CloudFormation refuses, what nobody approved. */
export const planningFaults = faultsOf({
  // The stack, and who else is at it.
  'stack-busy': {
    ends: 'conflict',
    message: ({ stack, status }: Stack & { readonly status: string }) => `Another operation is in progress on ${stack} (${status}).`,
    why: 'CloudFormation runs one operation per stack at a time, and it would invalidate any plan made now.',
    next: () => 'Wait with `--wait-for-stack MINUTES`, or watch with `eventsystem attach`.',
  },
  'change-set-of-others': {
    ends: 'conflict',
    message: ({ stack, names }: Stack & { readonly names: readonly string[] }) =>
      `Someone else is preparing the first deployment of ${stack}: ${names.join(', ')}.`,
    why: 'A stack in REVIEW_IN_PROGRESS is created by one change set only; the others are deleted with it.',
    next: () => 'Ask them, delete their change set, or wait: after an hour it counts as abandoned.',
  },
  'changed-meanwhile': {
    ends: 'conflict',
    message: ({ stack, by }: Stack & { readonly by: string }) => `${stack} was changed by ${by} while this plan was under review.`,
    why: 'The approved changes were relative to a state that no longer exists.',
    next: () => 'Deploy again to review a new plan.',
  },
  'name-taken': {
    ends: 'conflict',
    message: ({ detail }: { readonly detail: string }) =>
      `A change set with this run’s name already exists with different contents: ${detail}`,
    why: 'Change set names contain a digest and a random number, so this is tampering or a bug in eventsystem.',
    next: () => 'Inspect the change set. It was not touched.',
  },
  'deleted-meanwhile': {
    ends: 'conflict',
    message: ({ stack }: Stack) => `${stack} was deleted while it was being deployed.`,
    why: 'CloudFormation lets a stack be deleted during another operation.',
    next: () => 'Find out who deleted it (CloudTrail), then deploy again.',
  },
  'stack-left-behind': {
    ends: 'approval',
    message: ({ stack, left }: Stack & { readonly left: readonly string[] }) =>
      `The first deployment of ${stack} failed and left ${left.join(', ')} behind.`,
    why: 'The stack has to be deleted before it can be created again; retained resources then belong to no stack.',
    next: () => '`--confirm-recreate` deletes the stack and keeps those resources; `--adopt` then imports the named ones.',
  },
  'stack-paused': {
    ends: 'recovery',
    message: ({ stack, status }: Stack & { readonly status: string }) =>
      `The last deployment of ${stack} failed and was not rolled back (${status}).`,
    why: 'It was deployed with `--no-rollback`. In this state no resource can be replaced.',
    next: () => '`eventsystem recover` rolls it back to its last stable state.',
  },
  'stack-broken': {
    ends: 'recovery',
    message: ({ stack, status }: Stack & { readonly status: string }) => `${stack} must be recovered first (${status}).`,
    why: 'Its last operation failed, and so did the rollback.',
    next: ({ status }: { readonly status: string }) =>
      status === 'UPDATE_ROLLBACK_FAILED'
        ? '`eventsystem recover` continues the rollback; `--skip ID` skips a resource that cannot be rolled back.'
        : '`eventsystem remove` deletes it and lists what cannot be deleted.',
    page: `${CLOUDFORMATION}/troubleshooting.html#troubleshooting-errors-update-rollback-failed`,
  },
  'stack-of-another-tool': {
    ends: 'refused',
    message: ({ stack }: Stack) => `${stack} was created by another tool, so nothing can be imported into it.`,
    why: 'An import needs a template with everything the stack has plus the imported resource, and this stack’s template was not made by eventsystem.',
    next: () => 'Give the system another `name` and adopt what it should take over.',
  },
  'stack-unknown': {
    ends: 'recovery',
    message: ({ stack, status }: Stack & { readonly status: string }) =>
      `${stack} has a status that this version does not know: ${status}.`,
    why: 'A stack in an unknown status is left alone.',
    next: () => 'Update eventsystem.',
  },

  'stack-of-others': {
    ends: 'conflict',
    message: ({ stack }: Stack) => `A stack ${stack} exists that does not belong to this system and stage.`,
    why: 'A system of several stacks needs that name for one of them, and other stacks are left alone.',
    next: () => 'Rename the stage or the system, or keep it in one stack: `stacks: one`.',
  },
  'stacks-differ': {
    ends: 'refused',
    message: ({ stack, count }: Stack & { readonly count: number }) =>
      `${count} ${count === 1 ? 'resource of' : 'resources of'} ${stack} would move to another stack and be created again there.`,
    why: 'CloudFormation would create each in the new stack and delete the old one with its data; its stack refactoring does not support new parameters. Nothing has been changed.',
    next: ({ form, because }: { readonly form: string; readonly because: 'one' | 'counts' | 'tie' }) =>
      because === 'counts'
        ? `Set \`${form}\`: everything then stays where it is.`
        : because === 'tie'
          ? 'It now refers to something in a later stack. Put a queue or bus between the two, or rename it in the file to have it replaced.'
          : `Set \`${form}\` to keep everything in one stack, which holds up to 500 resources. Move the rest to another system, and pass it what it needs with \`share\`.`,
    page: `${CLOUDFORMATION}/stack-refactoring.html`,
  },

  'nothing-handed-over': {
    ends: 'conflict',
    message: ({ stack, from }: Stack & { readonly from: readonly string[] }) =>
      `${stack} needs ${from.join(', ')}, which ${from.length === 1 ? 'does' : 'do'} not exist.`,
    why: 'Stacks pass values on as outputs, and the earlier stack has been changed in the meantime.',
    next: () => 'Deploy again.',
  },

  'older-code': {
    ends: 'conflict',
    message: ({ stack, theirs, ours, by, isOlder }: Stack & OlderFacts) =>
      isOlder
        ? `${stack} was deployed from commit ${theirs} by ${by}, and this code (${ours}) is older.`
        : `${stack} was deployed from commit ${theirs} by ${by}, which this code (${ours}) does not contain.`,
    why: 'Deploying it would undo that commit’s changes.',
    next: ({ theirs }: OlderFacts) => `Merge ${theirs} first (\`git pull\`), or deploy anyway with \`--allow-downgrade\`.`,
    page: 'https://git-scm.com/docs/git-merge-base',
  },

  // The plan.
  'parameter-missing': {
    ends: 'refused',
    message: ({ names }: { readonly names: readonly string[] }) => `No value for ${names.join(', ')}.`,
    why: 'These template parameters have no default, and no earlier deployment set them.',
    next: ({ names }: { readonly names: readonly string[] }) => `Pass ${names.map((name) => `\`--parameter ${name}=VALUE\``).join(', ')}.`,
  },
  'plan-refused': {
    ends: 'refused',
    message: ({ stack, detail }: Stack & { readonly detail: string }) => `CloudFormation rejected the plan for ${stack}: ${detail}`,
    why: 'Nothing has been changed. The change set is deleted, and so is a stack created only for it.',
    next: () => 'Fix what is named and deploy again.',
    page: `${CLOUDFORMATION}/troubleshooting.html`,
  },
  'plan-slow': {
    ends: 'refused',
    message: ({ stack }: Stack) => `CloudFormation did not finish planning ${stack} in 15 minutes.`,
    why: 'The change set was deleted; nothing has been changed.',
    next: () => 'Repeat the command; https://health.aws.amazon.com lists current incidents.',
  },
  'too-many-change-sets': {
    ends: 'refused',
    message: ({ stack, count }: Stack & { readonly count: number }) =>
      `${stack} has ${count} change ${count === 1 ? 'set' : 'sets'}, the most CloudFormation allows.`,
    why: 'eventsystem created none of them, so it deletes none.',
    next: () => 'Delete those that are no longer needed.',
    page: `${CLOUDFORMATION}/cloudformation-limits.html`,
  },
  quota: {
    ends: 'refused',
    message: ({ detail }: { readonly detail: string }) => `An account quota is reached: ${detail}`,
    why: 'Nothing has been changed.',
    next: () => 'Request an increase in Service Quotas.',
    page: `${CLOUDFORMATION}/cloudformation-limits.html`,
  },
  'role-refused': {
    ends: 'refused',
    message: ({ detail }: { readonly detail: string }) => `CloudFormation cannot assume the role: ${detail}`,
    why: 'The role must trust cloudformation.amazonaws.com, and the deploying identity must be allowed to pass it.',
    next: () => 'Check the role’s trust policy and iam:PassRole.',
  },
  'template-unreadable': {
    ends: 'refused',
    message: ({ detail }: { readonly detail: string }) => `CloudFormation cannot read the template: ${detail}`,
    why: 'CloudFormation reads it with the permissions of the deploying identity, or of the role in `--role-arn`.',
    next: () => 'Grant it s3:GetObject on the artifact bucket, and kms:Decrypt on the bucket’s key.',
  },
  'plan-gone': {
    ends: 'conflict',
    message: ({ stack }: Stack) => `The plan for ${stack} no longer exists.`,
    why: 'Executing a change set deletes the stack’s others. Someone executed another one first, or deleted this one.',
    next: () => 'Deploy again.',
  },
  'plan-differs': {
    ends: 'conflict',
    message: ({ stack }: Stack) => `The changes to ${stack} are no longer those in the plan file.`,
    why: 'A plan is only applied as it was approved: its digest covers every change.',
    next: () => 'Plan again and have the new plan approved.',
  },
  'plan-file': {
    ends: 'refused',
    message: ({ file, detail }: { readonly file: string; readonly detail: string }) => `${file} is not a valid plan: ${detail}`,
    why: '`eventsystem plan -o FILE` writes one.',
    next: () => 'Plan again.',
  },
  declined: {
    ends: 'approval',
    message: ({ stack }: Stack) => `Declined; ${stack} is unchanged.`,
    why: 'The answer was no. The change set is deleted.',
    next: () => 'Repeat the command to decide again.',
  },
  'approval-needed': {
    ends: 'approval',
    message: ({ what }: { readonly what: readonly string[] }) =>
      `Approval is needed, and there is no terminal to ask at: ${what.join(' ')}`,
    why: 'Nothing is changed without approval. `--yes` covers neither data loss nor, on a protected stage, wider access: these are approved by name.',
    next: ({ what }: { readonly what: readonly string[] }) =>
      `Review the plan above, then repeat the command with ${what.join(' ')}, or at a terminal.`,
  },
});
