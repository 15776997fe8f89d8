import { problems, type Report } from '../diagnostics/problem.ts';
import { add, choosing } from '../edit/fixes.ts';
import type { Hop } from './source.ts';

export const namingProblems = problems({
  'needs-as': {
    severity: 'error',
    message: ({ name }: { name: string }) =>
      `This source and another one next to it are both named \`${name}\`: rename one of them with \`as\`.`,
    why: 'The resource between a source and its target is named after both. Two with the same names would be one resource.',
    fix: ({ name }: { name: string }, place) => choosing(add(place, 'as', `${name}-2`)),
  },
});

/** Reports two sources of one consumer or receiver that share their names. */
export function verifyNames(all: readonly Hop[], report: Report): void {
  const seen = new Map<string, Hop>();
  for (const hop of all) {
    const own = hop.names.at(-1);
    const key = `${own?.word ?? ''} ${own?.name ?? ''}`;
    const other = seen.get(key);
    if (other)
      report(namingProblems['needs-as'], hop.place, { name: own?.name ?? '' }, [{ message: 'The other one.', place: other.place }]);
    else seen.set(key, hop);
  }
}
