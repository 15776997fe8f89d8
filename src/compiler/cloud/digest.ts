import { logicalId } from './address.ts';
import { isIntrinsic, type Value } from './value.ts';

/**
 * Sixteen digits that say which value it is (FNV-1a, 64 bits): an API’s deployment is named by them, so that another
 * content is another deployment. They keep no secret, and need nothing of Node. http://www.isthe.com/chongo/tech/comp/fnv/
 */
export function digestOf(value: Value): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(JSON.stringify(value, plain)))
    hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  return hash.toString(16).padStart(16, '0');
}

/** Computed parts by what they refer to. */
function plain(_: string, value: unknown): unknown {
  if (!isIntrinsic(value)) return value;
  return { ...value, ...('to' in value && { to: logicalId(value.to) }), ...('of' in value && { of: logicalId(value.of) }) };
}
