import { defineConfig } from 'vitest/config';

/** What needs editors and language servers of others: `npm run editors`. */
export default defineConfig({ test: { include: ['test/real-editors/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 } });
