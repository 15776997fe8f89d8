import { unzipSync } from 'fflate';
import { createHash } from 'node:crypto';
import { digestOf } from '../compiler/bundle/zip.ts';

/**
 * Whether a zip holds what its key says. What eventsystem packs is named by the files in it, so that the same code has the same name
 * whatever version of zlib has packed it; a zip that came from elsewhere is named by its bytes. Nothing where the key says nothing.
 */
export function holdsItsName(key: string, bytes: Uint8Array): boolean | undefined {
  const name = /^assets\/([0-9a-f]{64})\.zip$/.exec(key)?.[1];
  if (name === undefined) return undefined;
  if (createHash('sha256').update(bytes).digest('hex') === name) return true;
  try {
    return digestOf(new Map(Object.entries(unzipSync(bytes)))) === name;
  } catch {
    return false;
  }
}
