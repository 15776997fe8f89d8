import { describe, expect, test } from 'vitest';
import {
  atTop,
  beside,
  declared,
  instead,
  into,
  renamed,
  withItem,
  without,
  withoutIn,
  withoutKey,
  withValue,
  wholeAs,
  type Edits,
} from '../src/compiler/edit/edits.ts';
import { withEdits } from '../src/compiler/mend.ts';
import { SourceText, type Place } from '../src/compiler/text/source-text.ts';

/** The text with its place between guillemets changed: `a: «b»`. */
function changed(marked: string, edits: (place: Place) => Edits): string {
  const start = marked.indexOf('«');
  const text = marked.replace('«', '').replace('»', '');
  const place = { source: new SourceText('x.yml', text), span: { start, end: marked.indexOf('»') - 1 } };
  return withEdits(edits(place), () => text).get('x.yml') ?? text;
}

/** The same with the line endings of Windows. */
function both(marked: string, edits: (place: Place) => Edits): string {
  const made = changed(marked, edits);
  expect(changed(marked.replaceAll('\n', '\r\n'), edits).replaceAll('\r\n', '\n')).toBe(made);
  return made;
}

describe('an entry is taken out', () => {
  test.each([
    ['of a block, the first', 'a:\n  «b»: 1\n  c: 2\n', 'a:\n  c: 2\n'],
    ['of a block, the last', 'a:\n  b: 1\n  «c»: 2\nd: 3\n', 'a:\n  b: 1\nd: 3\n'],
    ['of a block, the only one', 'a:\n  «b»: 1\nd: 3\n', 'a: {}\nd: 3\n'],
    ['with what is in it', 'a:\n  «b»:\n    - 1\n    - 2\n  c: 2\n', 'a:\n  c: 2\n'],
    ['with the comment behind it', 'a:\n  «b»: 1 # why\n  # of c\n  c: 2\n', 'a:\n  # of c\n  c: 2\n'],
    ['at the end of a file without a line ending', 'a: 1\n«b»: 2', 'a: 1\n'],
    ['that is a text of several lines', 'a:\n  «b»: |\n    one\n    two\n\n  c: 2\n', 'a:\n\n  c: 2\n'],
    ['of an item, the first', 'a:\n  - «b»: 1\n    c: 2\n', 'a:\n  - c: 2\n'],
    ['of braces, the first', 'a: { «b»: 1, c: 2 }\n', 'a: { c: 2 }\n'],
    ['of braces, in the middle', 'a: { b: 1, «c»: { d: [1, 2] }, e: 3 }\n', 'a: { b: 1, e: 3 }\n'],
    ['of braces, the last', 'a: { b: 1, «c»: 2 }\n', 'a: { b: 1 }\n'],
    ['of braces, the last before a comma', 'a: { b: 1, «c»: 2, }\n', 'a: { b: 1, }\n'],
    ['of braces, the only one', 'a: { «b»: 1 }\n', 'a: {}\n'],
    ['of braces over several lines', 'a: {\n  «b»: 1,\n  c: 2,\n}\n', 'a: {\n  c: 2,\n}\n'],
    ['of braces, beside a comment', 'a: {\n  «b»: 1,\n  # of c\n  c: 2,\n}\n', 'a: {\n  \n  # of c\n  c: 2,\n}\n'],
    ['by its value', 'a: { b: «1», c: 2 }\n', 'a: { c: 2 }\n'],
    ['an item of a block', 'a:\n  - 1\n  - «2»\n  - 3\n', 'a:\n  - 1\n  - 3\n'],
    ['an item of brackets', 'a: [1, «2», 3]\n', 'a: [1, 3]\n'],
    ['the only item', 'a: [«1»]\n', 'a: []\n'],
    ['the only item of a block', 'a:\n  - «1»\nb: 2\n', 'a: []\nb: 2\n'],
  ])('%s', (_, before, after) => expect(both(before, without)).toBe(after));

  test('another one than the one at the place', () => {
    expect(both('a: { «b»: 1, c: 2 }\n', (place) => withoutKey(place, 'c'))).toBe('a: { b: 1 }\n');
    expect(both('«a»: { b: 1, c: 2 }\n', (place) => withoutIn(place, 'c'))).toBe('a: { b: 1 }\n');
    expect(both('«a»: { b: 1 }\n', (place) => withoutIn(place, 'c'))).toBe('«a»: { b: 1 }\n'.replace(/[«»]/g, ''));
  });
});

