import type { BatchAnswer } from './contract.ts';

/** One message of a queue, as Lambda gives it. */
export interface SqsMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: {
    readonly ApproximateReceiveCount?: string | undefined;
    readonly SentTimestamp?: string | undefined;
    readonly MessageGroupId?: string | undefined;
    readonly MessageDeduplicationId?: string | undefined;
  };
  readonly messageAttributes: Readonly<Record<string, { readonly dataType: string; readonly stringValue?: string | undefined }>>;
  readonly md5OfBody: string;
  readonly eventSource: string;
  readonly eventSourceARN: string;
  readonly awsRegion: string;
}

export interface SqsEvent {
  readonly Records: readonly SqsMessage[];
}

/** What is done with each message. Throwing, or a rejected promise, says that it failed. */
export type EachMessage<T> = (body: T, message: SqsMessage) => unknown;

export interface MessagesOptions<T, D> {
  /** How a body is decoded: as JSON unless said otherwise. */
  readonly as?: 'json' | 'text';
  /** Turns what was decoded into what `each` takes, or throws. Without it the type of `each` is taken on trust. */
  readonly read?: (decoded: D) => T;
  readonly each: EachMessage<T>;
}

type Handler = (event: SqsEvent) => Promise<BatchAnswer>;

/**
 * A handler for batches of a queue. Messages are handled at the same time, and those that failed are answered and come
 * again. In a FIFO queue the messages of a group are handled one after another; behind one that failed the rest of its
 * group is answered as failed without having been touched, so that nothing is overtaken.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting
 */
export function messages<T = unknown>(handling: EachMessage<T> | (MessagesOptions<T, unknown> & { readonly as?: 'json' })): Handler;
export function messages<T = string>(handling: MessagesOptions<T, string> & { readonly as: 'text' }): Handler;
export function messages<T, D>(handling: EachMessage<T> | MessagesOptions<T, D>): Handler {
  const { as, read, each }: MessagesOptions<T, D> = typeof handling === 'function' ? { each: handling } : handling;
  const handled = async (message: SqsMessage): Promise<boolean> => {
    try {
      const decoded = (as === 'text' ? message.body : JSON.parse(message.body)) as D;
      await each(read ? read(decoded) : (decoded as unknown as T), message);
      return true;
    } catch (error) {
      console.error(`The message ${message.messageId} failed; it comes again.`, error);
      return false;
    }
  };
  return async ({ Records }) => {
    const lines = new Map<string, SqsMessage[]>();
    for (const message of Records) {
      const line = lineOf(message);
      lines.set(line, [...(lines.get(line) ?? []), message]);
    }
    const failed = await Promise.all(
      [...lines.values()].map(async (line) => {
        for (const [index, message] of line.entries()) if (!(await handled(message))) return line.slice(index);
        return [];
      }),
    );
    return { batchItemFailures: failed.flat().map(({ messageId: itemIdentifier }) => ({ itemIdentifier })) };
  };
}

/** What must not be overtaken: a group of a FIFO queue. A standard queue has groups too, and keeps no order in them. */
function lineOf({ eventSourceARN, attributes, messageId }: SqsMessage): string {
  return eventSourceARN.endsWith('.fifo') ? (attributes.MessageGroupId ?? '') : messageId;
}
