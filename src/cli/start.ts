import { clean } from '../compiler/diagnostics/print.ts';
import { readArguments } from './arguments.ts';
import { commands, type CommandName, type CommandShape, type Values, type ValuesOf } from './commands.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { processTerminal, type Terminal } from './terminal.ts';
import type { Tool } from './tool.ts';

/** What a command does, once it was understood. */
export type Run<N extends CommandName> = (values: ValuesOf<N>, terminal: Terminal, tool: Tool) => ExitCode | Promise<ExitCode>;

/** Runs one command where its arguments are plain, and leaves all else to `main`. `written` is what stands behind `eventsystem`. */
export async function start<N extends CommandName>(name: N, run: Run<N>, written: readonly string[], tool: Tool): Promise<void> {
  const shape: CommandShape = commands[name];
  const values: Values | undefined = readArguments(shape, written.slice(1));
  await finish(async (terminal) =>
    values ? run(values as ValuesOf<N>, terminal, tool) : (await tool.load('main')).main(written, terminal, tool),
  );
}

/** Leaves with the command’s code; what is thrown is a bug of ours and is said so. */
export async function finish(run: (terminal: Terminal) => Promise<ExitCode>): Promise<void> {
  const terminal = processTerminal();
  try {
    process.exitCode = await run(terminal);
  } catch (error) {
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
    terminal.err(`This is a bug in eventsystem, not a mistake of yours. Please report it with the following.\n\n${clean(trace)}\n`);
    process.exitCode = exitCodes.internal;
  }
}
