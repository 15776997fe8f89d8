import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver-types';
import type { Finding, Severity } from '../compiler/diagnostics/problem.ts';
import { rangeOf } from './ranges.ts';

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  hint: DiagnosticSeverity.Information,
};

/** A finding as the protocol says it: the same code, the same place, the same words. */
export function diagnosticOf(finding: Finding, uriOf: (path: string) => string): Diagnostic {
  const { code, severity, message, place, related = [] } = finding;
  return {
    range: rangeOf(place.source, place.span),
    severity: SEVERITIES[severity],
    code,
    source: 'eventsystem',
    message,
    ...(related.length > 0 && {
      relatedInformation: related.map((other) => ({
        message: other.message,
        location: { uri: uriOf(other.place.source.path), range: rangeOf(other.place.source, other.place.span) },
      })),
    }),
  };
}
