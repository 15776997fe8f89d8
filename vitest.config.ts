import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'examples/*/test/**/*.test.ts'],
    exclude: ['test/judges/**', '**/node_modules/**'],
    testTimeout: 30_000,
  },
});
