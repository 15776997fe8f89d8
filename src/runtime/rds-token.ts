import { type Signable, type Signing, scope, signature, timestamp } from './signature.ts';

interface Login {
  readonly host: string;
  readonly port: number;
  readonly user: string;
}

/**
 * The token a database takes for a password where `auth` is `iam`: a signed request that is never sent. It opens
 * connections for 15 minutes; one that is open stays.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html
 */
export function rdsToken({ host, port, user }: Login, who: Omit<Signing, 'service'>): string {
  const signing: Signing = { ...who, service: 'rds-db' };
  const { accessKeyId, sessionToken } = signing.credentials;
  const query = [
    ['Action', 'connect'],
    ['DBUser', user],
    ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
    ['X-Amz-Credential', `${accessKeyId}/${scope(signing)}`],
    ['X-Amz-Date', timestamp(signing)],
    ['X-Amz-Expires', '900'],
    ...(sessionToken ? [['X-Amz-Security-Token', sessionToken]] : []),
    ['X-Amz-SignedHeaders', 'host'],
  ]
    .map(([key, value = '']) => `${key}=${encode(value)}`)
    .join('&');
  const request: Signable = { method: 'GET', path: '/', query, headers: { host: `${host}:${port}` }, body: '' };
  return `${host}:${port}/?${query}&X-Amz-Signature=${signature(request, signing)}`;
}

/** As SigV4 wants it: everything but letters, digits and -._~ is escaped. */
function encode(value: string): string {
  return encodeURIComponent(value).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
