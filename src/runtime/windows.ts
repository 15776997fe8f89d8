import type { BatchAnswer } from './contract.ts';
import { decode, type KinesisEvent, type KinesisRecord } from './kinesis.ts';

/** The stretch of time a tumbling window adds up: ISO 8601, the end excluded. */
export interface Window {
  readonly start: string;
  readonly end: string;
}

/** A batch of a consumer with `tumblingWindow`. */
export interface WindowEvent extends KinesisEvent {
  readonly window: Window;
  readonly shardId: string;
  /** The last call of the window. It may carry no records. */
  readonly isFinalInvokeForWindow: boolean;
  /** The state grew over its limit, and the window ends before its time. */
  readonly isWindowTerminatedEarly: boolean;
}

export type WindowAnswer<S> = BatchAnswer & { readonly state: S };

export interface WindowsOptions<S extends object, T> {
  /** The state a window begins with. It travels as JSON, up to 1 MB. */
  readonly start: () => S;
  /** Adds a record to the state. */
  readonly each: (state: S, data: T, record: KinesisRecord) => S | Promise<S>;
  /** Uses what the window added up to. */
  readonly end: (state: S, window: Window, event: WindowEvent) => unknown;
}

/**
 * A handler that adds up the records of a Kinesis stream, decoded as JSON, over tumbling windows, for each shard.
 * A failure fails the whole call: the batch comes again with the state from before it, so that no record is
 * counted twice or left out, which a partial answer does not promise.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-windows.html
 */
export function windows<S extends object, T = unknown>({ start, each, end }: WindowsOptions<S, T>) {
  return async (event: WindowEvent): Promise<WindowAnswer<S>> => {
    const carried = event.state ?? {};
    // The first call of a window carries an empty state.
    let state = Object.keys(carried).length > 0 ? (carried as S) : start();
    for (const record of event.Records) state = await each(state, decode(record, 'json') as T, record);
    if (event.isFinalInvokeForWindow) await end(state, event.window, event);
    return { state, batchItemFailures: [] };
  };
}