describe('an entry is set beside another', () => {
  test.each([
    ['in a block', 'a:\n  «b»: 1 # why\n  d: 4\n', 'a:\n  b: 1 # why\n  c: 2\n  d: 4\n'],
    ['in a block, behind what is in the other', 'a:\n  «b»:\n    x: 1\n', 'a:\n  b:\n    x: 1\n  c: 2\n'],
    ['in a block at the end of the file', 'a:\n  «b»: 1', 'a:\n  b: 1\n  c: 2'],
    ['in an item', 'a:\n  - «b»: 1\n  - x: 2\n', 'a:\n  - b: 1\n    c: 2\n  - x: 2\n'],
    ['in braces', 'a: { «b»: 1, d: 4 }\n', 'a: { b: 1, c: 2, d: 4 }\n'],
    ['in braces, where it is there', 'a: { «b»: 1, c: [x] }\n', 'a: { b: 1, c: 2 }\n'],
    ['in a block, where it is there', 'a:\n  «b»: 1\n  c:\n    x: 3\n', 'a:\n  b: 1\n  c: 2\n'],
    ['in a block, where nothing is said for it', 'a:\n  «b»: 1\n  c: # later\n', 'a:\n  b: 1\n  c: 2 # later\n'],
  ])('%s', (_, before, after) => expect(both(before, (place) => beside(place, 'c', '2'))).toBe(after));
});

describe('an entry is set into another', () => {
  test.each([
    ['that is a block', '«a»:\n  b: 1\nd: 3\n', 'a:\n  b: 1\n  c: 2\nd: 3\n'],
    ['that is in braces', '«a»: { b: 1 }\n', 'a: { b: 1, c: 2 }\n'],
    ['that is empty', '«a»: {} # why\n', 'a: { c: 2 } # why\n'],
    ['that says nothing', '«a»: # why\nd: 3\n', 'a: { c: 2 } # why\nd: 3\n'],
    ['that says nothing in braces', 'x: { «a»: , d: 3 }\n', 'x: { a: { c: 2 } , d: 3 }\n'],
    ['that is a text', '«a»: src/a.ts # why\n', 'a: { handler: src/a.ts, c: 2 } # why\n'],
    ['that is a text with a comma', '«a»: one, two\n', "a: { handler: 'one, two', c: 2 }\n"],
    ['that is a text of several lines', '«a»: |\n  one\n  two\n', 'a: |\n  one\n  two\n'],
  ])('%s', (_, before, after) => expect(both(before, (place) => into(place, 'c', '2', 'handler'))).toBe(after));
});

describe('what stands elsewhere', () => {
  test('a section comes behind the name, and one that is there gets the value', () => {
    const top = ({ source }: Place) => atTop(source, 'region', 'us-east-1');
    expect(both('name: shop\n\n«a»: 1\n', top)).toBe('name: shop\nregion: us-east-1\n\na: 1\n');
    expect(both('name: shop\nregion: eu-west-1\n«a»: 1\n', top)).toBe('name: shop\nregion: us-east-1\na: 1\n');
    expect(both('{ name: shop, «a»: 1 }\n', top)).toBe('{ name: shop, region: us-east-1, a: 1 }\n');
  });

  test('a thing comes into its section, or with it', () => {
    expect(both('name: shop\n«queues»:\n  a:\n', (place) => declared(place, 'queues', 'b', '{}'))).toBe(
      'name: shop\nqueues:\n  a:\n  b: {}\n',
    );
    expect(both('name: shop\n«x»: 1\n', (place) => declared(place, 'queues', 'b', '{}'))).toBe('name: shop\nqueues: { b: {} }\nx: 1\n');
  });

  test('an item is added to a list, and one becomes a list', () => {
    expect(both('«a»: [1]\n', (place) => withItem(place, '2'))).toBe('a: [1, 2]\n');
    expect(both('«a»:\n  - 1 # why\nb: 3\n', (place) => withItem(place, '2'))).toBe('a:\n  - 1 # why\n  - 2\nb: 3\n');
    expect(both('«a»: 1 # why\n', (place) => withItem(place, '2'))).toBe('a: [1, 2] # why\n');
    expect(both('«a»:\n  b: 1\n  c: x\nd: 3\n', (place) => withItem(place, '2'))).toBe('a:\n  [{ b: 1, c: x }, 2]\nd: 3\n');
  });
});

test('a value, a key and an entry are replaced', () => {
  expect(both('a: { «b»: 1, c: 2 }\n', (place) => withValue(place, '3'))).toBe('a: { b: 3, c: 2 }\n');
  expect(both('a:\n  «b»:\n    x: 1\n  c: 2\n', (place) => withValue(place, 'none'))).toBe('a:\n  b: none\n  c: 2\n');
  expect(both('«a»: # why\n', (place) => withValue(place, '3'))).toBe('a: 3 # why\n');
  expect(both('a: "«x y»" # why\n', (place) => withValue(place, 'z'))).toBe('a: z # why\n');
  expect(both('a:\n  b: «1» # why\n', (place) => renamed(place, 'c'))).toBe('a:\n  c: 1 # why\n');
  expect(both('a: { b: «1» }\n', (place) => instead(place, 'x: [1]'))).toBe('a: { x: [1] }\n');
  expect(both('a: { b: { «c»: 1 } }\n', (place) => wholeAs(place, 'c'))).toBe('a: { b: c }\n');
});

test('a place in nothing makes no edit', () => {
  for (const make of [without, (place: Place) => beside(place, 'a', '1'), (place: Place) => into(place, 'a', '1')])
    for (const text of ['«»', '# «x»\n', '«text»\n', '- «x»: ', '{ «']) expect(() => changed(text, make)).not.toThrow();
});
