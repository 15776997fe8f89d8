import type { Address } from '../cloud/address.ts';
import type { EdgeEvent } from '../../schema/sources/distribution.ts';
import type { Trigger } from '../../schema/sources/user-pool.ts';
import type { Fn, Text, Thing } from '../resolve/model.ts';
import type { Place } from '../text/source-text.ts';
import type { Piece } from './meaning.ts';

/** A service that puts something somewhere, and the resource it does it for: what a resource policy lets in. */
export interface Sender {
  readonly need: 'sender';
  /** Its principal, without the domain: `sns`. */
  readonly service: string;
  /** The ARN of what it comes from. */
  readonly source: Piece;
  /** The ARN has no account in it, so that the account must be said beside it. */
  readonly ofAccount?: true;
}

/** A function that reads a queue. */
export interface Reader {
  readonly need: 'reader';
  readonly fn: Fn;
  /** How long Lambda waits for a batch to fill, in seconds. */
  readonly window: number;
}

/** It is where something ends that failed. */
export interface Failures {
  readonly need: 'failures';
}

/** Somebody S3 tells of a bucket’s events. */
export interface Notification {
  readonly need: 'notification';
  readonly to: 'function' | 'queue' | 'topic';
  readonly arn: Piece;
  /** As S3 names them: `s3:ObjectCreated:*`. */
  readonly events: readonly string[];
  readonly prefix: string | undefined;
  readonly suffix: string | undefined;
  /** What lets S3 in there: the bucket waits for it. */
  readonly after: readonly Address[];
}

/** A function that a user pool calls at a point of its work. */
export interface PoolTrigger {
  readonly need: 'trigger';
  readonly trigger: Trigger;
  readonly fn: Fn;
  /** Of the event it gets. */
  readonly version: number;
  /** What encrypts the codes it gets. */
  readonly key: Text | undefined;
}

/** A distribution that answers with a bucket’s objects. */
export interface Served {
  readonly need: 'served';
  /** The distribution’s ARN. */
  readonly by: Piece;
  /** Of which objects: what their keys begin with. */
  readonly prefix: string;
}

/** A function that CloudFront calls at a point of its work. */
export interface EdgeCall {
  readonly need: 'edge';
  readonly at: EdgeEvent;
  /** The patterns it is for; `default` for all others. */
  readonly paths: readonly string[];
  readonly includeBody: boolean;
  readonly fn: Fn;
}

/** What one construct needs of another’s resource, by the kind of thing it is; the owner folds it in. */
export interface Needs {
  databases:
    { readonly user: string; readonly access: 'write' | 'read' | 'login'; readonly by: 'iam' | 'secret' } | { readonly dataApi: true };
  queues: Sender | Reader | Failures | { readonly need: 'drained' };
  topics: Sender;
  buckets:
    | Notification
    | Served
    | { readonly need: 'logs'; readonly of: Thing<'buckets'> }
    /** Log lines that a delivery of CloudWatch Logs brings, by the ARN of where they come from. */
    | { readonly need: 'delivered'; readonly by: Piece };
  tables: { readonly need: 'stream' };
  userPools: PoolTrigger;
  distributions: EdgeCall;
}

export interface Demand<K extends keyof Needs = keyof Needs> {
  readonly on: Thing<K>;
  readonly need: Needs[K];
  readonly because: Place;
}
