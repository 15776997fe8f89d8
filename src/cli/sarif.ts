import { clean, rangeOf } from '../compiler/diagnostics/print.ts';
import { orderOf, waysOf, type Edit, type Finding, type Fix, type Severity } from '../compiler/diagnostics/problem.ts';
import type { Place } from '../compiler/text/source-text.ts';

const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = { error: 'error', warning: 'warning', hint: 'note' };

/** Findings as a log of SARIF 2.1.0. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function sarif(findings: readonly Finding[], version: string): object {
  const codes = [...new Map(findings.map((finding) => [finding.code, finding])).values()].sort((a, b) => (a.code < b.code ? -1 : 1));
  const indexOf = new Map(codes.map(({ code }, index) => [code, index]));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'eventsystem', semanticVersion: version, rules: codes.map(rule) } },
        // Columns count what JavaScript and editors count.
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => result(finding, indexOf.get(finding.code) ?? 0)),
      },
    ],
  };
}

function rule({ code, severity, why }: Finding): object {
  return {
    id: code,
    shortDescription: { text: code.replaceAll('-', ' ') },
    fullDescription: { text: why },
    help: { text: `${why}\n\n\`eventsystem explain ${code}\` says more.` },
    defaultConfiguration: { level: LEVELS[severity] },
  };
}

function result({ code, severity, message, place, fix, related }: Finding, ruleIndex: number): object {
  return {
    ruleId: code,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: clean(fix ? `${message} ${orderOf(fix)}.` : message) },
    locations: [location(place)],
    ...(related && {
      relatedLocations: related.map((other, id) => ({ id, ...location(other.place), message: { text: clean(other.message) } })),
    }),
    ...fixesOf(fix),
  };
}

function fixesOf(fix: Fix | undefined): { readonly fixes?: readonly object[] } {
  const fixes = (fix ? waysOf(fix) : []).flatMap(({ title, edits }) =>
    edits ? [{ description: { text: clean(title) }, artifactChanges: changes(edits) }] : [],
  );
  return fixes.length > 0 ? { fixes } : {};
}

function location(place: Place): object {
  return { physicalLocation: { artifactLocation: { uri: uriOf(place) }, region: regionOf(place) } };
}

function changes(edits: readonly Edit[]): readonly object[] {
  return [...byFile(edits)].map(([uri, all]) => ({
    artifactLocation: { uri },
    replacements: all.map(({ place, text }) => ({ deletedRegion: regionOf(place), insertedContent: { text } })),
  }));
}

function byFile(edits: readonly Edit[]): ReadonlyMap<string, readonly Edit[]> {
  const files = new Map<string, Edit[]>();
  for (const edit of edits) files.set(uriOf(edit.place), [...(files.get(uriOf(edit.place)) ?? []), edit]);
  return files;
}

/** A relative reference: each step of the path in the characters that a URI takes. */
function uriOf({ source }: Place): string {
  return source.path.split('/').map(encodeURIComponent).join('/');
}

function regionOf(place: Place): object {
  const { line, column, endLine, endColumn } = rangeOf(place);
  return { startLine: line, startColumn: column, endLine, endColumn };
}
