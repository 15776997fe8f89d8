import type { Tree } from '../tree.ts';

/** Reads that lag: so many answers still show what was, after it has changed. */
export class Reads {
  readonly #lagging = new Map<string, { shown: Tree; left: number; after: number }>();

  /** From now on, after the next change (and `after` true looks at it), `reads` looks see it as it is now. */
  lag(key: string, shown: Tree, reads: number, after = 0): void {
    this.#lagging.set(key, { shown, left: reads, after });
  }

  seen(key: string, real: Tree, isSame: (shown: Tree, real: Tree) => boolean): Tree {
    const lag = this.#lagging.get(key);
    if (!lag || isSame(lag.shown, real)) return real;
    lag.after -= 1;
    if (lag.after >= 0) return real;
    lag.left -= 1;
    if (lag.left < 0) this.#lagging.delete(key);
    return lag.left < 0 ? real : lag.shown;
  }
}
