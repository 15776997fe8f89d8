/** Signals from outside, as phases ask for them: a deployment is never broken off where that would leave something half. */
export interface Interruption {
  /** How many signals came. */
  readonly count: number;
  /** The first one’s name. */
  readonly signal: 'SIGINT' | 'SIGTERM' | undefined;
  /** Settles with the next signal. */
  next(): Promise<void>;
}

/** A call was given up because a signal came. */
export class Broken extends Error {
  readonly signal: Interruption['signal'];

  constructor(signal: Interruption['signal']) {
    super('interrupted');
    this.signal = signal;
  }
}

/** An interruption and the hand that raises it. */
export function interruptions(): Interruption & { raise(signal: 'SIGINT' | 'SIGTERM'): void } {
  let count = 0;
  let first: 'SIGINT' | 'SIGTERM' | undefined;
  let waiting: (() => void)[] = [];
  return {
    get count() {
      return count;
    },
    get signal() {
      return first;
    },
    next: () => new Promise((done) => void waiting.push(done)),
    raise(signal) {
      count++;
      first ??= signal;
      const all = waiting;
      waiting = [];
      for (const done of all) done();
    },
  };
}
