import type { Interruption } from './interruption.ts';

/** Time and chance, so that a test can hold them. */
export interface Clock {
  /** Milliseconds since 1970, as this machine has it. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** From 0 to 1. */
  random(): number;
}

/** The one who deploys: told what happens, asked what only a person decides. */
export interface Operator {
  /** A line for good. */
  say(line: string): void;
  /** Lines that live until others take their place, asked anew each second; where nobody watches, they are not told. */
  live(lines: (() => readonly string[]) | undefined): void;
  /** Somebody can be asked. */
  readonly present: boolean;
  /** The answer; nothing where nobody answers. */
  ask(question: string): Promise<string | undefined>;
}

/** Shows lines as long as something takes. */
export async function living<T>(operator: Operator, lines: () => readonly string[], work: () => Promise<T>): Promise<T> {
  operator.live(lines);
  try {
    return await work();
  } finally {
    operator.live(undefined);
  }
}

/** Where the code comes from, as version control tells. */
export interface History {
  /** The commit that is checked out, with a `+` where files were changed since. */
  readonly commit: string;
  /** How another commit stands to it: contained in it, containing it (`older`), neither of the two, or nobody can tell. */
  relation(other: string): Promise<'contained' | 'older' | 'apart' | 'unknown'>;
}

/** All that a deployment has besides AWS. */
export interface World {
  readonly clock: Clock;
  readonly operator: Operator;
  readonly interruption: Interruption;
  /** Names this run in everything it makes: eight hexadecimal digits. */
  readonly run: string;
  /** Who is told as the author of a change set, for colleagues: the user’s and the machine’s name. */
  readonly author: string;
  /** The version of eventsystem. */
  readonly version: string;
  /** Asked only where something is deployed. */
  readonly history?: () => Promise<History | undefined>;
}
