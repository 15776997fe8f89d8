import { fstatSync, writeSync } from 'node:fs';
import { plainStyle, type Style } from '../compiler/diagnostics/print.ts';
import type { Clock } from '../deploy/world.ts';
import type { Severity } from '../compiler/diagnostics/problem.ts';

/** The one who called: where they are, and how they are spoken to. */
export interface Terminal {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What was asked for: standard output. */
  out(text: string): void;
  /** What went wrong with the command itself: standard error. */
  err(text: string): void;
  /** How text on standard output is set off. */
  readonly style: Style;
  /** Somebody sits there and can be asked. */
  readonly interactive: boolean;
  /** How many columns it has; nothing where it is none. */
  readonly width?: number | undefined;
  /** Asks on standard error; the answer without its line ending, nothing where the input has ended or the question is withdrawn. */
  ask(question: string, withdrawn?: AbortSignal): Promise<string | undefined>;
  /** The time, where it is not the machine’s own. */
  readonly clock?: Clock;
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const environment = process.env;
  return {
    cwd: process.cwd(),
    environment,
    out: (text) => write(1, text),
    err: (text) => write(2, text),
    style: coloured(environment, () => isTerminal(1)) ? colours : plainStyle,
    get interactive() {
      return isTerminal(0) && isTerminal(2) && environment['CI'] === undefined;
    },
    get width() {
      return isTerminal(2) ? process.stderr.columns : undefined;
    },
    ask,
  };
}

/** Whether colours are wanted: FORCE_COLOR says so, NO_COLOR (https://no-color.org) forbids them, else a terminal shows them. */
export function coloured(environment: Terminal['environment'], atTerminal: () => boolean): boolean {
  const { FORCE_COLOR: forced, NO_COLOR: forbidden, TERM: kind } = environment;
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (forbidden !== undefined && forbidden !== '') return false;
  return kind !== 'dumb' && atTerminal();
}

/** A pipe or a file is told from a terminal without the module that knows terminals, which takes as long to load as a small file to read. */
function isTerminal(handle: 0 | 1 | 2): boolean {
  try {
    return fstatSync(handle).isCharacterDevice() && process.getBuiltinModule('node:tty').isatty(handle);
  } catch {
    // Somebody closed it.
    return false;
  }
}

const paint = (open: number, close: number) => (text: string) => `\u{1B}[${open}m${text}\u{1B}[${close}m`;

const bySeverity: Readonly<Record<Severity, (text: string) => string>> = {
  error: paint(31, 39),
  warning: paint(33, 39),
  hint: paint(36, 39),
};

export const colours: Style = { severity: (severity, text) => bySeverity[severity](text), strong: paint(1, 22), faint: paint(2, 22) };

/**
 * Writes at once. The streams of Node are loaded only when they are touched, which a short command saves; a reader
 * that went away (`| head`) is no mistake, and one that is slow is waited for.
 */
function write(to: 1 | 2, text: string): void {
  let rest = Buffer.from(text, 'utf8');
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(to, rest));
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'EPIPE' || code === 'EBADF') return;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

async function ask(question: string, withdrawn?: AbortSignal): Promise<string | undefined> {
  const { createInterface } = await import('node:readline/promises');
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const ended = new Promise<undefined>((done) => lines.once('close', () => done(undefined)));
    // While a line is read the terminal sends Ctrl-C as a key; whoever listens to the process hears it as the signal it is.
    lines.once('SIGINT', () => {
      process.emit('SIGINT');
      lines.close();
    });
    const answer = lines.question(question, withdrawn ? { signal: withdrawn } : {}).catch(() => undefined);
    return await Promise.race([answer, ended]);
  } finally {
    lines.close();
  }
}
