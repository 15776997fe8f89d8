import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allProblems, formOf } from '../src/compiler/problems.ts';
import { waysOf } from '../src/compiler/diagnostics/problem.ts';
import { validate } from '../src/compiler/validate.ts';
import { installedCatalogue } from '../src/cli/catalogue.ts';
import { hunksOf } from '../src/cli/hunks.ts';
import { endings } from '../src/deploy/fault.ts';
import { allFaults } from '../src/deploy/faults.ts';
import { MemoryFiles } from '../test/memory-files.ts';

const MAIN = 'eventsystem.yml';

/** One page for each finding there is: its path, and its text. The example is a golden of the tests, so it is what is printed. */
export function errorPages(): ReadonlyMap<string, string> {
  const problems = [...allProblems].sort((a, b) => (a.code < b.code ? -1 : 1));
  const pages = problems.map(({ code, severity, why, page }): readonly [string, string] => {
    const { example, correction } = caseOf(code);
    return [
      `docs/errors/${code}.md`,
      [
        `# ${code}`,
        `*${{ error: 'An error: nothing is compiled until it is fixed.', warning: 'A warning: fix it, or accept it with a reason.', hint: 'A hint: it needs no action.' }[severity]}*`,
        why,
        ...(example === undefined ? [] : ['For example:', `\`\`\`\n${example}\n\`\`\``]),
        ...(correction ? [correction.by, `\`\`\`diff\n${correction.diff}\n\`\`\``] : []),
        ...(page === undefined ? [] : [`AWS documentation: <${page}>`]),
      ].join('\n\n') + '\n',
    ];
  });
  const ends = allFaults.map((fault): readonly [string, string] => [
    `docs/errors/${fault.code}.md`,
    [
      `# ${fault.code}`,
      `*A deployment ends with exit code ${endings[fault.ends]}.*`,
      formOf(fault.message),
      fault.why,
      `What to do: ${formOf(fault.next)}`,
      ...(fault.page === undefined ? [] : [`AWS documentation: <${fault.page}>`]),
    ].join('\n\n') + '\n',
  ]);
  const list = problems.map(({ code, severity, why }) => row(code, severity, firstSentence(why))).join('\n');
  const endList = allFaults.map(({ code, ends: how, message }) => row(code, String(endings[how]), formOf(message))).join('\n');
  return new Map([
    [
      'docs/errors/README.md',
      `# Findings\n\nThe pages that \`eventsystem explain CODE\` prints.\n\n| code | severity | why |\n|---|---|---|\n${list}\n\n# How a deployment can end\n\n| code | exit code | what is said |\n|---|---|---|\n${endList}\n`,
    ],
    ...pages,
    ...ends,
  ]);
}

function row(code: string, kind: string, text: string): string {
  return `| [${code}](${code}.md) | ${kind} | ${text.replaceAll('|', '\\|').replaceAll('\n', ' ')} |`;
}

/** Up to the first full stop that a sentence can follow. */
function firstSentence(text: string): string {
  return /^.*?[.](?=\s+[A-Z`]|$)/s.exec(text)?.[0] ?? text;
}

interface Case {
  /** A finding, as it is printed. */
  readonly example: string | undefined;
  readonly correction: Correction | undefined;
}

interface Correction {
  readonly by: string;
  readonly diff: string;
}

/** A finding with this code of the tests’ broken files: one that can be corrected, where there is one. */
function caseOf(code: string): Case {
  const folder = join('test/broken', code);
  if (!existsSync(folder)) return { example: undefined, correction: undefined };
  const cases = readdirSync(folder)
    .filter((file) => file.endsWith('.yml'))
    .sort()
    .map((file) => ({
      example: exampleIn(code, join(folder, file.replace(/yml$/, 'txt'))),
      correction: correctionOf(code, file.slice(0, -4)),
    }))
    .filter(({ example }) => example !== undefined);
  return cases.find(({ correction }) => correction) ?? cases[0] ?? { example: undefined, correction: undefined };
}

/** The first finding with this code in a golden of the tests. */
function exampleIn(code: string, golden: string): string | undefined {
  if (!existsSync(golden)) return undefined;
  const findings = readFileSync(golden, 'utf8').split(/\n\n(?=\S)/);
  return findings.find((finding) => finding.split('\n')[0]?.includes(`[${code}]`))?.trimEnd();
}

const catalogue = installedCatalogue('dist/catalogue');

/** How the first finding with this code is corrected, line by line. */
function correctionOf(code: string, name: string): Correction | undefined {
  const texts = textsOf(code, name);
  // What is repeated in a large file is written short, and cannot be read as it stands.
  if ([...texts.values()].some((text) => text.includes('«'))) return undefined;
  const files = new MemoryFiles(texts);
  const finding = validate({ files, main: MAIN, stage: undefined, catalogue }).findings.find((one) => one.code === code);
  const way = finding?.fix && waysOf(finding.fix).find(({ edits }) => edits?.length);
  if (!way) return undefined;
  const hunks = hunksOf(way.edits ?? []);
  const lines = hunks.flatMap(({ before, after }) => [...before.map((line) => `- ${line}`), ...after.map((line) => `+ ${line}`)]);
  return {
    by: way.choice ? `Fixed, if this is what you meant (${way.title.replace(/\?$/, '')}):` : '`eventsystem fix` makes this change:',
    diff: lines.join('\n'),
  };
}

function textsOf(code: string, name: string): ReadonlyMap<string, string> {
  const beside = join('test/broken', code, name);
  const more = existsSync(beside) ? readdirSync(beside, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()) : [];
  return new Map([
    [MAIN, readFileSync(`${beside}.yml`, 'utf8')],
    ...more.map((entry): readonly [string, string] => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(beside.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8')];
    }),
  ]);
}
