import { clean } from '../../compiler/diagnostics/print.ts';
import type { Interruption } from '../../deploy/interruption.ts';
import type { Operator } from '../../deploy/world.ts';
import type { Terminal } from '../terminal.ts';

/** This terminal as the one who deploys. What is told goes to `write`; lines that live go to standard error, where somebody watches. */
export function operatorAt(
  terminal: Terminal,
  write: (text: string) => void,
  interruption: Interruption,
): Operator & { readonly end: () => void } {
  const board = new Board(terminal);
  // What happens while somebody is asked is told afterwards.
  let asking = false;
  const later: string[] = [];
  const say = (line: string): void => {
    if (asking) return void later.push(line);
    board.wipe();
    write(`${oneLine(line)}\n`);
    board.draw();
  };
  return {
    say,
    live: (lines) => (asking ? undefined : board.show(lines)),
    present: terminal.interactive,
    async ask(question) {
      board.show(undefined);
      asking = true;
      const given = new AbortController();
      const broken = interruption.next().then(() => given.abort());
      const answer = await Promise.race([terminal.ask(oneLine(question), given.signal), broken.then(() => undefined)]);
      // The cursor stands behind the question.
      if (answer === undefined) terminal.err('\n');
      asking = false;
      for (const line of later.splice(0)) say(line);
      return answer;
    },
    end: () => board.show(undefined),
  };
}

/**
 * One line, whatever it holds. Nothing of AWS’s speaks to the terminal, nor to the runner of GitHub Actions, which takes a line that
 * begins with `::` for a command. https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function oneLine(text: string): string {
  return clean(text.replace(/\s*[\r\n]+\s*/g, ' '))
    .replace(/^(\s*):(?=:)/, '$1: ')
    .replaceAll('##[', '# #[');
}

/** Lines at the bottom of the terminal that are written over each second. */
class Board {
  readonly #terminal: Terminal;
  #lines: (() => readonly string[]) | undefined;
  #drawn = 0;
  #ticking: NodeJS.Timeout | undefined;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  show(lines: (() => readonly string[]) | undefined): void {
    if (!this.#terminal.interactive) return;
    this.wipe();
    this.#lines = lines;
    this.draw();
    if (lines) {
      this.#ticking ??= setInterval(() => {
        this.wipe();
        this.draw();
      }, 1000);
      this.#ticking.unref();
    } else {
      clearInterval(this.#ticking);
      this.#ticking = undefined;
    }
  }

  draw(): void {
    if (!this.#lines) return;
    // A line that wraps could not be wiped.
    const width = (this.#terminal.width ?? 80) - 1;
    const lines = this.#lines().map((line) => [...oneLine(line)].slice(0, width).join(''));
    this.#terminal.err(lines.map((line) => this.#terminal.style.faint(line)).join('\n'));
    this.#drawn = lines.length;
  }

  wipe(): void {
    if (this.#drawn === 0) return;
    this.#terminal.err(`\r\u001B[K${'\u001B[1A\u001B[K'.repeat(this.#drawn - 1)}`);
    this.#drawn = 0;
  }
}
