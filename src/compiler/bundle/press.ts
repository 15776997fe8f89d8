import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { zipOf, type Contents } from './zip.ts';

/** What a thread is asked to zip. */
export interface Order {
  readonly id: number;
  readonly contents: readonly (readonly [string, Uint8Array])[];
}

/** What it answers. */
export interface Pressed {
  readonly id: number;
  readonly zip: Uint8Array;
}

/** From so many zips on, threads of their own are worth their start. */
const MANY = 8;

/** More threads than this wait for the disk. */
const MOST = 4;

/** Makes zips, of many in threads of their own: compressing takes longer than anything else the compiler itself does. */
export class Press {
  readonly #threads: readonly Worker[];
  readonly #waiting = new Map<number, { readonly done: (zip: Uint8Array) => void; readonly failed: (error: Error) => void }>();
  #orders = 0;

  /** `worker` is the file with the thread’s code; without one, or for a few zips, everything is done here. */
  constructor(worker: string, zips: number) {
    const count = zips >= MANY && existsSync(worker) ? Math.min(availableParallelism(), MOST) : 0;
    this.#threads = Array.from({ length: count }, () => this.#thread(worker));
  }

  zip(contents: Contents): Promise<Uint8Array> {
    const id = this.#orders++;
    const thread = this.#threads[id % this.#threads.length];
    if (!thread) return Promise.resolve(zipOf(contents));
    // A part of a larger buffer would be sent with all of it.
    const copies = [...contents].map(([path, bytes]) => [path, bytes.slice()] as const);
    const order: Order = { id, contents: copies };
    return new Promise((done, failed) => {
      this.#waiting.set(id, { done, failed });
      thread.postMessage(
        order,
        copies.map(([, { buffer }]) => buffer),
      );
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.terminate()));
  }

  #thread(worker: string): Worker {
    const thread = new Worker(worker);
    thread.on('message', ({ id, zip }: Pressed) => {
      this.#waiting.get(id)?.done(zip);
      this.#waiting.delete(id);
    });
    thread.on('error', (error) => {
      for (const { failed } of this.#waiting.values()) failed(error);
      this.#waiting.clear();
    });
    return thread;
  }
}
