import type { Written } from '../check/written.ts';
import { problems, type Report } from '../diagnostics/problem.ts';
import { choosing, leaveOut, leavingOutIfMeant, write } from '../edit/fixes.ts';
import { listed, nearest } from '../text/suggest.ts';

export const movedProblems = problems({
  'moved-from-here': {
    severity: 'error',
    message: ({ from }: { from: string }) => `\`${from}\` is listed in \`moved\`, but is still declared.`,
    why: 'A renamed thing keeps its resources, so nothing else may use its earlier name.',
    fix: (_: unknown, place) => choosing(leaveOut(place), { title: 'Give the new one another name' }),
  },
  'moved-nowhere': {
    severity: 'error',
    message: ({ to }: { to: string }) => `Nothing is declared as \`${to}\`.`,
    why: 'An entry of `moved` leads from a thing’s earlier path to its current one.',
    fix: ({ meant }: { meant: string | undefined }, place) =>
      meant === undefined ? choosing(leaveOut(place)) : choosing(write(place, meant), leaveOut(place)),
  },
  'moved-elsewhere': {
    severity: 'error',
    message: ({ from, to }: { from: string; to: string }) =>
      `\`${from}\` cannot be renamed to \`${to}\`: they are different kinds of resource.`,
    why: 'A renamed thing keeps its resources, so its kind cannot change. Functions and consumers are one kind.',
    fix: leavingOutIfMeant,
  },
  'moved-twice': {
    severity: 'error',
    message: ({ to, froms }: { to: string; froms: readonly string[] }) =>
      `\`${to}\` cannot be the new name of ${listed(froms.map((one) => `\`${one}\``))} together.`,
    why: 'A renamed thing keeps its resources, so it must have been one thing before.',
    fix: leavingOutIfMeant,
  },
});

/** The paths of what is declared of a kind. */
const pathsOf = (root: Written, kind: string): readonly string[] =>
  (kind === 'functions' ? ['functions', 'consumers'] : [kind]).flatMap((section) =>
    [...(root.parts.get(section)?.parts.keys() ?? [])].map((name) => `${section}.${name}`),
  );

/** Functions and consumers share their names, and are one kind of thing. */
const kindOf = (path: string): string => path.slice(0, path.indexOf('.')).replace('consumers', 'functions');
const nameOf = (path: string): string => path.slice(path.indexOf('.') + 1);

/**
 * For each path what was renamed to it was called first: the lines of `moved` followed back. A line that cannot hold is
 * reported, and does not.
 */
export function movedFrom(root: Written, report: Report): ReadonlyMap<string, string> {
  const section = root.parts.get('moved');
  const lines = [...(section?.parts ?? [])].flatMap(([from, { value, broken, key, place }]) =>
    typeof value === 'string' && !broken ? [{ from, to: value, place: key ?? place }] : [],
  );
  const isDeclared = (path: string): boolean =>
    (kindOf(path) === 'functions' ? ['functions', 'consumers'] : [kindOf(path)]).some((kind) =>
      root.parts.get(kind)?.parts.has(nameOf(path)),
    );
  const before = new Map<string, string>();
  for (const { from, to, place } of lines) {
    const known = before.get(to);
    if (kindOf(from) !== kindOf(to)) report(movedProblems['moved-elsewhere'], place, { from, to });
    else if (isDeclared(from)) report(movedProblems['moved-from-here'], place, { from });
    else if (!isDeclared(to) && !lines.some((other) => other.from === to))
      report(movedProblems['moved-nowhere'], place, { to, meant: nearest(to, pathsOf(root, kindOf(to))) });
    else if (known !== undefined) report(movedProblems['moved-twice'], place, { to, froms: [known, from] });
    else before.set(to, from);
  }
  const first = new Map<string, string>();
  for (const { to } of lines) {
    let path = to;
    // A line may be followed once: names that lead back to themselves end there.
    for (let steps = lines.length; steps > 0; steps--) path = before.get(path) ?? path;
    if (path === to) continue;
    first.set(to, nameOf(path));
    if (kindOf(to) === 'functions') for (const kind of ['functions', 'consumers']) first.set(`${kind}.${nameOf(to)}`, nameOf(path));
  }
  return first;
}
