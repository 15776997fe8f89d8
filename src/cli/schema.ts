import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';
import type { Tool } from './tool.ts';
import type { ValuesOf } from './commands.ts';

/** `eventsystem schema`: prints the JSON Schema of eventsystem.yml, which editors use. */
export function runSchema(_: ValuesOf<'schema'>, terminal: Terminal, { folder }: Tool): ExitCode {
  terminal.out(readFileSync(join(folder, 'eventsystem.schema.json'), 'utf8'));
  return exitCodes.ok;
}
