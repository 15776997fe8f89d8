import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { positionOf } from '../../src/editor/ranges.ts';
import { SourceText } from '../../src/compiler/text/source-text.ts';
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
