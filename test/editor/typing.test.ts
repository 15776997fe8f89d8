import { appendFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseDocument, visit } from 'yaml';
import { positionOf } from '../../src/editor/ranges.ts';
import { SourceText } from '../../src/compiler/text/source-text.ts';
import { wordsOf, type Typed } from './replay.ts';
import { Declarations } from '../../src/editor/names.ts';
import { treeOf } from '../../src/editor/tree.ts';
import { MAIN, samples, serviceOf, textOf } from './systems.ts';

/**
 * Every sample is typed again, word for word: at the beginning, in the middle and before the last letter of every word
 * that can be known, it must be offered. What follows on its line is not there yet; the rest of the file is, or is not.
 */
const EVERY = Number(process.env['REPLAY'] ?? 0) || undefined;

/** The ways in which a file can be written. */
const WAYS = {
  'as it is': (text: string) => text,
  'with Windows line endings': (text: string) => text.replaceAll('\n', '\r\n'),
  'in brackets': (text: string) => rewritten(text, true),
  'on lines of its own': (text: string) => rewritten(text, false),
};

describe.each(samples.map((sample) => ({ ...sample, title: sample.name })))('$title', (sample) => {
  test.each(Object.keys(WAYS) as (keyof typeof WAYS)[])('%s', { timeout: EVERY ? 600_000 : 30_000 }, (way) => {
    const text = WAYS[way](textOf(sample));
    const service = serviceOf(sample.texts);
    const missed: string[] = [];
    const words = wordsOf(text);
    const document = treeOf(new SourceText(MAIN, text));
    const declarations = new Declarations(document ? [document] : []);
    // All of them take long; a fixed choice of them is typed in every run.
    const chosen = EVERY ? words : words.filter((_, index) => index % Math.ceil(words.length / 3) === 0);
    for (const word of chosen)
      for (const at of cuts(word))
        for (const rest of [true, false])
          if (!isOffered(word, at, rest))
            missed.push(
              `${word.what} ${word.label} at ${at - word.start}, ${rest ? 'the rest there' : 'the rest missing'}: ${JSON.stringify(text.slice(Math.max(0, at - 50), at))}`,
            );
    if (process.env['MISSED']) appendFileSync(process.env['MISSED'], missed.map((m) => m + '\n').join(''));
    expect(missed).toEqual([]);

    /** Where what a word names is declared: `orders` of `orders.arn`, `limit` of `values.limit`. */
    function placesOf({ label }: Typed): readonly number[] {
      const names = label.split('.').slice(0, 2);
      return declarations.all.filter(({ name }) => name === label || names.includes(name)).map(({ place }) => place.span.start);
    }

    function isOffered(word: Typed, at: number, rest: boolean): boolean {
      const lineEnd = text.indexOf('\n', at);
      const typed = text.slice(0, at) + (rest && lineEnd !== -1 ? text.slice(text[lineEnd - 1] === '\r' ? lineEnd - 1 : lineEnd) : '');
      // On one line much is behind the cursor, and not typed yet: what is named may be a part of it.
      if (word.what === 'name' || word.what === 'reference') {
        const places = placesOf(word);
        if (places.length > 0 && places.every((place) => place >= at && !(rest && lineEnd !== -1 && place > lineEnd))) return true;
      }
      service.open(MAIN, typed);
      const items = service.complete(MAIN, positionOf(new SourceText(MAIN, typed), at));
      return items.some(({ label }) => label === word.label);
    }
  });
});

/** The same system with what each section holds in brackets, or with nothing in brackets. */
function rewritten(text: string, inFlow: boolean): string {
  const document = parseDocument(text, { schema: 'failsafe' });
  visit(document, {
    Collection: (_, node, path) => {
      node.flow = inFlow && path.length > 2;
    },
  });
  return document.toString({ lineWidth: 0 });
}

function cuts({ start, end }: Typed): readonly number[] {
  return [...new Set([start, start + Math.ceil((end - start) / 2), end - 1])].filter((at) => at >= start && at < end);
}
