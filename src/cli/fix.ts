import { join } from 'node:path';
import { mend } from '../compiler/mend.ts';
import type { Finding } from '../compiler/diagnostics/problem.ts';
import { installedCatalogue } from './catalogue.ts';
import type { ValuesOf } from './commands.ts';
import { DiskFiles } from './disk.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { counted, formatFindings } from './formats.ts';
import { placesFrom, relocated } from './places.ts';
import { findProject, shown } from './project.ts';
import type { Terminal } from './terminal.ts';
import { catalogueFolder, versionOf, type Tool } from './tool.ts';
import { writeTogether } from './write.ts';

/** `eventsystem fix`: makes the corrections that findings bring along, and says what is left. */
export function runFix(values: ValuesOf<'fix'>, terminal: Terminal, tool: Tool): ExitCode {
  const project = findProject(values.argument, terminal.cwd);
  if ('problem' in project) {
    terminal.err(`${project.problem}\n`);
    return exitCodes.usage;
  }
  const { root, main } = project;
  const dry = values.options['dry-run'] === true;
  const catalogue = installedCatalogue(catalogueFolder(tool));
  const { fixed, texts, left } = mend({ files: new DiskFiles(root), main, stage: values.options.stage, catalogue });
  if (!dry && texts.size > 0) writeTogether(root, texts);
  const file = shown(join(root, main), terminal.cwd);
  const lines = fixed.map((finding) => `${lineOf(finding, (path) => shown(join(root, path), terminal.cwd))}\n`).join('');
  const made = fixed.length === 0 ? 'Nothing that could be corrected by itself.' : `${fixed.length} ${dry ? 'would be' : ''} corrected.`;
  terminal.out(`${lines}${made.replace(/ {2,}/, ' ')}\n`);
  if (left.length > 0)
    terminal.out(
      `\n${formatFindings(relocated(left, root, placesFrom(terminal, 'text')), 'text', terminal.style, () => versionOf(tool))}${counted(left)} left in ${file}.\n`,
    );
  return left.some(({ severity }) => severity === 'error') ? exitCodes.findings : exitCodes.ok;
}

/** `eventsystem.yml:3:12  Write 30 seconds`. */
function lineOf({ place, fix }: Finding, pathOf: (path: string) => string): string {
  const { line, column } = place.source.position(place.span.start);
  return `${pathOf(place.source.path)}:${line}:${column}  ${(fix?.title ?? '').replace(/^Did you mean (.*)\?$/, 'Write $1')}`;
}
