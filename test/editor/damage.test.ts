import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { positionOf } from '../../src/editor/ranges.ts';
import { SourceText } from '../../src/compiler/text/source-text.ts';
import type { Declared } from '../../src/editor/names.ts';
import { MAIN, samples, serviceOf, textOf } from './systems.ts';

/** Damaged files: whatever is asked of them is answered. DAMAGE=100000 asks as often as that. */
const RUNS = Number(process.env['DAMAGE'] ?? 150);

const PIECES = [
  '{',
  '}',
  '[',
  ']',
  '"',
  "'",
  ':',
  ': ',
  '- ',
  '#',
  '|',
  '>',
  '&a',
  '*a',
  '!',
  '!!x',
  '\t',
  '\n',
  '\r\n',
  '  ',
  '$(',
  ')',
  '?',
  '%',
  '---\n',
  '<<: ',
  '\u0000',
  'é',
  '😀',
  ',',
];

describe('damaged files', () => {
  test(
    'nothing is thrown',
    () => {
      fc.assert(
        fc.property(
          fc.integer({ min: 0, max: samples.length - 1 }),
          fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 12 }), fc.constantFrom(...PIECES)), {
            minLength: 1,
            maxLength: 4,
          }),
          fc.double({ min: 0, max: 1, noNaN: true }),
          (index, damages, where) => {
            const sample = samples[index];
            if (!sample) return;
            let text = textOf(sample);
            for (const [at, gone, piece] of damages) {
              const from = Math.floor(at * text.length);
              text = text.slice(0, from) + piece + text.slice(from + gone);
            }
            ask(sample.texts, text, Math.floor(where * text.length));
          },
        ),
        { numRuns: RUNS, seed: 7 },
      );
    },
    RUNS * 200 + 30_000,
  );
});

test(
  'of a hundred names whose line and heading are not touched, all but half a one are still known',
  () => {
    const damage = fc.record({
      index: fc.integer({ min: 0, max: samples.length - 1 }),
      at: fc.double({ min: 0, max: 0.999, noNaN: true }),
      gone: fc.integer({ min: 0, max: 3 }),
      piece: fc.constantFrom(...PIECES, 'x', 'ab'),
    });
    let [all, kept] = [0, 0];
    for (const { index, at, gone, piece } of fc.sample(damage, { numRuns: Math.max(RUNS, 1500), seed: 7 })) {
      const sample = samples[index];
      if (!sample) continue;
      const text = textOf(sample);
      const from = Math.floor(at * text.length);
      const lineStart = text.lastIndexOf('\n', from - 1);
      const lineEnd = text.indexOf('\n', from + gone) + 1 || text.length;
      const touched = (place: number): boolean => place > lineStart && place < lineEnd;
      const headings = new Map([...text.matchAll(/^([A-Za-z]+):/gm)].map(({ 1: section = '', index: place }) => [section, place]));
      const names = declaredIn(sample.texts, text).filter(
        ({ section, place }) =>
          place.source.path === MAIN && !touched(place.span.start) && !touched(headings.get(section) ?? lineStart + 1),
      );
      const now = new Set(declaredIn(sample.texts, text.slice(0, from) + piece + text.slice(from + gone)).map(nameOf));
      all += names.length;
      kept += names.filter((one) => now.has(nameOf(one))).length;
    }
    expect(all).toBeGreaterThan(5000);
    expect(kept / all).toBeGreaterThanOrEqual(0.995);
  },
  RUNS * 200 + 60_000,
);

const nameOf = ({ section, name }: Declared): string => `${section}.${name}`;

function declaredIn(texts: ReadonlyMap<string, string>, text: string): readonly Declared[] {
  return serviceOf([...texts, [MAIN, text]]).system.declarations.all;
}

function ask(texts: ReadonlyMap<string, string>, text: string, offset: number): void {
  const service = serviceOf([...texts, [MAIN, text]]);
  const position = positionOf(new SourceText(MAIN, text), offset);
  const range = { start: { line: 0, character: 0 }, end: position };
  service.diagnostics();
  service.complete(MAIN, position);
  service.hover(MAIN, position);
  service.definition(MAIN, position);
  service.references(MAIN, position, true);
  service.highlights(MAIN, position);
  service.renameable(MAIN, position);
  service.rename(MAIN, position, 'other-name');
  service.fixes(MAIN, range);
  service.outline(MAIN);
  service.symbols('');
  service.folds(MAIN);
  service.lenses(MAIN);
  service.inlays(MAIN, range);
  service.format(MAIN);
  expect(service.system.source(MAIN)?.text).toBe(text);
}
