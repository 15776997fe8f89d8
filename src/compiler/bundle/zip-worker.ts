import { parentPort } from 'node:worker_threads';
import type { Order, Pressed } from './press.ts';
import { zipOf } from './zip.ts';

/** Zips what it is sent: what runs in each thread of a press. */
parentPort?.on('message', ({ id, contents }: Order) => {
  const zip = zipOf(new Map(contents));
  const answer: Pressed = { id, zip };
  parentPort?.postMessage(answer, zip.buffer instanceof ArrayBuffer ? [zip.buffer] : []);
});
