import { problems } from '../diagnostics/problem.ts';
import { leavingOutIfMeant, replacing } from '../edit/fixes.ts';
import { listed } from '../text/suggest.ts';

const LIMITS = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html';

export const emitProblems = problems({
  'template-limit': {
    severity: 'error',
    message: ({
      stack,
      what,
      count,
      limit,
      most,
    }: {
      stack: string;
      what: string;
      count: number;
      limit: number;
      most: readonly string[];
    }) =>
      `The stack \`${stack}\` has ${count.toLocaleString('en-US')} ${what}, and CloudFormation takes ${limit.toLocaleString('en-US')}. Most of them are for ${listed(most)}.`,
    why: 'A stack has limits that no quota raises. A system of more than 450 resources becomes several stacks, unless `stacks: one` keeps it one; what still does not fit is for another system, which finds what this one shows with `share`.',
    page: LIMITS,
  },
  'role-limit': {
    severity: 'error',
    message: ({ role, size, most }: { role: string; size: number; most: readonly string[] }) =>
      `What \`${role}\` may do takes ${size.toLocaleString('en-US')} characters, and a role’s own policies hold 10,240. Most of it is for ${listed(most)}.`,
    why: 'One function that may do very much is better two.',
    page: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
  },
  'made-twice': {
    severity: 'error',
    message: ({ path, type }: { path: string; type: string }) => `\`${path}\` would make one ${type} twice.`,
    why: 'What is made is named by what the file names, so the same name in a list, or on two functions, would be one thing twice. Say each once, or give them names of their own.',
  },
  'override-matches-nothing': {
    severity: 'error',
    message: ({ target, type, known }: { target: string; type: string; known: readonly string[] }) =>
      `\`${target}\` makes no \`${type}\`${known.length > 0 ? `; it makes ${listed(known)}` : ''}.`,
    why: 'A patch that changes nothing is a mistake: the template would not be what its author believes.',
    fix: leavingOutIfMeant,
  },
  'registry-violation': {
    severity: 'error',
    message: ({ type, path, wrong }: { type: string; path: string; wrong: string }) => `\`${path}\` of ${type}: ${wrong}.`,
    why: 'The properties of resources are compared with AWS’s published specification. CloudFormation would refuse this one during the deployment.',
    fix: ({ meant }: { meant?: string | undefined }, place) => replacing(meant)(place),
    page: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-template-resource-type-ref.html',
  },
});
