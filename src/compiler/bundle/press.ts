import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { Deflater } from './deflate.ts';
import { finish, type Finished, type Order } from './finish.ts';

/** What a thread is asked to do, and the number by which its answer is known. */
export interface Numbered {
  readonly id: number;
  readonly order: Order;
}

/** What it answers. */
export type Answer = { readonly id: number } & ({ readonly finished: Finished } | { readonly error: unknown });

/** From so many bundles on, threads of their own are worth their start. */
const MANY = 16;

/** More threads than this wait for the disk. */
const MOST = 4;

/** Finishes bundles, many in threads of their own: looking into them and compressing them is most of what the compiler itself does. */
export class Press {
  readonly #threads: readonly Worker[];
  readonly #waiting = new Map<number, { readonly done: (finished: Finished) => void; readonly failed: (error: unknown) => void }>();
  readonly #deflater = new Deflater();
  #orders = 0;

  /** `worker` is the file with the thread’s code; without one, or for a few bundles, everything is done here. */
  constructor(worker: string, bundles: number) {
    const count = bundles >= MANY && existsSync(worker) ? Math.min(availableParallelism(), MOST) : 0;
    this.#threads = Array.from({ length: count }, () => this.#thread(worker));
  }

  finish(order: Order): Promise<Finished> {
    const id = this.#orders++;
    const thread = this.#threads[id % this.#threads.length];
    return new Promise((done, failed) => {
      if (!thread) return done(finish(order, this.#deflater));
      this.#waiting.set(id, { done, failed });
      thread.postMessage({ id, order } satisfies Numbered, []);
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.terminate()));
  }

  #thread(worker: string): Worker {
    const thread = new Worker(worker);
    thread.on('message', (answer: Answer) => {
      const waiting = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if ('finished' in answer) waiting?.done(answer.finished);
      else waiting?.failed(answer.error);
    });
    thread.on('error', (error) => {
      for (const { failed } of this.#waiting.values()) failed(error);
      this.#waiting.clear();
    });
    return thread;
  }
}
