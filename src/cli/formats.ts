import { findingData, printFinding, type Style } from '../compiler/diagnostics/print.ts';
import type { Finding } from '../compiler/diagnostics/problem.ts';
import { githubAnnotations } from './github.ts';
import { sarif } from './sarif.ts';

/** How findings can be told: to people, or to machines. */
export const FORMATS = ['text', 'json', 'sarif', 'github'] as const;

export type Format = (typeof FORMATS)[number];

/** Findings in a format, ending with a line ending where there is anything to say. */
export function formatFindings(findings: readonly Finding[], format: Format, style: Style, version: () => string): string {
  switch (format) {
    case 'text':
      return findings.map((finding) => `${printFinding(finding, style)}\n\n`).join('');
    case 'json':
      return json({ findings: findings.map(findingData) });
    case 'sarif':
      return json(sarif(findings, version()));
    case 'github':
      return githubAnnotations(findings);
  }
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** “2 errors and 1 warning”; nothing where there is none. */
export function counted(findings: readonly Finding[]): string {
  const kinds = (['error', 'warning', 'hint'] as const).flatMap((kind) => {
    const count = findings.filter(({ severity }) => severity === kind).length;
    return count === 0 ? [] : [`${count} ${kind}${count === 1 ? '' : 's'}`];
  });
  return kinds.length <= 1 ? kinds.join('') : `${kinds.slice(0, -1).join(', ')} and ${kinds.at(-1) ?? ''}`;
}
