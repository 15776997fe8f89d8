import { validate } from '../compiler/compile.ts';
import { installedCatalogue } from './catalogue.ts';
import type { ValuesOf } from './commands.ts';
import { DiskFiles } from './disk.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { counted, formatFindings } from './formats.ts';
import { placesFrom, relocated } from './places.ts';
import { findProject, shown } from './project.ts';
import { start } from './start.ts';
import type { Terminal } from './terminal.ts';
import { catalogueFolder, versionOf, type Tool } from './tool.ts';
import { join } from 'node:path';

/** `eventsystem validate`: says what is wrong, in every stage, and makes nothing. */
export function runValidate({ argument, options }: ValuesOf<'validate'>, terminal: Terminal, tool: Tool): ExitCode {
  const { stage, format = 'text' } = options;
  const project = findProject(argument, terminal.cwd);
  if ('problem' in project) {
    terminal.err(`${project.problem}\n`);
    return exitCodes.usage;
  }
  const { root, main } = project;
  const { findings } = validate({ files: new DiskFiles(root), main, stage, catalogue: installedCatalogue(catalogueFolder(tool)) });
  terminal.out(formatFindings(relocated(findings, root, placesFrom(terminal, format)), format, terminal.style, () => versionOf(tool)));
  if (format === 'text') {
    const file = shown(join(root, main), terminal.cwd);
    terminal.out(findings.length === 0 ? `Nothing is wrong with ${file}.\n` : `${counted(findings)} in ${file}.\n`);
  }
  return findings.some(({ severity }) => severity === 'error') ? exitCodes.findings : exitCodes.ok;
}

/** The way in from the launcher. */
export const enter = (written: readonly string[], tool: Tool): Promise<void> => start('validate', runValidate, written, tool);
