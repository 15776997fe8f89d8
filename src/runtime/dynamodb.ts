import type { BatchAnswer } from './contract.ts';

/** A value as DynamoDB writes it: one key says its type. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html */
export interface AttributeValue {
  readonly S?: string | undefined;
  readonly N?: string | undefined;
  readonly B?: string | undefined;
  readonly BOOL?: boolean | undefined;
  readonly NULL?: boolean | undefined;
  readonly L?: readonly AttributeValue[] | undefined;
  readonly M?: Image | undefined;
  readonly SS?: readonly string[] | undefined;
  readonly NS?: readonly string[] | undefined;
  readonly BS?: readonly string[] | undefined;
}

interface Image {
  readonly [name: string]: AttributeValue;
}

/** One change of a table, as Lambda gives it. */
export interface DynamoRecord {
  readonly eventID?: string | undefined;
  readonly eventName?: 'INSERT' | 'MODIFY' | 'REMOVE' | undefined;
  readonly eventSourceARN?: string | undefined;
  readonly dynamodb?:
    | {
        readonly Keys?: Image | undefined;
        readonly NewImage?: Image | undefined;
        readonly OldImage?: Image | undefined;
        readonly SequenceNumber?: string | undefined;
      }
    | undefined;
  /** Who made the change: the service itself where an item was past its time. */
  readonly userIdentity?: unknown;
}

/** A batch: changes of one shard, in order. In a tumbling window it carries the window’s state. */
export interface DynamoEvent {
  readonly Records: readonly DynamoRecord[];
  readonly state?: Readonly<Record<string, unknown>>;
}

/** A change as a program sees it. What the table’s stream does not carry is missing. */
export interface Change<T, K = Partial<T>> {
  readonly change: 'insert' | 'modify' | 'remove';
  readonly keys: K;
  readonly new?: T;
  readonly old?: T;
}

type Handler = (event: DynamoEvent) => Promise<BatchAnswer & Pick<DynamoEvent, 'state'>>;

/**
 * A handler for batches of a table’s changes: read as plain values and handled one after another, in their order. The
 * first that fails ends the batch and is answered, alone: Lambda goes on from it.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 */
export function changes<T = Readonly<Record<string, unknown>>>(each: (change: Change<T>, record: DynamoRecord) => unknown): Handler {
  return async ({ Records, state: given }) => {
    const state = given && { state: given };
    for (const record of Records) {
      const itemIdentifier = record.dynamodb?.SequenceNumber ?? '';
      try {
        await each(changeOf<T>(record), record);
      } catch (error) {
        console.error(`The change ${itemIdentifier} failed; Lambda tries again from it.`, error);
        return { batchItemFailures: [{ itemIdentifier }], ...state };
      }
    }
    return { batchItemFailures: [], ...state };
  };
}

function changeOf<T>({ eventName, dynamodb: { Keys, NewImage, OldImage } = {} }: DynamoRecord): Change<T> {
  return {
    change: (eventName ?? 'MODIFY').toLowerCase() as Change<T>['change'],
    keys: plain({ M: Keys ?? {} }) as Partial<T>,
    ...(NewImage && { new: plain({ M: NewImage }) as T }),
    ...(OldImage && { old: plain({ M: OldImage }) as T }),
  };
}

/**
 * A value as JavaScript has it: sets are `Set`s, bytes a `Buffer`. A number that JavaScript cannot hold exactly is a
 * `bigint`, or stays text where it has a fraction.
 */
export function plain(value: AttributeValue): unknown {
  const [[type, of] = ['NULL', true]] = Object.entries(value);
  switch (type) {
    case 'N':
      return numberOf(of as string);
    case 'B':
      return Buffer.from(of as string, 'base64');
    case 'NULL':
      return null;
    case 'L':
      return (of as readonly AttributeValue[]).map(plain);
    case 'M':
      return Object.fromEntries(Object.entries(of as Image).map(([name, item]) => [name, plain(item)]));
    case 'NS':
      return new Set((of as readonly string[]).map(numberOf));
    case 'BS':
      return new Set((of as readonly string[]).map((item) => Buffer.from(item, 'base64')));
    case 'SS':
      return new Set(of as readonly string[]);
    default:
      return of;
  }
}

function numberOf(text: string): number | bigint | string {
  const number = Number(text);
  if (/^-?[0-9]+$/.test(text)) return Number.isSafeInteger(number) ? number : BigInt(text);
  return /[0-9]/.test(text) && text.replace(/[-.]|e.*$/gi, '').replace(/^0+/, '').length <= 15 ? number : text;
}
