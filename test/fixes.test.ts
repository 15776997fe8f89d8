import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { installedCatalogue } from '../src/cli/catalogue.ts';
import { mend } from '../src/compiler/mend.ts';
import { validate } from '../src/compiler/validate.ts';
import { MemoryFiles } from './memory-files.ts';

const catalogue = installedCatalogue('dist/catalogue');
const BROKEN = 'test/broken';

const cases = readdirSync(BROKEN).flatMap((code) =>
  readdirSync(join(BROKEN, code))
    .filter((file) => file.endsWith('.yml'))
    .map((file) => {
      const folder = join(BROKEN, code, file.slice(0, -4));
      const beside = existsSync(folder)
        ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => /\.\w+$/.test(path))
        : [];
      const texts = [
        ['eventsystem.yml', readFileSync(join(BROKEN, code, file), 'utf8')] as const,
        ...beside.map((path) => [path, readFileSync(join(folder, path), 'utf8')] as const),
      ];
      const options = { files: new MemoryFiles(texts), main: 'eventsystem.yml', stage: undefined, catalogue };
      const before = validate(options).findings;
      return { path: join(BROKEN, code, file), before, options };
    })
    .filter(({ before }) => before.some(({ fix }) => fix?.edits?.length)),
);

test.each(cases)('$path: what is corrected is gone, and nothing new is found', ({ before, options }) => {
  const { fixed, texts, left } = mend(options);
  const names = (findings: typeof before) => findings.map(({ code, message }) => `${code} ${message}`).sort();
  const rest = names(before);
  for (const name of [...names(fixed), ...names(left)]) {
    const at = rest.indexOf(name);
    if (at !== -1) rest.splice(at, 1);
    else expect(names(fixed)).toContain(name);
  }
  for (const finding of left) expect(names(before)).toContain(`${finding.code} ${finding.message}`);
  expect(texts.size > 0).toBe(fixed.length > 0);
});

test('most of what can be corrected is', () => {
  const all = cases.flatMap(({ before }) => before.filter(({ fix }) => fix?.edits?.length)).length;
  const made = cases.map(({ options }) => mend(options).fixed.length).reduce((a, b) => a + b, 0);
  expect(made / all).toBeGreaterThan(0.8);
});
