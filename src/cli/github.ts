import { clean, rangeOf } from '../compiler/diagnostics/print.ts';
import { orderOf, type Finding, type Severity } from '../compiler/diagnostics/problem.ts';

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', hint: 'notice' };

/**
 * Findings as commands to the runner of GitHub Actions, which shows them beside the lines they are about.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function githubAnnotations(findings: readonly Finding[]): string {
  return findings.map((finding) => `${annotation(finding)}\n`).join('');
}

function annotation({ severity, code, message, place, why, fix }: Finding): string {
  const { file, line, column, endLine, endColumn } = rangeOf(place);
  // The runner refuses columns of what spans several lines.
  const where = line === endLine ? { line, endLine, col: column, endColumn } : { line, endLine };
  const properties = Object.entries({ file, ...where, title: code }).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  const text = [message, why, ...(fix ? [`Fix: ${orderOf(fix)}`] : [])].join('\n');
  return `::${LEVELS[severity]} ${properties.join(',')}::${escapeText(text)}`;
}

/** What ended a command, as the runner shows it; beside a line, where it is about one. */
export function githubError({
  code,
  text,
  place,
}: {
  readonly code: string;
  readonly text: string;
  readonly place: Readonly<Record<string, string>>;
}): string {
  const properties = Object.entries({ ...place, title: code }).map(([name, value]) => `${name}=${escapeProperty(value)}`);
  return `::error ${properties.join(',')}::${escapeText(text)}\n`;
}

/** As the runner’s own toolkit does: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts */
function escapeText(text: string): string {
  return clean(text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A'));
}

function escapeProperty(text: string): string {
  return escapeText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
