import { address, type Address, type Named } from '../cloud/address.ts';
import { resource, type Acceptance, type Part } from '../cloud/part.ts';
import { attribute, ref } from '../cloud/value.ts';
import type { Text, Thing } from '../resolve/model.ts';
import type { Place } from '../text/source-text.ts';
import type { Sender } from './demand.ts';
import type { Context } from './meaning.ts';
import { resourcePolicy } from './resource-policy.ts';
import { tagList } from './tags.ts';

/** A queue that is made for what failed, and what it belongs to. */
export interface DeadLetters {
  readonly names: Named | readonly Named[];
  /** What it is to its owner: `FailureQueue`. */
  readonly role: 'FailureQueue' | 'DeadLetterQueue' | 'AsyncFailureQueue';
  readonly fifo?: boolean | undefined;
  readonly senders: readonly Sender[];
  readonly tags: Readonly<Record<string, Text>> | undefined;
  readonly because: Place;
  readonly path: string;
}

export const deadLetterAddress = ({ names, role }: Pick<DeadLetters, 'names' | 'role'>): Address<'AWS::SQS::Queue'> =>
  address('AWS::SQS::Queue', names, role);

/** It keeps what failed for as long as SQS keeps anything; what comes out of it is somebody’s decision. */
export const LONGEST = 14 * 86_400;

export const endsThere: Acceptance = {
  rule: 'AwsSolutions-SQS3',
  reason: 'It is where failed batches end; behind it there is nothing.',
};

/** A queue for what failed: encrypted, closed to plain HTTP, open to who sends there. */
export function deadLetters(of: DeadLetters, context: Context): readonly Part[] {
  const { names, role, fifo, senders, tags, because, path } = of;
  const queue = deadLetterAddress(of);
  return [
    resource(
      queue,
      { SqsManagedSseEnabled: true, MessageRetentionPeriod: LONGEST, ...(fifo && { FifoQueue: true }), ...tagList(tags, context) },
      {
        because,
        path,
        deletion: context.model.protected ? 'Retain' : 'RetainExceptOnCreate',
        replaced: 'Retain',
        accepted: [endsThere],
      },
    ),
    resource(
      address('AWS::SQS::QueuePolicy', names, `${role}Policy`),
      {
        Queues: [ref(queue)],
        PolicyDocument: resourcePolicy(
          attribute(queue, 'Arn'),
          { denied: 'sqs:*', allowed: 'sqs:SendMessage', senders, own: undefined },
          context,
        ),
      },
      { because, path },
    ),
  ];
}

export type Queue = Thing<'queues'>;

const isText = (target: Queue | Text): target is Text => 'segments' in target;

/** What the file says of dead letters: nothing, `none`, a queue or an ARN. */
export function deadLetterOf({ settings: { deadLetter } }: Queue): { readonly queue: Queue | Text | undefined; readonly after: number } {
  if (deadLetter === undefined) return { queue: undefined, after: 5 };
  return 'after' in deadLetter ? { queue: deadLetter.queue, after: deadLetter.after } : { queue: deadLetter, after: 5 };
}

export const isNone = (said: Queue | Text | undefined): boolean => said !== undefined && isText(said) && said.segments[0] === 'none';
