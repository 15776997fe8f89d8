import type { Written } from '../check/written.ts';
import { jsonOf } from '../cloud/json.ts';
import { problems, type Fix, type Report } from '../diagnostics/problem.ts';
import { flowTextAt, instead, keyThere } from '../edit/edits.ts';
import { choosing, fixing, replacing } from '../edit/fixes.ts';
import type { Data } from '../resolve/model.ts';
import type { Context } from '../resources/meaning.ts';
import type { Place } from '../text/source-text.ts';
import { listed, nearest } from '../text/suggest.ts';

const PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html';

/** What a filter looks at stands below what the source calls it. */
function below(outer: string, key: string, place: Place): Fix {
  const value = flowTextAt(place);
  const edits = value === undefined || keyThere(place, outer) ? [] : instead(place, `${outer}: { ${key}: ${value} }`);
  return choosing(fixing(`Write \`${outer}: { ${key}: … }\``, edits));
}

export const filterProblems = problems({
  'filter-key': {
    severity: 'error',
    message: ({ key, known }: { key: string; known: readonly string[]; meant: string | undefined }) =>
      `A filter on this source cannot start with \`${key}\`; it can match ${listed(known)}.`,
    why: 'A filter on a missing field drops every record: the function would never be invoked, and there would be no error.',
    fix: ({ key, known, meant }: { key: string; known: readonly string[]; meant: string | undefined }, place) =>
      meant !== undefined ? replacing(meant)(place) : below(known[0] ?? '', key, place),
    page: PAGE,
  },
  'pattern-value': {
    severity: 'error',
    message: ({ key, written }: { key: string; written: string }) => `The values of a pattern must be a list: \`${key}: [${written}]\`.`,
    why: 'An event pattern lists the values of which one must match; a bare value is rejected when the event source mapping is created.',
    fix: ({ written }: { key: string; written: string }, place) => ({
      title: `Write [${written}]`,
      edits: [{ place, text: `[${written}]` }],
    }),
    page: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html',
  },
  'filter-too-long': {
    severity: 'error',
    message: ({ length }: { length: number }) => `The pattern has ${length} characters as JSON; Lambda allows 4096.`,
    why: 'Lambda limits the length of filter patterns.',
    page: PAGE,
  },
});

type Patterns = readonly Data[];

/** What a mapping filters by. */
export function filterCriteria(patterns: Patterns, context: Context): { readonly Filters: readonly { readonly Pattern: string }[] } {
  // Text in all but rare cases; where a pattern refers to something it is computed, which CloudFormation takes as well.
  return { Filters: patterns.map((pattern) => ({ Pattern: jsonOf(context.data(pattern)) as string })) };
}

/** Reports patterns that would never match, or that AWS refuses. */
export function verifyFilter(filter: Written, keys: readonly string[], report: Report): void {
  for (const pattern of filter.parts.values()) {
    for (const [key, part] of pattern.parts) {
      if (!keys.includes(key))
        report(filterProblems['filter-key'], part.key ?? part.place, { key, known: keys, meant: nearest(key, keys) });
      else verifyPattern(key, part, report);
    }
    const { length } = JSON.stringify(pattern.value ?? null);
    if (length > 4096) report(filterProblems['filter-too-long'], pattern.place, { length });
  }
}

/** A pattern is an object of objects, with lists of values at its ends. */
export function verifyPattern(key: string, { value, place, parts, broken }: Written, report: Report): void {
  if (broken || Array.isArray(value)) return;
  if (typeof value !== 'object' || value === null || 'segments' in value) {
    const written = place.source.text.slice(place.span.start, place.span.end);
    report(filterProblems['pattern-value'], place, { key, written });
    return;
  }
  for (const [inner, part] of parts) verifyPattern(inner, part, report);
}
