import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { Deflater } from './deflate.ts';

/** The files of a function’s code by their paths. */
export type Contents = ReadonlyMap<string, Uint8Array>;

/** What a zip is named by: a digest of the paths, modes and bytes in it, and of nothing else. */
export function digestOf(contents: Contents): string {
  const hash = createHash('sha256');
  for (const [path, bytes] of sorted(contents)) hash.update(`${path}\0${MODE.toString(8)}\0${bytes.length}\0`).update(bytes);
  return hash.digest('hex');
}

/**
 * The same files always give the same bytes: sorted, with one time and one mode. `deflater` remembers parts that other zips hold too.
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export function zipOf(contents: Contents, deflater = new Deflater()): Uint8Array {
  const locals: Uint8Array[] = [];
  const centrals: Uint8Array[] = [];
  let offset = 0;
  for (const [path, bytes] of sorted(contents)) {
    const name = Buffer.from(path, 'utf8');
    const parts = deflater.deflate(bytes);
    const size = parts.reduce((sum, { length }) => sum + length, 0);
    const common = commonHeader(name, crc32(bytes), size, bytes.length);
    const local = Buffer.concat([Uint8Array.of(0x50, 0x4b, 0x03, 0x04), common, name]);
    centrals.push(centralHeader(common, name, offset));
    locals.push(local, ...parts);
    offset += local.length + size;
  }
  const directory = Buffer.concat(centrals);
  return Buffer.concat([...locals, directory, endRecord(centrals.length, directory.length, offset)]);
}

/** Readable by everybody: Lambda runs the code as another user. */
const MODE = 0o100644;

/** The first day a zip knows. It keeps local time without a zone, and this is the same everywhere. */
const FIRST_DAY = (1 << 5) | 1;

const VERSION = 20;
const UNIX = 3;
const UTF8 = 1 << 11;
const DEFLATED = 8;

/** What the header before a file and its entry in the directory have in common. */
function commonHeader(name: Buffer, sum: number, packed: number, size: number): Buffer {
  const header = Buffer.alloc(26);
  header.writeUInt16LE(VERSION, 0);
  header.writeUInt16LE(name.every((byte) => byte < 0x80) ? 0 : UTF8, 2);
  header.writeUInt16LE(DEFLATED, 4);
  header.writeUInt16LE(FIRST_DAY, 8);
  header.writeUInt32LE(sum, 10);
  header.writeUInt32LE(packed, 14);
  header.writeUInt32LE(size, 18);
  header.writeUInt16LE(name.length, 22);
  return header;
}

function centralHeader(common: Buffer, name: Buffer, offset: number): Buffer {
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE((MODE << 16) >>> 0, 6);
  rest.writeUInt32LE(offset, 10);
  return Buffer.concat([Uint8Array.of(0x50, 0x4b, 0x01, 0x02, VERSION, UNIX), common, rest, name]);
}

function endRecord(count: number, size: number, offset: number): Buffer {
  const record = Buffer.alloc(22);
  record.set([0x50, 0x4b, 0x05, 0x06]);
  record.writeUInt16LE(count, 8);
  record.writeUInt16LE(count, 10);
  record.writeUInt32LE(size, 12);
  record.writeUInt32LE(offset, 16);
  return record;
}

function sorted(contents: Contents): readonly (readonly [string, Uint8Array])[] {
  return [...contents].sort(([a], [b]) => (a < b ? -1 : 1));
}
