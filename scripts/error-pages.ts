import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allProblems } from '../src/compiler/problems.ts';

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
  const list = problems.map(({ code, severity }) => `| [${code}](${code}.md) | ${severity} |`).join('\n');
  return new Map([
    [
      'docs/errors/README.md',
      `# Findings\n\nWhat \`eventsystem explain CODE\` prints, a page each.\n\n| code | severity |\n|---|---|\n${list}\n`,
    ],
    ...pages,
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
