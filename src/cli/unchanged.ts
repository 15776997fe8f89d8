import { exitCodes, type ExitCode } from './exit-codes.ts';
import type { ValuesOf } from './commands.ts';
import { findProject } from './project.ts';
import { recordedCompile } from './record.ts';
import { start } from './start.ts';
import { plainStyle } from '../compiler/diagnostics/print.ts';
import type { Terminal } from './terminal.ts';
import type { Tool } from './tool.ts';

/** `eventsystem compile` where nothing has changed since it last ran: it says the same again, and loads no compiler. */
export async function runUnchanged(values: ValuesOf<'compile'>, terminal: Terminal, tool: Tool): Promise<ExitCode> {
  const project = findProject(values.argument, terminal.cwd);
  const said = 'problem' in project ? undefined : recordedCompile({ project, values, terminal });
  if (!said) return (await tool.load('compile')).runCompile(values, terminal, tool);
  terminal.out(terminal.style === plainStyle ? said.plain : said.coloured);
  if ((values.options.format ?? 'text') === 'text') terminal.out('\nNothing has changed since the last compilation.\n');
  return exitCodes.ok;
}

/** The way in from the launcher. */
export const enter = (written: readonly string[], tool: Tool): Promise<void> => start('compile', runUnchanged, written, tool);
