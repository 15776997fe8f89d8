import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { bytesOf } from './copied.ts';
import type { Deflater } from './deflate.ts';
import { HANDLER_FILE } from './entry.ts';
import { answersFailures, commandsIn, secretIn, type SdkCommand } from './facts.ts';
import { LOOK_UP } from './look-up.ts';
import { writeWhole } from './write-whole.ts';
import { digestOf, zipOf, type Contents } from './zip.ts';

/** What is to be done with a bundle that esbuild has written: look into it, zip it, keep its source map. */
export interface Order {
  /** The file of the handler, from the project’s folder. */
  readonly file: string;
  /** What esbuild wrote: the code, and its map beside it. */
  readonly code: string;
  /** The text of the entry; without one the bundle is looked at and not zipped. */
  readonly entry: string | undefined;
  /** Files that travel along, from the project’s folder. */
  readonly copied: readonly string[];
  readonly root: string;
  /** The folder the zip goes to. */
  readonly assets: string;
  /** Where `eventsystem/runtime` lies, from the project’s folder, with a slash behind it. */
  readonly library: string;
}

/** What was found in a bundle, and what was made of it. */
export interface Finished {
  /** What must stay secret; nothing is made then. */
  readonly secret: string | undefined;
  readonly commands: readonly SdkCommand[];
  readonly answersFailures: boolean;
  readonly looksUp: boolean;
  /** The size unpacked. */
  readonly size: number;
  /** The largest files, where they are too large together. */
  readonly largest: readonly string[];
  readonly zip: { readonly file: string; readonly bytes: number } | undefined;
}

/** What Lambda takes, unpacked. */
const MOST_BYTES = 250 * 2 ** 20;

/** Looks into one bundle, zips it and writes the zip, with its source map beside it. One bundle at a time is in memory. */
export function finish(order: Order, deflater: Deflater): Finished {
  const code = withLibrary(readFileSync(order.code), order.library);
  const secret = secretIn(code);
  const contents: Contents = new Map<string, Uint8Array>([
    ['index.mjs', Buffer.from(order.entry ?? '')],
    [HANDLER_FILE, code],
    ...order.copied.map((path) => [path, bytesOf(order.root, path)] as const),
  ]);
  const size = [...contents.values()].reduce((sum, { length }) => sum + length, 0);
  const largest = size > MOST_BYTES ? largestOf(contents) : [];
  return {
    secret,
    commands: commandsIn(code),
    answersFailures: answersFailures(code),
    looksUp: code.includes(LOOK_UP),
    size,
    largest,
    zip: order.entry === undefined || secret !== undefined || largest.length > 0 ? undefined : zipped(contents, order, deflater),
  };
}

function largestOf(contents: Contents): readonly string[] {
  return [...contents]
    .sort(([, a], [, b]) => b.length - a.length)
    .slice(0, 3)
    .map(([path]) => path);
}

function zipped(contents: Contents, order: Order, deflater: Deflater): Finished['zip'] {
  const { assets, code, file, library, root } = order;
  const name = digestOf(contents);
  const zip = zipOf(contents, deflater);
  writeWhole(join(assets, `${name}.zip`), zip);
  const map = `${code}.map`;
  writeWhole(join(assets, mapName(name, file)), withSources(readFileSync(map), dirname(map), root, library));
  return { file: `${name}.zip`, bytes: zip.length };
}

/** Two files may make the same code: each has a map of its own. */
function mapName(name: string, file: string): string {
  return `${name}-${file.replace(/[^A-Za-z0-9.]+/g, '-')}.map`;
}

const LIBRARY = 'eventsystem/runtime/';

/** A bundle whose comments name the library and not where it is installed. Bundles are large: most are left as they came. */
function withLibrary(code: Buffer, library: string): Buffer {
  const comment = `\n// ${library}`;
  return code.includes(comment) ? Buffer.from(code.toString().replaceAll(comment, `\n// ${LIBRARY}`)) : code;
}

/** A source map whose sources are named from the project’s folder. Only its head is read: the mappings behind are most of it. */
function withSources(map: Buffer, folder: string, root: string, library: string): Uint8Array {
  const mappings = map.indexOf('"mappings":');
  if (mappings < 0) return map;
  const head = JSON.parse(`${map.toString('utf8', 0, mappings)}"mappings":""}`) as { readonly sources: readonly string[] };
  const sources = head.sources
    .map((source) => fromRoot(source, folder, root))
    .map((path) => (path.startsWith(library) ? LIBRARY + path.slice(library.length) : path));
  const { mappings: _, ...rest } = { ...head, sources, mappings: '' };
  return Buffer.concat([Buffer.from(`${JSON.stringify(rest).slice(0, -1)},`), map.subarray(mappings)]);
}

/** Bundles share most of their sources, and working out a path takes longer than looking it up. */
const paths = new Map<string, string>();

function fromRoot(source: string, folder: string, root: string): string {
  const key = [source, folder, root].join('\0');
  let path = paths.get(key);
  if (path === undefined) paths.set(key, (path = relative(root, resolve(folder, source)).replaceAll('\\', '/')));
  return path;
}
