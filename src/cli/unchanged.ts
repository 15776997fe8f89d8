import type { ExitCode } from './exit-codes.ts';
import type { ValuesOf } from './commands.ts';
import { findProject } from './project.ts';
import { recordedRun } from './record.ts';
import { start } from './start.ts';
import { plainStyle } from '../compiler/diagnostics/print.ts';
import type { Terminal } from './terminal.ts';
import type { Tool } from './tool.ts';

type Recorded = 'compile' | 'validate';

/** A command where nothing has changed since it last ran: it says the same again, and loads no compiler. */
export async function runUnchanged<N extends Recorded>(command: N, values: ValuesOf<N>, terminal: Terminal, tool: Tool): Promise<ExitCode> {
  const project = findProject(values.argument, terminal.cwd);
  const recorded = 'problem' in project ? undefined : recordedRun({ command, project, values, terminal });
  if (!recorded) return anew(command, values, terminal, tool);
  const { said, code } = recorded;
  terminal.out(terminal.style === plainStyle ? said.plain : said.coloured);
  if (command === 'compile' && (values.options.format ?? 'text') === 'text')
    terminal.out('\nNothing has changed since the last compilation.\n');
  return code;
}

async function anew(command: Recorded, values: ValuesOf<Recorded>, terminal: Terminal, tool: Tool): Promise<ExitCode> {
  return command === 'compile'
    ? (await tool.load('compile')).runCompile(values as ValuesOf<'compile'>, terminal, tool)
    : (await tool.load('validate')).runValidate(values as ValuesOf<'validate'>, terminal, tool);
}

/** The way in from the launcher. */
export const enter = (written: readonly string[], tool: Tool): Promise<void> =>
  written[0] === 'validate'
    ? start('validate', (values, terminal) => runUnchanged('validate', values, terminal, tool), written, tool)
    : start('compile', (values, terminal) => runUnchanged('compile', values, terminal, tool), written, tool);
