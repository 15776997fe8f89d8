import type { Finding } from '../../src/compiler/diagnostics/problem.ts';

/** What a page does with a finding. */
export interface Handling {
  readonly show: (finding: Finding) => void;
  readonly fix: (finding: Finding) => void;
}

/** The findings as a list: a press leads to the place, and does what is to be done where that is known. */
export function listed(findings: readonly Finding[], handling: Handling): readonly HTMLElement[] {
  if (findings.length === 0) return [element('li', {}, 'No findings.')];
  return findings.map((finding) => {
    const { line } = finding.place.source.position(finding.place.span.start);
    const place = element('button', { className: `place ${finding.severity}` }, `line ${line}: ${finding.message} `);
    place.append(element('code', {}, finding.code));
    place.addEventListener('click', () => handling.show(finding));
    const item = element('li', {});
    item.append(place, element('p', {}, finding.why));
    if (finding.fix?.edits?.length) {
      const fix = element('button', { className: 'fix' }, finding.fix.title);
      fix.addEventListener('click', () => handling.fix(finding));
      item.append(fix);
    } else if (finding.fix) item.append(element('p', {}, finding.fix.title));
    return item;
  });
}

function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  properties: Partial<HTMLElementTagNameMap[K]>,
  text = '',
): HTMLElementTagNameMap[K] {
  return Object.assign(document.createElement(name), { textContent: text, ...properties });
}
