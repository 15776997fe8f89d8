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
  /** A line that the next one replaces; where nobody watches, it is not told. */
  status(line: string): void;
  /** Somebody can be asked. */
  readonly present: boolean;
  /** The answer; nothing where nobody answers. */
  ask(question: string): Promise<string | undefined>;
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
}
