import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // The examples import the library by the name their users know it by.
  resolve: { alias: { 'eventsystem/runtime': resolve('src/runtime/index.ts') } },
  test: {
    include: ['test/**/*.test.ts', 'examples/*/test/**/*.test.ts'],
    exclude: ['test/judges/**', 'test/real-editors/**', '**/node_modules/**'],
    testTimeout: 30_000,
    // By itself vitest leaves one core to others: on a machine with two, half the speed.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
