import type { Tree } from '../tree.ts';

/** Reads that lag: so many answers still show what was, after it has changed. */
export class Reads {
  readonly #lagging = new Map<string, { shown: Tree; left: number }>();

  /** From now on, after the next change, `reads` looks see it as it is now. */
  lag(key: string, shown: Tree, reads: number): void {
    this.#lagging.set(key, { shown, left: reads });
  }

  seen(key: string, real: Tree, isSame: (shown: Tree, real: Tree) => boolean): Tree {
    const lag = this.#lagging.get(key);
    if (!lag || isSame(lag.shown, real)) return real;
    lag.left -= 1;
    if (lag.left < 0) this.#lagging.delete(key);
    return lag.left < 0 ? real : lag.shown;
  }
}
