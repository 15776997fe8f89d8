import type { Tree } from './tree.ts';

/** One request as the fake understands it, whatever protocol it came in. */
export interface Call {
  /** Counts all requests from 1. */
  readonly n: number;
  readonly service: string;
  /** The operation’s name in the SDK: CreateChangeSet, HeadObject, … */
  readonly action: string;
  readonly params: Tree;
  readonly region: string;
  /** Of the credentials that signed it; empty for a request that is not signed. */
  readonly accessKeyId: string;
  readonly sessionToken: string;
  readonly account: string;
  /** Who they are. */
  readonly arn: string;
  readonly requestId: string;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  /** The virtual time. */
  readonly at: Date;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** What a service refuses with: the code and message go over the wire as AWS words them. */
export class Refusal extends Error {
  readonly code: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** More elements of an S3 error: BucketName, Region, … */
  readonly also: Readonly<Record<string, string>>;

  constructor(code: string, message: string, status = 400, { headers = {}, also = {} }: Partial<Pick<Refusal, 'headers' | 'also'>> = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.headers = headers;
    this.also = also;
  }
}

export const validationError = (message: string): Refusal => new Refusal('ValidationError', message);
