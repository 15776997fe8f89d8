import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { printFinding } from '../src/compiler/diagnostics/print.ts';
import type { CodedProblem } from '../src/compiler/diagnostics/problem.ts';
import { allProblems } from '../src/compiler/problems.ts';
import { BROKEN, brokenCodes, brokenSystems, filesOf, judged, WITHOUT_CASE } from './broken-systems.ts';

/** What is printed about the mistakes people make (`broken-systems.ts`), rewritten by UPDATE=1. */
describe.each(brokenCodes)('%s', (code) => {
  const names = brokenSystems.filter((one) => one.code === code).map(({ name }) => name);

  test.each(names)('%s', async (name) => {
    const findings = await judged(filesOf({ code, name }));
    const printed = findings.map((finding) => `${printFinding(finding)}\n`).join('\n');
    const path = join(BROKEN, code, `${name}.txt`);
    if (process.env['UPDATE'] === '1') writeFileSync(path, printed);
    expect(findings.map((finding) => finding.code)).toContain(code);
    expect(printed).toBe(
      existsSync(path) ? readFileSync(path, 'utf8') : `no golden ${path}: run UPDATE=1 npx vitest run test/broken.test.ts`,
    );
  });
});

describe('the cases', () => {
  test('every code has one', async () => {
    const declared = await declaredCodes();
    expect(declared.length).toBeGreaterThan(80);
    expect(declared.filter((code) => !brokenCodes.includes(code) && !Object.hasOwn(WITHOUT_CASE, code))).toEqual([]);
    expect(brokenCodes.filter((code) => !declared.includes(code))).toEqual([]);
    expect(Object.keys(WITHOUT_CASE).filter((code) => brokenCodes.includes(code))).toEqual([]);
  });

  test('every code is in the list of all codes, once', async () => {
    expect(allProblems.map(({ code }) => code).sort()).toEqual(await declaredCodes());
  });

  test('no golden is left over', () => {
    const left = brokenCodes.flatMap((code) =>
      readdirSync(join(BROKEN, code)).filter(
        (file) => file.endsWith('.txt') && !existsSync(join(BROKEN, code, file.replace(/txt$/, 'yml'))),
      ),
    );
    expect(left).toEqual([]);
  });
});

/** The codes of every object made by `problems` under src. */
async function declaredCodes(): Promise<readonly string[]> {
  const paths = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.ts') && /= problems\(\{/.test(readFileSync(join('src', path), 'utf8')),
  );
  const modules: readonly object[] = await Promise.all(
    paths.map((path) => import(/* @vite-ignore */ pathToFileURL(resolve('src', path)).href)),
  );
  const sets = modules.flatMap((module) => Object.entries(module)).filter(([name]) => name.endsWith('Problems'));
  return sets
    .flatMap(([, set]: [string, Readonly<Record<string, CodedProblem<never>>>]) => (Array.isArray(set) ? [] : Object.keys(set)))
    .filter((code, index, all) => all.indexOf(code) === index)
    .sort();
}
