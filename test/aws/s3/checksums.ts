import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { Refusal, type Call } from '../wire.ts';

const PREFIX = 'x-amz-checksum-';

const COMPUTED: Readonly<Record<string, (body: Buffer) => string>> = {
  sha256: (body) => createHash('sha256').update(body).digest('base64'),
  sha1: (body) => createHash('sha1').update(body).digest('base64'),
  crc32: (body) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(crc32(body));
    return bytes.toString('base64');
  },
};

export interface Received {
  readonly body: Buffer;
  readonly checksums: Readonly<Record<string, string>>;
}

/**
 * The object in a request, its checksums verified.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
 */
export function received(call: Call): Received {
  const { body, trailers } = isChunked(call) ? unchunked(call.body) : { body: call.body, trailers: {} };
  const announced = Object.entries({ ...call.headers, ...trailers }).filter(([name]) => name.startsWith(PREFIX));
  const given = announced.map(([name, value]) => [name.slice(PREFIX.length), value ?? ''] as const);
  const checksums = Object.fromEntries(given.filter(([name]) => /^(crc|sha|md5|xx)/.test(name)));
  for (const [name, value] of Object.entries(checksums)) verify(name, value, body);
  const md5 = call.headers['content-md5'];
  if (md5 !== undefined && md5 !== createHash('md5').update(body).digest('base64'))
    throw new Refusal('BadDigest', 'The Content-MD5 you specified did not match what we received.');
  const sha = call.headers['x-amz-content-sha256'];
  if (sha !== undefined && /^[\da-f]{64}$/.test(sha) && sha !== createHash('sha256').update(call.body).digest('hex'))
    throw new Refusal('XAmzContentSHA256Mismatch', "The provided 'x-amz-content-sha256' header does not match what was computed.");
  return { body, checksums };
}

export const checksumOf = (algorithm: string, body: Buffer): string => COMPUTED[algorithm]?.(body) ?? '';

function verify(name: string, value: string, body: Buffer): void {
  const compute = COMPUTED[name];
  if (!compute || compute(body) === value) return;
  throw new Refusal('BadDigest', `The ${name.toUpperCase()} you specified did not match the calculated checksum.`);
}

const isChunked = ({ headers }: Call): boolean =>
  (headers['content-encoding'] ?? '').includes('aws-chunked') || (headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-');

/** https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html */
function unchunked(sent: Buffer): { readonly body: Buffer; readonly trailers: Readonly<Record<string, string>> } {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const end = sent.indexOf('\r\n', at);
    const size = Number.parseInt(sent.subarray(at, end).toString(), 16);
    if (end < 0 || Number.isNaN(size)) throw new Refusal('IncompleteBody', 'The request body terminated unexpectedly');
    if (size === 0) return { body: Buffer.concat(parts), trailers: trailersIn(sent.subarray(end + 2).toString()) };
    parts.push(sent.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
}

const trailersIn = (lines: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    lines
      .split('\r\n')
      .filter((line) => line.includes(':'))
      .map((line) => [line.slice(0, line.indexOf(':')).trim().toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
