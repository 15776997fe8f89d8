import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allProblems, formOf } from '../src/compiler/problems.ts';
import { endings } from '../src/deploy/fault.ts';
import { allFaults } from '../src/deploy/faults.ts';

/** One page for each finding there is: its path, and its text. The example is a golden of the tests, so it is what is printed. */
export function errorPages(): ReadonlyMap<string, string> {
  const problems = [...allProblems].sort((a, b) => (a.code < b.code ? -1 : 1));
  const pages = problems.map(({ code, severity, why, page }): readonly [string, string] => {
    const example = exampleOf(code);
    return [
      `docs/errors/${code}.md`,
      [
        `# ${code}`,
        `*${{ error: 'An error: nothing is made until it is gone.', warning: 'A warning: it can be accepted, with a reason.', hint: 'A hint.' }[severity]}*`,
        why,
        ...(example === undefined ? [] : ['For example:', `\`\`\`\n${example}\n\`\`\``]),
        ...(page === undefined ? [] : [`AWS says: <${page}>`]),
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
      ...(fault.page === undefined ? [] : [`AWS says: <${fault.page}>`]),
    ].join('\n\n') + '\n',
  ]);
  const list = problems.map(({ code, severity }) => `| [${code}](${code}.md) | ${severity} |`).join('\n');
  const endList = allFaults.map(({ code, ends: how }) => `| [${code}](${code}.md) | ${endings[how]} |`).join('\n');
  return new Map([
    [
      'docs/errors/README.md',
      `# Findings\n\nWhat \`eventsystem explain CODE\` prints, a page each.\n\n| code | severity |\n|---|---|\n${list}\n\n# How a deployment can end\n\n| code | exit code |\n|---|---|\n${endList}\n`,
    ],
    ...pages,
    ...ends,
  ]);
}

/** The first finding with this code in the tests’ goldens. */
function exampleOf(code: string): string | undefined {
  const folder = join('test/broken', code);
  if (!existsSync(folder)) return undefined;
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.txt')) continue;
    const findings = readFileSync(join(folder, file), 'utf8').split(/\n\n(?=\S)/);
    const found = findings.find((finding) => finding.split('\n')[0]?.includes(code));
    if (found !== undefined) return found.trimEnd();
  }
  return undefined;
}
