import { createHash, createHmac } from 'node:crypto';

/** Signature Version 4, as far as the runtime needs it: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | undefined;
}

/** What a request is signed for. */
export interface Signing {
  readonly credentials: Credentials;
  readonly region: string;
  readonly service: string;
  readonly now: Date;
}

export interface Signable {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Without a `?`, encoded and sorted. */
  readonly query: string;
  /** Names in small letters. All of them are signed. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The credentials and the region Lambda gives a function. Throws where there are none, as outside of Lambda. */
export function identity(): Pick<Signing, 'credentials' | 'region'> {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION } = process.env;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY || !AWS_REGION) {
    throw new Error('AWS_REGION, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not all set, as they are in Lambda.');
  }
  return {
    credentials: { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY, sessionToken: AWS_SESSION_TOKEN },
    region: AWS_REGION,
  };
}

/** The signature of a request, in hexadecimal digits. */
export function signature({ method, path, query, headers, body }: Signable, signing: Signing): string {
  const names = Object.keys(headers).sort();
  const lines = names.map((name) => `${name}:${headers[name]}\n`).join('');
  const request = [method, path, query, lines, names.join(';'), hash(body)].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', timestamp(signing), scope(signing), hash(request)].join('\n');
  const key = scope(signing).split('/').reduce<string | Buffer>(hmac, `AWS4${signing.credentials.secretAccessKey}`);
  return hmac(key, toSign).toString('hex');
}

/** `20261101T123000Z` */
export function timestamp({ now }: Signing): string {
  return now.toISOString().replace(/[-:]|\.\d+/g, '');
}

/** `20261101/eu-central-1/rds-db/aws4_request` */
export function scope(signing: Signing): string {
  return `${timestamp(signing).slice(0, 8)}/${signing.region}/${signing.service}/aws4_request`;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
