import { Broken, type Interruption } from '../interruption.ts';
import type { Clock } from '../world.ts';
import { AwsFailure } from './failure.ts';

/** Longest that a read may be asked again, in milliseconds. */
const PATIENCE = 180_000;

/** Where nobody answers at all, it is told sooner. */
const UNREACHABLE = 30_000;

/** Whoever was broken off clears up, but not for long. */
const HURRIED = 5000;

const ATTEMPTS = 8;

export interface CallerOptions {
  readonly clock: Clock;
  /** New credentials from where they come from; whether there were any. */
  readonly renew: () => Promise<boolean>;
  readonly interruption: Interruption;
  /** Told once, where this machine’s clock is wrong. */
  readonly onClock: () => void;
}

/**
 * Calls AWS so that a deployment can rely on it. The SDK’s own retrying is off: three attempts within 150 milliseconds do not
 * outlast anything, and it repeats changes whose outcome it does not know.
 */
export class Caller {
  readonly #options: CallerOptions;
  #slowedDown = 0;
  #holdsFast = false;

  constructor(options: CallerOptions) {
    this.#options = options;
  }

  /** How often AWS has answered that this is too much at once. */
  get slowedDown(): number {
    return this.#slowedDown;
  }

  /** From now on a signal breaks off no call: something runs in AWS, and whoever watches it decides. */
  holdFast(): void {
    this.#holdsFast = true;
  }

  /** Asks until there is an answer, or patience ends. Throws an `AwsFailure`, or `Broken` where a signal comes meanwhile. */
  read<T>(action: string, send: () => Promise<T>): Promise<T> {
    return this.#attempt(action, () => this.#unlessBroken(send()), retried);
  }

  /**
   * Changes something, with a token in `send` that makes a repetition harmless. Where the outcome is not known, `found` looks for
   * it first: what it gives is the answer, and nothing means that the change is asked for again.
   */
  change<T>(action: string, send: () => Promise<T>, found: () => Promise<T | undefined>): Promise<T> {
    let doubtful = false;
    let strange = false;
    return this.#attempt(
      action,
      async () => {
        if (doubtful) {
          const already = await found();
          if (already !== undefined) return already;
        }
        return send();
      },
      (failure) => {
        doubtful ||= failure.ambiguous;
        if (retried(failure)) return true;
        // Whoever answered, AWS may have heard: it is looked for once.
        if (!failure.ambiguous || strange) return false;
        return (strange = true);
      },
    );
  }

  #unlessBroken<T>(work: Promise<T>): Promise<T> {
    const { interruption } = this.#options;
    if (this.#holdsFast) return work;
    const broken = interruption.next().then(() => {
      throw new Broken(interruption.signal);
    });
    return Promise.race([work, broken]);
  }

  async #attempt<T>(action: string, send: () => Promise<T>, again: (failure: AwsFailure) => boolean): Promise<T> {
    const { clock, renew, onClock } = this.#options;
    const began = clock.now();
    let renewed = false;
    let corrected = false;
    for (let attempt = 1; ; attempt++) {
      try {
        return await send();
      } catch (error) {
        if (error instanceof Broken) throw error;
        const failure = error instanceof AwsFailure ? error : new AwsFailure(action, error);
        if (failure.kind === 'throttled') this.#slowedDown++;
        if (failure.kind === 'expired' && !renewed) {
          renewed = true;
          if (await renew()) continue;
        }
        if (failure.clockCorrected && failure.kind === 'refused-credentials' && !corrected) {
          corrected = true;
          onClock();
          continue;
        }
        if (!again(failure) || attempt >= ATTEMPTS) throw failure;
        const wait = pause(attempt, failure, clock);
        const hurried = this.#options.interruption.count > 0 && !this.#holdsFast;
        const limit = hurried ? HURRIED : failure.kind === 'unreachable' ? UNREACHABLE : PATIENCE;
        if (clock.now() - began + wait > limit) throw failure;
        await this.#unlessBroken(clock.sleep(wait));
      }
    }
  }
}

function retried({ kind }: AwsFailure): boolean {
  return kind === 'unreachable' || kind === 'server' || kind === 'throttled' || kind === 'malformed' || kind === 'conflict';
}

/** Full jitter, doubled each time: many who start at once do not come back at once. */
function pause(attempt: number, { retryAfter }: AwsFailure, clock: Clock): number {
  const own = clock.random() * Math.min(20_000, 500 * 2 ** attempt);
  return retryAfter === undefined ? own : Math.max(own, Math.min(retryAfter, 60) * 1000);
}
