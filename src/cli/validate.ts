import { join, resolve } from 'node:path';
import { validate, type Validated } from '../compiler/validate.ts';
import { plainStyle, type Style } from '../compiler/diagnostics/print.ts';
import { Recording } from '../compiler/text/files.ts';
import { installedCatalogue } from './catalogue.ts';
import type { ValuesOf } from './commands.ts';
import { DiskFiles } from './disk.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { counted, formatFindings } from './formats.ts';
import { placesFrom, relocated } from './places.ts';
import { findProject, shown, type Project } from './project.ts';
import { keepRecord } from './record.ts';
import { colours, type Terminal } from './terminal.ts';
import { catalogueFolder, versionOf, type Tool } from './tool.ts';

/** `eventsystem validate`: says what is wrong, in every stage, and makes nothing. */
export function runValidate(values: ValuesOf<'validate'>, terminal: Terminal, tool: Tool): ExitCode {
  const { stage, format = 'text' } = values.options;
  const began = Date.now();
  const project = findProject(values.argument, terminal.cwd);
  if ('problem' in project) {
    terminal.err(`${project.problem}\n`);
    return exitCodes.usage;
  }
  const { root, main } = project;
  const files = new Recording(new DiskFiles(root));
  const { findings } = validate({ files, main, stage, catalogue: installedCatalogue(catalogueFolder(tool)) });
  const told = relocated(findings, root, placesFrom(terminal, format));
  const say = (style: Style): string => {
    const file = shown(join(root, main), terminal.cwd);
    const ending = findings.length === 0 ? `No findings in ${file}.\n` : `${counted(findings)} in ${file}.\n`;
    return formatFindings(told, format, style, () => versionOf(tool)) + (format === 'text' ? ending : '');
  };
  terminal.out(say(terminal.style));
  const code = findings.some(({ severity }) => severity === 'error') ? exitCodes.findings : exitCodes.ok;
  const own = [join(tool.folder, 'package.json'), join(tool.folder, 'dist', 'cli', 'validate.cjs')];
  keepRecord(
    { command: 'validate', project, values, terminal },
    {
      began,
      inputs: [...[...files.seen].map((path) => resolve(root, path)), ...own],
      outputs: [],
      said: { plain: say(plainStyle), coloured: say(colours) },
      code,
    },
  );
  return code;
}

/** A system as it was read for a command that makes nothing of it: its model, or the findings against it. */
export function understood(project: Project, stage: string | undefined, tool: Tool): Validated {
  return validate({ files: new DiskFiles(project.root), main: project.main, stage, catalogue: installedCatalogue(catalogueFolder(tool)) });
}
