import { createHash } from 'node:crypto';
import { Deflate, deflateSync } from 'fflate';

/**
 * Compresses files of which many hold the same parts (the packages that handlers share) and compresses such a part once. A file is
 * cut where its own bytes say so, so that a part has the same ends wherever it stands. What comes out depends on the file alone, not
 * on what was compressed before it, and is hardly larger than if it had been compressed in one piece. JavaScript all the way, since zlib’s
 * bytes differ between machines.
 */
export class Deflater {
  readonly #known = new Map<string, Uint8Array>();

  /** A stream of DEFLATE, in parts that belong behind each other. */
  deflate(bytes: Uint8Array): readonly Uint8Array[] {
    if (bytes.length <= SMALL) return [deflateSync(bytes, { level: LEVEL })];
    const parts: Uint8Array[] = [];
    const before: { readonly start: number; readonly digest: string }[] = [];
    let start = 0;
    for (const end of cuts(bytes)) {
      const part = bytes.subarray(start, end);
      before.push({ start, digest: createHash('sha256').update(part).digest('base64') });
      parts.push(this.#part(part, bytes.subarray(Math.max(0, start - WINDOW), start), keyOf(before, start - WINDOW)));
      start = end;
    }
    return [...parts, END];
  }

  /** A part, compressed with what stands before it in view. */
  #part(part: Uint8Array, dictionary: Uint8Array, key: string): Uint8Array {
    const known = this.#known.get(key);
    if (known) return known;
    const made = joinable(part, dictionary);
    this.#known.set(key, made);
    return made;
  }
}

const LEVEL = 6;

/**
 * How far a part looks back beyond its start. A stream may refer to the last 32 KiB (https://www.rfc-editor.org/rfc/rfc1951#section-2);
 * half of that makes zips one percent larger, and a change spoils fewer of the parts behind it.
 */
const WINDOW = 16_384;

/** A file that takes no time. */
const SMALL = 65_536;

/** What is between two cuts: at least, at most, and the bits that must be zero, which makes it some 16 KiB. */
const LEAST = 8_192;
const MOST = 61_440;
const ZEROS = 13;

/** The digests of a part and of what stands in its view, which decide how it comes out. */
function keyOf(parts: readonly { readonly start: number; readonly digest: string }[], from: number): string {
  const first = parts.findLastIndex(({ start }) => start <= from);
  return parts
    .slice(Math.max(0, first))
    .map(({ digest }) => digest)
    .join('');
}

/** Where a file is cut: behind any 32 bytes whose rolling sum says so. */
function cuts(bytes: Uint8Array): readonly number[] {
  const found: number[] = [];
  let sum = 0;
  let start = 0;
  for (let at = 0; at < bytes.length; at++) {
    sum = ((sum << 1) + (GEARS[bytes[at] ?? 0] ?? 0)) | 0;
    const length = at + 1 - start;
    if (length < LEAST || (length < MOST && sum >>> (32 - ZEROS) !== 0)) continue;
    found.push(at + 1);
    start = at + 1;
  }
  if (start < bytes.length) found.push(bytes.length);
  return found;
}

/** A number for each byte, as good as drawn by lot and always the same. */
const GEARS = Int32Array.from({ length: 256 }, (_, byte) => {
  const mixed = Math.imul(byte + 1, 0x9e3779b1);
  return Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b) ^ (mixed >>> 7);
});

/** The end of a stream: a last block with nothing in it. */
const END = Uint8Array.of(0x03, 0x00);

/** How an empty block that is stored goes on behind its first three bits, which are zero: at the next whole byte. */
const STORED = Uint8Array.of(0x00, 0x00, 0xff, 0xff);

/** Nothing in a block: its last bits are seven zeros. */
const EMPTY_BITS = 2 + 7;

/**
 * A part that ends with a whole byte and lets another follow. fflate is made to end with an empty block of fixed codes, whose first
 * two bits, `last` and the low bit of its kind, are the last ones that are set; `last` is taken out, and an empty stored block fills
 * the byte. https://www.rfc-editor.org/rfc/rfc1951#section-3.2.3
 */
function joinable(part: Uint8Array, dictionary: Uint8Array): Uint8Array {
  const pieces: Uint8Array[] = [];
  const stream = new Deflate({ level: LEVEL, mem: 3, ...(dictionary.length > 0 && { dictionary }) }, (piece) => pieces.push(piece));
  stream.push(part, false);
  stream.flush();
  stream.push(new Uint8Array(0), true);
  const bytes = Buffer.concat([...pieces, new Uint8Array(STORED.length + 2)]);
  const byte = bytes.findLastIndex((one) => one !== 0);
  const kind = byte * 8 + 31 - Math.clz32(bytes[byte] ?? 0);
  const last = kind - 1;
  bytes[last >> 3] = (bytes[last >> 3] ?? 0) & ~(1 << (last & 7));
  const end = (kind + EMPTY_BITS + 3 + 7) >> 3;
  bytes.set(STORED, end);
  return bytes.subarray(0, end + STORED.length);
}
