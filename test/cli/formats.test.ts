import { expect, test } from 'vitest';
import { formatFindings, counted } from '../../src/cli/formats.ts';
import { placesFrom, relocated } from '../../src/cli/places.ts';
import { coloured, colours } from '../../src/cli/terminal.ts';
import { plainStyle } from '../../src/compiler/diagnostics/print.ts';
import type { Finding } from '../../src/compiler/diagnostics/problem.ts';
import { SourceText } from '../../src/compiler/text/source-text.ts';
import { terminalIn } from './terminal-double.ts';

const source = new SourceText('a folder/eventsystem.yml', 'name: shop\nstreams: { Ördérs💥x: }\n');
const start = source.text.indexOf('x:');
const place = { source, span: { start, end: start + 1 } };
const finding: Finding = {
  code: 'bad-name',
  severity: 'error',
  message: 'It is 100% wrong:\n`a`, `b`\u{1B}[31m',
  place,
  why: 'Names are names.',
  fix: { title: 'Write y', edits: [{ place, text: 'y' }] },
  related: [{ message: 'Here too.', place: { source, span: { start: 0, end: 4 } } }],
};
const version = () => '1.2.3';

test('JSON is a list of findings, empty when nothing is wrong', () => {
  expect(JSON.parse(formatFindings([], 'json', plainStyle, version))).toEqual({ findings: [] });
  const { findings } = JSON.parse(formatFindings([finding], 'json', colours, version));
  expect(findings[0]).toMatchObject({
    code: 'bad-name',
    file: 'a folder/eventsystem.yml',
    line: 2,
    column: 20,
    endLine: 2,
    endColumn: 21,
    fix: { edits: [{ text: 'y', column: 20 }] },
  });
});

test('of many places that belong to a finding three are drawn, and the others told by their lines', () => {
  const elsewhere = new SourceText('eventsystem.yml', 'name: shop\n'.repeat(40));
  const related = [30, 20, 10, 3, 7, 12].map((line) => ({
    message: 'Here too.',
    place: { source: elsewhere, span: { start: (line - 1) * 11, end: (line - 1) * 11 + 4 } },
  }));
  const text = formatFindings([{ ...finding, related }], 'text', plainStyle, version);
  expect(text.match(/┌─ eventsystem\.yml:\d+/g)).toEqual(['┌─ eventsystem.yml:30', '┌─ eventsystem.yml:20', '┌─ eventsystem.yml:10']);
  expect(text).toContain('\n  and: at 3 more places: eventsystem.yml, lines 3, 7, 12\n');
  expect(JSON.parse(formatFindings([{ ...finding, related }], 'json', plainStyle, version)).findings[0].related).toHaveLength(6);
});

test('SARIF counts columns as editors do, and has a rule for every result', () => {
  const log = JSON.parse(formatFindings([finding, { ...finding, code: 'alias', severity: 'hint' }], 'sarif', plainStyle, version));
  const [run] = log.runs;
  expect(log.version).toBe('2.1.0');
  expect(run.columnKind).toBe('utf16CodeUnits');
  expect(run.tool.driver).toMatchObject({
    name: 'eventsystem',
    semanticVersion: '1.2.3',
    rules: [
      { id: 'alias', defaultConfiguration: { level: 'note' } },
      { id: 'bad-name', help: { text: expect.stringContaining('Names are names.') } },
    ],
  });
  for (const result of run.results) expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
  expect(run.results[0].locations[0].physicalLocation).toEqual({
    artifactLocation: { uri: 'a%20folder/eventsystem.yml' },
    region: { startLine: 2, startColumn: 20, endLine: 2, endColumn: 21 },
  });
  expect(run.results[0].fixes[0].artifactChanges[0].replacements[0].insertedContent).toEqual({ text: 'y' });
  expect(JSON.parse(formatFindings([], 'sarif', plainStyle, version)).runs[0].results).toEqual([]);
});

test('GitHub gets one line for each finding, in which nothing can be a command of its own', () => {
  const text = formatFindings(
    [{ ...finding, place: { source: new SourceText('a,b:c.yml', source.text), span: place.span } }],
    'github',
    colours,
    version,
  );
  expect(text).toBe(
    '::error file=a%2Cb%3Ac.yml,line=2,endLine=2,col=20,endColumn=21,title=bad-name::It is 100%25 wrong:%0A`a`, `b`\u{FFFD}[31m%0ANames are names.%0AFix: Write y\n',
  );
  expect(formatFindings([], 'github', plainStyle, version)).toBe('');
});

test('GitHub gets no columns for what spans several lines', () => {
  expect(formatFindings([{ ...finding, place: { source, span: { start: 0, end: start } } }], 'github', plainStyle, version)).toMatch(
    /^::error file=[^,]*,line=1,endLine=2,title=/,
  );
});

test('text shows no control characters of the author’s, and colours only where wanted', () => {
  expect(formatFindings([finding], 'text', plainStyle, version)).not.toContain('\u{1B}');
  expect(formatFindings([finding], 'text', colours, version)).toContain('\u{1B}[31merror[bad-name]');
});

test('paths are told from where the caller is, for GitHub from the top of the repository', () => {
  const at = (terminal: Parameters<typeof placesFrom>[0], format: 'text' | 'github') =>
    relocated([finding], '/repo/app', placesFrom(terminal, format))[0];
  const inside = terminalIn('/repo/app/deep', { environment: { GITHUB_WORKSPACE: '/repo' } });
  expect(at(inside, 'text')?.place.source.path).toBe('../a folder/eventsystem.yml');
  const moved = at(inside, 'github');
  expect([moved?.place, moved?.related?.[0]?.place, moved?.fix?.edits?.[0]?.place].map((one) => one?.source.path)).toEqual(
    Array(3).fill('app/a folder/eventsystem.yml'),
  );
  expect(at(terminalIn('/elsewhere', { environment: { GITHUB_WORKSPACE: '/repo' } }), 'github')?.place.source.path).toBe(
    '../repo/app/a folder/eventsystem.yml',
  );
});

test('counts in words', () => {
  const one = (severity: Finding['severity']) => ({ ...finding, severity });
  expect(counted([one('error'), one('error'), one('warning'), one('hint')])).toBe('2 errors, 1 warning and 1 hint');
  expect(counted([one('warning')])).toBe('1 warning');
});

test.each([
  [{}, true, true],
  [{}, false, false],
  [{ TERM: 'dumb' }, true, false],
  [{ NO_COLOR: '1' }, true, false],
  [{ NO_COLOR: '' }, true, true],
  [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false, true],
  [{ FORCE_COLOR: '0' }, true, false],
])('colours with %o at a terminal: %s → %s', (environment, terminal, expected) => {
  expect(coloured(environment, () => terminal)).toBe(expected);
});
