import { createHash, timingSafeEqual } from 'node:crypto';
import { allow, deny, unauthorized, type Policy, type RequestAuthorizerEvent } from 'eventsystem/runtime';

/**
 * Lets partners in by their key. The environment holds only the keys’ digests, so nobody who reads it can call;
 * the keys are random, so nobody finds one from its digest.
 */
export default async (event: RequestAuthorizerEvent): Promise<Policy> => {
  const key = header(event, 'x-partner-key');
  if (!key) unauthorized();
  const partner = partnerOf(key);
  if (partner === undefined) return deny('unknown', event);
  // The answer is kept: it names every route a partner may use, not the one asked for.
  return allow(partner, event, { routes: ['ANY /partner/*'], context: { partner } });
};

function partnerOf(key: string): string | undefined {
  const digest = createHash('sha256').update(key).digest();
  let found: string | undefined;
  for (const [name, known] of partners()) {
    if (known.length === digest.length && timingSafeEqual(known, digest)) found = name;
  }
  return found;
}

/** `acme=DIGEST globex=DIGEST` */
function partners(): readonly (readonly [string, Buffer])[] {
  return (process.env['PARTNERS'] ?? '').split(' ').map((one) => {
    const [name = '', digest = ''] = one.split('=');
    return [name, Buffer.from(digest, 'hex')] as const;
  });
}

/** The case of a header’s name is the caller’s. */
function header({ headers }: RequestAuthorizerEvent, name: string): string | undefined {
  return Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name)?.[1];
}
