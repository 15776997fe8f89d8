import type { Tree } from '../tree.ts';
import type { Call, Refusal, Reply } from '../wire.ts';
import { flat } from '../xml.ts';
import type { Bucket } from './bucket.ts';

/** What an operation on a bucket is given. */
export interface Store {
  readonly buckets: Map<string, Bucket>;
  readonly now: () => Date;
  readonly account: string;
  /** Every bucket’s policy (or an SCP): may this call? A text refuses. */
  readonly guards: ((call: Call, bucket: Bucket) => Refusal | undefined)[];
}

export type Action = (call: Call, bucket: Bucket, store: Store) => Reply;

export const answer = (status: number, headers: Readonly<Record<string, string>> = {}, body: string | Buffer = ''): Reply => ({
  status,
  headers,
  body,
});

export const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';

export const document = (root: string, content: Tree | string): Reply =>
  answer(
    200,
    { 'content-type': 'application/xml' },
    `${HEAD}<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${typeof content === 'string' ? content : flat(content)}</${root}>`,
  );
