import type { BatchAnswer } from './contract.ts';

/** One record of a Kinesis stream, as Lambda gives it. */
export interface KinesisRecord {
  readonly kinesis: {
    readonly data: string;
    readonly partitionKey: string;
    readonly sequenceNumber: string;
    /** Seconds since 1970, with a fraction. */
    readonly approximateArrivalTimestamp: number;
    readonly kinesisSchemaVersion: string;
  };
  readonly eventID: string;
  readonly eventName: string;
  readonly eventSource: string;
  readonly eventSourceARN: string;
  readonly eventVersion: string;
  readonly invokeIdentityArn: string;
  readonly awsRegion: string;
}

/** A batch: records of one shard, in order. In a tumbling window it carries the window’s state. */
export interface KinesisEvent {
  readonly Records: readonly KinesisRecord[];
  readonly state?: Readonly<Record<string, unknown>>;
}

/** What is done with each record. Throwing, or a rejected promise, says that it failed. */
export type Each<T> = (data: T, record: KinesisRecord) => unknown;

type Decoding = 'json' | 'text' | 'bytes';

export interface RecordsOptions<T, D> {
  /** How a record is decoded: as JSON unless said otherwise. */
  readonly as?: Decoding;
  /** Turns what was decoded into what `each` takes, or throws. Without it the type of `each` is taken on trust. */
  readonly read?: (decoded: D) => T;
  readonly each: Each<T>;
}

type Handler = (event: KinesisEvent) => Promise<BatchAnswer & Pick<KinesisEvent, 'state'>>;

/**
 * A handler for batches of a Kinesis stream. Records are decoded and handled one after another, in their order; the
 * first that fails ends the batch and is answered, alone: Lambda goes on from the lowest sequence number it is told and
 * gives everything after it again, so what was handled before stays done and nothing is overtaken. A record that
 * cannot be decoded has failed too. With `partialFailures: false` Lambda would take the answer for success.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html
 */
export function records<T = unknown>(handling: Each<T> | (RecordsOptions<T, unknown> & { readonly as?: 'json' })): Handler;
export function records<T = string>(handling: RecordsOptions<T, string> & { readonly as: 'text' }): Handler;
export function records<T = Uint8Array>(handling: RecordsOptions<T, Uint8Array> & { readonly as: 'bytes' }): Handler;
export function records<T, D>(handling: Each<T> | RecordsOptions<T, D>): Handler {
  const { as = 'json', read, each }: RecordsOptions<T, D> = typeof handling === 'function' ? { each: handling } : handling;
  return async (event) => {
    // In a tumbling window what is answered as `state` is what the next batch gets.
    const state = event.state && { state: event.state };
    for (const record of event.Records) {
      const { sequenceNumber } = record.kinesis;
      try {
        const decoded = decode(record, as);
        await each(read ? read(decoded as D) : (decoded as T), record);
      } catch (error) {
        console.error(`The record ${sequenceNumber} failed; Lambda tries again from it.`, error);
        return { batchItemFailures: [{ itemIdentifier: sequenceNumber }], ...state };
      }
    }
    return { batchItemFailures: [], ...state };
  };
}

/** What a record holds. Throws for JSON that is none. */
export function decode({ kinesis: { data } }: KinesisRecord, as: Decoding): unknown {
  const bytes = Buffer.from(data, 'base64');
  if (as === 'bytes') return bytes;
  return as === 'text' ? bytes.toString() : JSON.parse(bytes.toString());
}
