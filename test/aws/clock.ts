/** How time passes by itself when a client looks. */
export type Pace =
  /** Each look brings the next thing to happen: an operation of an hour takes as many looks as it has steps. */
  | 'next'
  /** Each look takes so many milliseconds. */
  | number
  /** With the wall’s clock, so many times faster. */
  | { readonly speed: number }
  /** Only when the test says so. */
  | 'stopped';

interface Timer {
  readonly at: number;
  readonly n: number;
  readonly act: () => void;
  cancelled: boolean;
}

/** The virtual time in which stacks are made: nothing here waits. */
export class Clock {
  pace: Pace;
  #now: number;
  #timers: Timer[] = [];
  #n = 0;
  #wall = Date.now();

  constructor(start: Date, pace: Pace) {
    this.#now = start.getTime();
    this.pace = pace;
  }

  get now(): number {
    return this.#now;
  }

  date(): Date {
    return new Date(this.now);
  }

  /** Something that happens in `ms` (never, if that is Infinity); the answer takes it back. */
  after(ms: number, act: () => void): () => void {
    if (ms === Infinity) return () => {};
    const timer: Timer = { at: this.#now + Math.max(0, ms), n: (this.#n += 1), act, cancelled: false };
    this.#timers.push(timer);
    return () => {
      timer.cancelled = true;
    };
  }

  /** Time passes: everything due happens, in its order and at its time. */
  advance(ms: number): void {
    this.#to(this.#now + ms);
  }

  /** To the next thing that happens; false when nothing is to come. */
  next(): boolean {
    const timer = this.#first();
    if (!timer) return false;
    this.#to(timer.at);
    return true;
  }

  /** Until nothing is to come, or `until` holds. */
  settle(until: () => boolean = () => false): void {
    for (let steps = 0; !until() && this.next(); steps += 1) if (steps > 1e6) throw new Error('The clock never comes to rest.');
  }

  /** A client looked. */
  looked(): void {
    if (this.pace === 'next') this.next();
    else if (typeof this.pace === 'number') this.advance(this.pace);
    else this.#follow();
  }

  #follow(): void {
    const wall = Date.now();
    const passed = wall - this.#wall;
    this.#wall = wall;
    if (typeof this.pace === 'object') this.#to(this.#now + passed * this.pace.speed);
  }

  #first(): Timer | undefined {
    this.#timers = this.#timers.filter(({ cancelled }) => !cancelled);
    return this.#timers.reduce<Timer | undefined>(
      (first, timer) => (!first || timer.at < first.at || (timer.at === first.at && timer.n < first.n) ? timer : first),
      undefined,
    );
  }

  #to(time: number): void {
    for (let timer = this.#first(); timer && timer.at <= time; timer = this.#first()) {
      timer.cancelled = true;
      this.#now = Math.max(this.#now, timer.at);
      timer.act();
    }
    this.#now = Math.max(this.#now, time);
  }
}
