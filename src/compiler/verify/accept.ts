import type { Written } from '../check/written.ts';
import { problems, type Finding, type Report } from '../diagnostics/problem.ts';
import { choosing, fixing } from '../edit/fixes.ts';
import { without, withoutWhole } from '../edit/edits.ts';
import type { Model } from '../resolve/model.ts';

export const acceptProblems = problems({
  'nothing-to-accept': {
    severity: 'warning',
    message: ({ finding, on }: { finding: string; on: string }) => `There is no finding \`${finding}\` at \`${on}\`.`,
    why: 'An `accept` entry that silences nothing is a leftover, or names the wrong place.',
    fix: (_: unknown, place) => choosing(fixing('Remove the entry', without(place))),
  },
  'cannot-accept': {
    severity: 'error',
    message: ({ finding }: { finding: string }) => `\`${finding}\` is an error, which cannot be accepted.`,
    why: 'Warnings and hints can be intended. An error would break the deployment or the system.',
    fix: (_: unknown, place) => fixing('Remove the entry', withoutWhole(place)),
  },
});

/** A finding that is meant to be so, and the reason. */
export interface Accepted {
  readonly finding: string;
  readonly path: string;
  readonly reason: string;
}

/** Takes out the findings that `accept` names, and reports entries that name none. */
export function accepted(
  findings: readonly Finding[],
  model: Model,
  report: Report,
): { readonly silenced: ReadonlySet<Finding>; readonly reasons: readonly Accepted[] } {
  const silenced = new Set<Finding>();
  const reasons: Accepted[] = [];
  const entries = model.root.at('accept');
  (model.settings.accept ?? []).forEach(({ finding, on, because }, index) => {
    const entry = entries.parts.get(String(index)) ?? entries;
    const target = at(model.root, on);
    const matching = findings.filter((one) => one.code === finding && target !== undefined && isIn(one, target));
    const error = matching.find(({ severity }) => severity === 'error');
    if (error) report(acceptProblems['cannot-accept'], entry.parts.get('finding')?.place ?? entry.place, { finding });
    // A code with capitals is a rule of another tool that judges templates: its reason stands in the template.
    else if (matching.length === 0 && (!/[A-Z]/.test(finding) || target === undefined))
      report(acceptProblems['nothing-to-accept'], entry.place, { finding, on });
    for (const one of matching) if (one.severity !== 'error') silenced.add(one);
    reasons.push({ finding, path: on, reason: because });
  });
  return { silenced, reasons };
}

/** The value at a path such as `apis.shop.routes.GET /a.b`: a key may hold dots, so the longest that is there counts. */
function at(written: Written, path: string): Written | undefined {
  if (path === '') return written;
  for (let end = path.length; end > 0; end = path.lastIndexOf('.', end - 1)) {
    const part = written.parts.get(path.slice(0, end));
    const found = part && at(part, path.slice(end + 1));
    if (found) return found;
  }
  return undefined;
}

function isIn({ place }: Finding, { key, place: value }: Written): boolean {
  const start = key?.span.start ?? value.span.start;
  return place.source === value.source && place.span.start >= start && place.span.end <= Math.max(value.span.end, key?.span.end ?? 0);
}
