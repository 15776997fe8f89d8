import { problems, type Report } from '../diagnostics/problem.ts';
import type { Place } from '../text/source-text.ts';

export const longNameProblems = problems({
  'name-too-long-for-aws': {
    severity: 'error',
    message: ({ what, name, limit }: { what: string; name: string; limit: number }) =>
      `${what} would be named \`${name}\`, which has ${name.length} characters, and AWS allows ${limit}.`,
    why: 'CloudFormation requires a name here, made of the stack’s name and the one in this file, so that two stages do not share one.',
    fix: () => ({ title: 'Give it, the system or the stage a shorter name' }),
  },
});

/** Reports a name in AWS that would be too long. */
export function verifyLength(what: string, name: string, limit: number, place: Place, report: Report): void {
  if (name.length > limit) report(longNameProblems['name-too-long-for-aws'], place, { what, name, limit });
}
