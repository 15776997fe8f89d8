import { describe, expect, test } from 'vitest';
import { waysOf, type Finding, type Fix } from '../src/compiler/diagnostics/problem.ts';
import { withEdits } from '../src/compiler/mend.ts';
import { brokenCodes, brokenSystems, filesOf, judged, type BrokenSystem } from './broken-systems.ts';
import { FURTHER, UNFIXABLE } from './unfixable.ts';

interface Way {
  readonly system: BrokenSystem;
  readonly files: ReadonlyMap<string, string>;
  readonly before: readonly Finding[];
  readonly finding: Finding;
  readonly fix: Fix;
}

/** Every way to correct a finding of a broken file of its own code. */
const ways: readonly Way[] = (
  await Promise.all(
    brokenSystems.map(async (system) => {
      const files = filesOf(system);
      const before = await judged(files);
      return before
        .filter(({ code }) => code === system.code)
        .flatMap((finding) =>
          (finding.fix ? waysOf(finding.fix) : []).flatMap((fix) => (fix.edits?.length ? [{ system, files, before, finding, fix }] : [])),
        );
    }),
  )
).flat();

const fixable = [...new Set(ways.map(({ system }) => system.code))];

const nameOf = ({ code, message }: Finding): string => `${code} ${message}`;

/** What a fix leaves to be found: what it clears, and what it adds. */
async function outcome({ files, before, fix }: Way, eol = '\n') {
  const text = (path: string) => files.get(path) ?? '';
  const fixed = new Map([...files, ...withEdits(fix.edits ?? [], text)]);
  const left = before.map(nameOf);
  const added: string[] = [];
  for (const one of await judged(fixed)) {
    const at = left.indexOf(nameOf(one));
    if (at === -1) added.push(nameOf(one));
    else left.splice(at, 1);
  }
  return { cleared: left, added, texts: [...fixed.values()].map((one) => one.replaceAll(eol, '\n')) };
}

describe.each(fixable)('%s', (code) => {
  const own = ways.filter(({ system }) => system.code === code);
  test.each(own.map((way) => [`${way.system.name}: ${way.fix.title}`, way] as const))('%s', async (_, way) => {
    const { cleared, added } = await outcome(way);
    expect(cleared).toContain(nameOf(way.finding));
    if (!Object.hasOwn(FURTHER, code) || way.fix === way.finding.fix) expect(added).toEqual([]);
  });
});

describe('the fixes', () => {
  test('at least seven codes of ten have one', () => {
    expect(fixable.length / brokenCodes.length).toBeGreaterThanOrEqual(0.7);
  });

  test('every other code says why it has none', () => {
    expect(brokenCodes.filter((code) => !fixable.includes(code))).toEqual(Object.keys(UNFIXABLE).sort());
  });

  test('a way that leads further is one of several', async () => {
    for (const code of Object.keys(FURTHER)) {
      const outcomes = await Promise.all(ways.filter(({ system }) => system.code === code).map((way) => outcome(way)));
      expect(outcomes.some(({ added }) => added.length > 0)).toBe(true);
    }
  });

  test('what is made unasked is never one of a choice', () => {
    for (const { finding, fix } of ways) if (finding.fix?.choice) expect(fix.choice, `${finding.code}: ${fix.title}`).toBe(true);
  });
});

/** The same files with the line endings of Windows. */
const crlf = (files: ReadonlyMap<string, string>) => new Map([...files].map(([path, text]) => [path, text.replaceAll('\n', '\r\n')]));

test.each(fixable)('%s: the same in files with the line endings of Windows', async (code) => {
  for (const way of ways.filter(({ system }) => system.code === code)) {
    const files = crlf(way.files);
    const before = await judged(files);
    // In the same order: several may say the same of different places.
    const finding = before[way.before.indexOf(way.finding)];
    const fix = (finding?.fix ? waysOf(finding.fix) : []).find(({ title }) => title === way.fix.title);
    if (!finding || !fix) throw new Error(`${way.finding.message} is not found, or has no fix: ${way.fix.title}`);
    const [one, other] = [await outcome(way), await outcome({ ...way, files, before, finding, fix }, '\r\n')];
    expect(other).toEqual(one);
  }
});
