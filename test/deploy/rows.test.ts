import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** The rows of the fault catalogue, by section: how many each has. */
const sections = { A: 22, B: 17, C: 20, D: 20, E: 25, F: 22, G: 12 } as const;

/** Each test that begins with a row’s name, or a range of them, shows it. */
test('every row of the catalogue has a test', () => {
  const folder = 'test/deploy';
  const text = readdirSync(folder)
    .filter((name) => name.endsWith('.test.ts') && name !== 'rows.test.ts')
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
  const shown = new Set([...text.matchAll(/['[(]([A-G]\d+)\b(?!–)/g)].map(([, row = '']) => row));
  for (const [, letter = '', from, to] of text.matchAll(/['(]([A-G])(\d+)–[A-G]?(\d+)/g)) {
    for (let at = Number(from); at <= Number(to); at++) shown.add(`${letter}${at}`);
  }
  const rows = Object.entries(sections).flatMap(([letter, count]) => Array.from({ length: count }, (_, index) => `${letter}${index + 1}`));
  expect(rows.filter((row) => !shown.has(row))).toEqual([]);
});
