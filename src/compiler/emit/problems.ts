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
      `The stack \`${stack}\` has ${count.toLocaleString('en-US')} ${what}, and CloudFormation allows ${limit.toLocaleString('en-US')}. Most of them are for ${listed(most)}.`,
    why: 'These limits cannot be raised. A system of more than 450 resources is split into several stacks, unless it has `stacks: one`; what still does not fit belongs in another system, which can use what this one exposes with `share`.',
    page: LIMITS,
  },
  'role-limit': {
    severity: 'error',
    message: ({ role, size, most }: { role: string; size: number; most: readonly string[] }) =>
      `The inline policies of \`${role}\` have ${size.toLocaleString('en-US')} characters, and IAM allows 10,240. Most of them are for ${listed(most)}.`,
    why: 'A function with this many permissions is better split in two.',
    page: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
  },
  'made-twice': {
    severity: 'error',
    message: ({ path, type }: { path: string; type: string }) => `\`${path}\` would create the same ${type} twice.`,
    why: 'Resources are named after what the file names, so the same name twice in a list, or on two functions, would be one resource twice. List it once, or use different names.',
  },
  'override-matches-nothing': {
    severity: 'error',
    message: ({ target, type, known }: { target: string; type: string; known: readonly string[] }) =>
      `\`${target}\` creates no \`${type}\`${known.length > 0 ? `; it creates ${listed(known)}` : ''}.`,
    why: 'An override that changes nothing is a mistake: the template would not be what its author expects.',
    fix: leavingOutIfMeant,
  },
  'registry-violation': {
    severity: 'error',
    message: ({ type, path, wrong }: { type: string; path: string; wrong: string }) => `\`${path}\` of ${type}: ${wrong}.`,
    why: 'Resource properties are checked against AWS’s published specification. CloudFormation would reject this one during the deployment.',
    fix: ({ meant }: { meant?: string | undefined }, place) => replacing(meant)(place),
    page: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-template-resource-type-ref.html',
  },
});
