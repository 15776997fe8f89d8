import { Refusal } from './wire.ts';

/** Who signs. */
export interface Identity {
  readonly account: string;
  readonly arn: string;
  readonly userId: string;
}

interface Signature {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
}

/** `AWS4-HMAC-SHA256 Credential=AKIA…/20261124/eu-west-1/cloudformation/aws4_request, …` */
export function signatureOf(authorization: string | undefined): Signature | undefined {
  const scope = authorization?.match(/Credential=([^/,]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/);
  if (!scope) return undefined;
  const [, accessKeyId = '', region = '', service = ''] = scope;
  return { accessKeyId, region, service };
}

/** The people and roles of the fake. Keys nobody registered belong to the account’s deployer. */
export class Identities {
  readonly #known = new Map<string, Identity>();
  readonly #expired = new Set<string>();
  /** What `GetCallerIdentity` answers for keys that are not registered. */
  deployer: Identity;

  constructor(account: string) {
    this.deployer = {
      account,
      arn: `arn:aws:sts::${account}:assumed-role/Deployer/session`,
      userId: 'AROAEXAMPLEDEPLOYER00:session',
    };
  }

  set(accessKeyId: string, identity: Partial<Identity>): void {
    this.#known.set(accessKeyId, { ...this.deployer, ...identity });
  }

  of(accessKeyId: string): Identity {
    return this.#known.get(accessKeyId) ?? this.deployer;
  }

  /** From now on its calls are refused as AWS refuses an old session. */
  expire(accessKeyId: string): void {
    this.#expired.add(accessKeyId);
  }

  renew(accessKeyId: string): void {
    this.#expired.delete(accessKeyId);
  }

  /** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html and the common errors of the query APIs. */
  check(service: string, accessKeyId: string): void {
    if (!this.#expired.has(accessKeyId)) return;
    throw expiredToken(service);
  }
}

export const expiredToken = (service: string): Refusal =>
  service === 's3'
    ? new Refusal('ExpiredToken', 'The provided token has expired.', 400)
    : new Refusal('ExpiredToken', 'The security token included in the request is expired', 403);

const FIVE_MINUTES = 300_000;

/** Signature Version 4 admits five minutes of difference; S3 admits fifteen. */
export function checkSkew(service: string, signed: string | undefined, now: Date): void {
  const time = signed?.match(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/);
  if (!time) return;
  const at = Date.UTC(Number(time[1]), Number(time[2]) - 1, Number(time[3]), Number(time[4]), Number(time[5]), Number(time[6]));
  const difference = at - now.getTime();
  if (service === 's3') {
    if (Math.abs(difference) <= 3 * FIVE_MINUTES) return;
    throw new Refusal('RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.', 403);
  }
  if (Math.abs(difference) <= FIVE_MINUTES) return;
  const [word, relation, sign, bound] =
    difference < 0 ? ['expired', 'earlier', '-', -FIVE_MINUTES] : ['not yet current', 'later', '+', FIVE_MINUTES];
  const message = `Signature ${word}: ${signed} is ${difference < 0 ? 'now ' : 'still '}${relation} than ${stamp(now.getTime() + Number(bound))} (${stamp(now.getTime())} ${sign} 5 min.)`;
  throw new Refusal('SignatureDoesNotMatch', message, 403);
}

const stamp = (time: number): string => new Date(time).toISOString().replace(/[-:]|\.\d+/g, '');
