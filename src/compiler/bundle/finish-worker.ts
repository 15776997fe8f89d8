import { parentPort } from 'node:worker_threads';
import { Deflater } from './deflate.ts';
import { finish } from './finish.ts';
import type { Answer, Numbered } from './press.ts';

const deflater = new Deflater();

/** Finishes the bundles it is told of: what runs in each thread of a press. */
parentPort?.on('message', ({ id, order }: Numbered) => {
  let answer: Answer;
  try {
    answer = { id, finished: finish(order, deflater) };
  } catch (error) {
    answer = { id, error };
  }
  parentPort?.postMessage(answer, []);
});
