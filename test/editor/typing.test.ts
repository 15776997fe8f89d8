import { appendFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { positionOf } from '../../src/editor/ranges.ts';
import { SourceText } from '../../src/compiler/text/source-text.ts';
import { wordsOf, type Typed } from './replay.ts';
import { MAIN, samples, serviceOf, textOf } from './systems.ts';

/**
 * Every sample is typed again, word for word: at the beginning, in the middle and before the last letter of every word
 * that can be known, it must be offered. What follows on its line is not there yet; the rest of the file is, or is not.
 */
const EVERY = Number(process.env['REPLAY'] ?? 0) || undefined;

describe.each(samples.map((sample) => ({ ...sample, title: sample.name })))('$title', (sample) => {
  test.each(['lf', 'crlf'] as const)('%s', (ending) => {
    const text = ending === 'lf' ? textOf(sample) : textOf(sample).replaceAll('\n', '\r\n');
    const service = serviceOf(sample.texts);
    const missed: string[] = [];
    const words = wordsOf(text);
    // All of them take long; a fixed choice of them is typed in every run.
    const chosen = EVERY ? words : words.filter((_, index) => index % Math.ceil(words.length / 10) === 0);
    for (const word of chosen)
      for (const at of cuts(word))
        for (const rest of [true, false])
          if (!isOffered(word, at, rest))
            missed.push(
              `${word.what} ${word.label} at ${at - word.start}, ${rest ? 'the rest there' : 'the rest missing'}: ${JSON.stringify(text.slice(Math.max(0, at - 50), at))}`,
            );
    if (process.env['MISSED']) appendFileSync(process.env['MISSED'], missed.map((m) => m + '\n').join(''));
    expect(missed).toEqual([]);

    function isOffered(word: Typed, at: number, rest: boolean): boolean {
      const lineEnd = text.indexOf('\n', at);
      const declared = new RegExp(`(^|[\\s{,])${word.label.replace(/^.*\./, '')}: ?`).test(text.slice(0, at));
      if (!rest && !declared && (word.what === 'name' || word.what === 'reference')) return true;
      const typed = text.slice(0, at) + (rest && lineEnd !== -1 ? text.slice(text[lineEnd - 1] === '\r' ? lineEnd - 1 : lineEnd) : '');
      service.open(MAIN, typed);
      const items = service.complete(MAIN, positionOf(new SourceText(MAIN, typed), at));
      return items.some(({ label }) => label === word.label);
    }
  });
});

function cuts({ start, end }: Typed): readonly number[] {
  return [...new Set([start, start + Math.ceil((end - start) / 2), end - 1])].filter((at) => at >= start && at < end);
}
