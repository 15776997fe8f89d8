import { unzipSync } from 'fflate';
import { inflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { Deflater } from '../../src/compiler/bundle/deflate.ts';
import { digestOf, zipOf } from '../../src/compiler/bundle/zip.ts';

/** Text like a program’s, and always the same for the same seed. */
function program(seed: number, bytes: number): Uint8Array {
  let state = seed;
  const next = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
  let text = '';
  while (text.length < bytes) text += `const v${next(900)} = f${next(50)}(v${next(900)}, ${next(10)});${next(7) === 0 ? '\n' : ' '}`;
  return Buffer.from(text.slice(0, bytes));
}

const noise = (bytes: number) => Buffer.from(Uint8Array.from({ length: bytes }, (_, at) => (Math.imul(at + 7, 0x9e3779b1) >>> 24) ^ at));

const contents: readonly (readonly [string, Uint8Array])[] = [
  ['nothing', new Uint8Array()],
  ['one byte', Uint8Array.of(7)],
  ...[65_535, 65_536, 65_537, 73_728, 200_001, 1_000_000].map((size) => [`a program of ${size} bytes`, program(size, size)] as const),
  ['the same byte', new Uint8Array(300_000)],
  ['what cannot be compressed', noise(300_000)],
];

test.each(contents)('%s comes out as it went in', (_, bytes) => {
  const stream = Buffer.concat(new Deflater().deflate(bytes));
  expect(Buffer.compare(inflateRawSync(stream), bytes)).toBe(0);
  // A stream that ends early would be read to its end by a lenient reader, and one with something behind it too.
  expect(inflateRawSync(stream, { info: true } as never)).toMatchObject({ engine: { bytesWritten: stream.length } });
  expect(unzipSync(zipOf(new Map([['a', bytes]])))['a']?.length).toBe(bytes.length);
});

test('what was compressed before changes nothing, and shared parts are taken from it', () => {
  const shared = program(1, 400_000);
  const [one, other] = [2, 3].map((seed) => Buffer.concat([program(seed, 5_000), shared, program(seed + 10, 3_000)]));
  const deflater = new Deflater();
  const first = deflater.deflate(one ?? shared);
  const second = deflater.deflate(other ?? shared);
  expect(Buffer.concat(second)).toEqual(Buffer.concat(new Deflater().deflate(other ?? shared)));
  const same = second.filter((part) => first.includes(part));
  expect(same.reduce((sum, { length }) => sum + length, 0)).toBeGreaterThan(Buffer.concat(second).length * 0.7);
});

test('a zip in parts is as small as one in a piece', () => {
  const bytes = program(5, 500_000);
  const whole = new Deflater().deflate(bytes.subarray(0, 65_536)).reduce((sum, { length }) => sum + length, 0);
  const parts = new Deflater().deflate(bytes).reduce((sum, { length }) => sum + length, 0);
  expect(parts / bytes.length).toBeLessThan((whole / 65_536) * 1.02);
});

test('a zip has its files in one order, with one time and one mode', () => {
  const zip = Buffer.from(
    zipOf(
      new Map(
        [
          ['b.mjs', program(1, 10)],
          ['ä/a.txt', program(2, 20)],
        ].reverse() as never,
      ),
    ),
  );
  expect(Object.keys(unzipSync(zip))).toEqual(['b.mjs', 'ä/a.txt']);
  expect(zip).toEqual(
    Buffer.from(
      zipOf(
        new Map([
          ['b.mjs', program(1, 10)],
          ['ä/a.txt', program(2, 20)],
        ] as never),
      ),
    ),
  );
  const entry = zip.indexOf(Buffer.from('PK\u0001\u0002'));
  expect(zip.readUInt32LE(entry + 12)).toBe(0x21_0000);
  expect(zip.readUInt32LE(entry + 38) >>> 16).toBe(0o100644);
  expect(digestOf(new Map([['b.mjs', program(1, 10)]]))).toMatch(/^[0-9a-f]{64}$/);
});
