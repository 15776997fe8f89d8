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
    message: ({ stack, status }: Stack & { readonly status: string }) => `${stack} is being changed by somebody else (${status}).`,
    why: 'CloudFormation changes a stack by one operation at a time, and a plan is worth nothing once its base has changed.',
    next: () => 'Wait with `--wait-for-stack MINUTES`, or watch with `eventsystem attach`.',
  },
  'change-set-of-others': {
    ends: 'conflict',
    message: ({ stack, names }: Stack & { readonly names: readonly string[] }) =>
      `Somebody prepares the first deployment of ${stack}: ${names.join(', ')}.`,
    why: 'A stack that was never executed can be created by one change set only; the others end with it.',
    next: () => 'Ask them, or delete their change set, or wait an hour: what is older is taken for forgotten.',
  },
  'changed-meanwhile': {
    ends: 'conflict',
    message: ({ stack, by }: Stack & { readonly by: string }) => `${stack} was changed by ${by} while this plan was looked at.`,
    why: 'What was approved was a difference to what is no longer there.',
    next: () => 'Deploy again: the difference is made anew, and asked anew.',
  },
  'name-taken': {
    ends: 'conflict',
    message: ({ detail }: { readonly detail: string }) => `A change set of this run’s name exists with other contents: ${detail}`,
    why: 'Names of change sets hold a digest and a random number: this is tampering, or a bug of ours.',
    next: () => 'Look at the change set. It was not touched.',
  },
  'deleted-meanwhile': {
    ends: 'conflict',
    message: ({ stack }: Stack) => `${stack} was deleted by somebody while it was being deployed.`,
    why: 'CloudFormation lets a stack be deleted whatever else goes on.',
    next: () => 'Find out who (CloudTrail), then deploy again.',
  },
  'stack-left-behind': {
    ends: 'approval',
    message: ({ stack, left }: Stack & { readonly left: readonly string[] }) =>
      `The first deployment of ${stack} failed, and left ${left.join(', ')} behind.`,
    why: 'The stack has to be deleted before it is created anew; what it retains is then nobody’s.',
    next: () => 'With `--confirm-recreate` the stack is deleted, and what it retains stays. `--adopt` takes named things in again.',
  },
  'stack-paused': {
    ends: 'recovery',
    message: ({ stack, status }: Stack & { readonly status: string }) => `${stack} stands where its last deployment failed (${status}).`,
    why: 'It was deployed with `--no-rollback`. In this state nothing can be replaced.',
    next: () => '`eventsystem recover` takes it back to its last good state.',
  },
  'stack-broken': {
    ends: 'recovery',
    message: ({ stack, status }: Stack & { readonly status: string }) => `${stack} needs to be repaired first (${status}).`,
    why: 'Its last operation failed, and going back failed, too.',
    next: ({ status }: { readonly status: string }) =>
      status === 'UPDATE_ROLLBACK_FAILED'
        ? '`eventsystem recover` goes on with going back; `--skip ID` leaves out what cannot.'
        : '`eventsystem remove` deletes it; what cannot be deleted is told.',
    page: `${CLOUDFORMATION}/troubleshooting.html#troubleshooting-errors-update-rollback-failed`,
  },
  'stack-of-another-tool': {
    ends: 'refused',
    message: ({ stack }: Stack) => `${stack} was made by another tool, so nothing can be taken into it.`,
    why: 'A thing is adopted by a template that holds everything the stack has and the thing besides. The template of this stack is not one of ours.',
    next: () => 'Give the system another `name`, and adopt what it should take over.',
  },
  'stack-unknown': {
    ends: 'recovery',
    message: ({ stack, status }: Stack & { readonly status: string }) =>
      `${stack} is in a status that this version does not know: ${status}.`,
    why: 'What is not known is not touched.',
    next: () => 'Take a newer version of eventsystem.',
  },

  'stack-of-others': {
    ends: 'conflict',
    message: ({ stack }: Stack) => `There is a stack ${stack} that is not of this system and stage.`,
    why: 'A system of several stacks has names of its own for them, and another’s is not touched.',
    next: () => 'Name the stage or the system otherwise, or keep it one stack: `stacks: one`.',
  },
  'stacks-differ': {
    ends: 'refused',
    message: ({ stack, count }: Stack & { readonly count: number }) =>
      `${count} ${count === 1 ? 'resource of' : 'resources of'} ${stack} would move to another stack, and be made anew there.`,
    why: 'CloudFormation deletes in one stack what is made in the other, with all it holds; its own moving of resources takes none into stacks whose parameters are new. Nothing has been changed.',
    next: ({ form, because }: { readonly form: string; readonly because: 'one' | 'counts' | 'tie' }) =>
      because === 'counts'
        ? `Write \`${form}\` in the file: everything then stays where it is.`
        : because === 'tie'
          ? 'It now refers to something in a later stack. Let a queue or a bus stand between the two, or give it another name in the file: it is then a new one, and the old one goes.'
          : `Write \`${form}\` in the file: everything then stays in one stack, which holds 500 resources. What goes beyond belongs into another system, which finds what this one shows with \`share\`.`,
    page: `${CLOUDFORMATION}/stack-refactoring.html`,
  },

  'nothing-handed-over': {
    ends: 'conflict',
    message: ({ stack, from }: Stack & { readonly from: readonly string[] }) =>
      `${stack} waits for ${from.join(', ')}, and nothing is there.`,
    why: 'What one stack hands to the next are its outputs. Somebody has changed that stack meanwhile.',
    next: () => 'Deploy again.',
  },

  'older-code': {
    ends: 'conflict',
    message: ({ stack, theirs, ours, by, isOlder }: Stack & OlderFacts) =>
      isOlder
        ? `${stack} was deployed from commit ${theirs} by ${by}, and this code (${ours}) is older.`
        : `${stack} was deployed from commit ${theirs} by ${by}, which this code (${ours}) does not contain.`,
    why: 'To deploy it would take back what that commit brought.',
    next: ({ theirs }: OlderFacts) => `Merge ${theirs} first (\`git pull\`); with \`--allow-downgrade\` it is deployed all the same.`,
    page: 'https://git-scm.com/docs/git-merge-base',
  },

  // The plan.
  'parameter-missing': {
    ends: 'refused',
    message: ({ names }: { readonly names: readonly string[] }) => `Nobody gives a value for ${names.join(', ')}.`,
    why: 'These parameters of the template have no default, and the stack has no value from an earlier deployment.',
    next: ({ names }: { readonly names: readonly string[] }) => `Give ${names.map((name) => `\`--parameter ${name}=VALUE\``).join(', ')}.`,
  },
  'plan-refused': {
    ends: 'refused',
    message: ({ stack, detail }: Stack & { readonly detail: string }) => `CloudFormation refuses the plan for ${stack}: ${detail}`,
    why: 'Nothing has been changed. The change set, and a stack that was only made for it, are taken away again.',
    next: () => 'Mend what is named, and deploy again.',
    page: `${CLOUDFORMATION}/troubleshooting.html`,
  },
  'plan-slow': {
    ends: 'refused',
    message: ({ stack }: Stack) => `CloudFormation did not finish planning ${stack} in 15 minutes.`,
    why: 'The change set was taken away again; nothing has been changed.',
    next: () => 'Repeat the command; https://health.aws.amazon.com tells of disturbances.',
  },
  'too-many-change-sets': {
    ends: 'refused',
    message: ({ stack, count }: Stack & { readonly count: number }) =>
      `${stack} has ${count} change ${count === 1 ? 'set' : 'sets'}, as many as CloudFormation keeps.`,
    why: 'None of them is ours to delete.',
    next: () => 'Delete those that nobody needs.',
    page: `${CLOUDFORMATION}/cloudformation-limits.html`,
  },
  quota: {
    ends: 'refused',
    message: ({ detail }: { readonly detail: string }) => `A quota of the account is reached: ${detail}`,
    why: 'Nothing has been changed.',
    next: () => 'Ask for more in Service Quotas.',
    page: `${CLOUDFORMATION}/cloudformation-limits.html`,
  },
  'role-refused': {
    ends: 'refused',
    message: ({ detail }: { readonly detail: string }) => `CloudFormation cannot take on the role: ${detail}`,
    why: 'The role must trust cloudformation.amazonaws.com, and whoever deploys must be allowed to pass it.',
    next: () => 'See the role’s trust policy, and iam:PassRole.',
  },
  'template-unreadable': {
    ends: 'refused',
    message: ({ detail }: { readonly detail: string }) => `CloudFormation cannot read the template: ${detail}`,
    why: 'It reads with the rights of the one who deploys, or of the role that was given.',
    next: () => 'Grant s3:GetObject on the artifact bucket (and kms:Decrypt on its key) to that one.',
  },
  'plan-gone': {
    ends: 'conflict',
    message: ({ stack }: Stack) => `The plan for ${stack} is no longer there.`,
    why: 'Executing a change set deletes all others of the stack; somebody was faster, or deleted it.',
    next: () => 'Deploy again.',
  },
  'plan-differs': {
    ends: 'conflict',
    message: ({ stack }: Stack) => `What would be done to ${stack} is no longer what the plan file holds.`,
    why: 'A plan is applied only as it was approved: its digest covers every change.',
    next: () => 'Plan again, and have it approved again.',
  },
  'plan-file': {
    ends: 'refused',
    message: ({ file, detail }: { readonly file: string; readonly detail: string }) => `${file} is no plan: ${detail}`,
    why: '`eventsystem plan -o FILE` writes one.',
    next: () => 'Plan again.',
  },
  declined: {
    ends: 'approval',
    message: ({ stack }: Stack) => `${stack} stays as it is.`,
    why: 'The answer was no. A change set that was made for it is deleted again.',
    next: () => 'Repeat the command to be asked again.',
  },
  'approval-needed': {
    ends: 'approval',
    message: ({ what }: { readonly what: readonly string[] }) =>
      `This has to be approved, and there is no terminal to ask at: ${what.join(' ')}`,
    why: 'Nothing is changed without a yes. `--yes` covers neither what is lost nor, on a protected stage, what opens wider: these are approved by name.',
    next: ({ what }: { readonly what: readonly string[] }) =>
      `Read what is printed above. Then repeat the command with ${what.join(' ')}, or at a terminal.`,
  },
});
