import type { Part } from '../cloud/part.ts';
import { attribute } from '../cloud/value.ts';
import { problems, type Report } from '../diagnostics/problem.ts';
import { choosing, leaveOutThen } from '../edit/fixes.ts';
import type { Text, Thing } from '../resolve/model.ts';
import type { Demand, Sender } from '../resources/demand.ts';
import type { Context, Piece } from '../resources/meaning.ts';
import { deadLetterAddress, deadLetters, type DeadLetters } from '../resources/queue-parts.ts';
import type { Hop } from './source.ts';

export const deliveryProblems = problems({
  'fifo-as-dead-letter': {
    severity: 'error',
    message: ({ name, fifo }: { name: string; fifo: boolean }) =>
      `\`${name}\` is a ${fifo ? 'standard' : 'FIFO'} queue, which cannot be the dead-letter queue here.`,
    why: 'EventBridge and EventBridge Scheduler support only standard dead-letter queues. SNS needs a FIFO queue for a FIFO topic, and a standard one for a standard topic.',
    fix: (_: unknown, place) => choosing(leaveOutThen(place, ', and a queue is created')),
    page: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html',
  },
});

/** A source whose service keeps what it could not deliver in a queue. */
export type Delivering = Hop & {
  readonly settings: { readonly delivery?: { readonly deadLetter?: Thing<'queues'> | Text | undefined } | undefined };
};

const isText = (said: Thing<'queues'> | Text): said is Text => 'segments' in said;

const isNone = (said: Thing<'queues'> | Text): boolean => isText(said) && said.segments[0] === 'none';

const made = ({ names, tags, place: because, path }: Hop, senders: readonly Sender[], fifo: boolean): DeadLetters => ({
  names,
  role: 'DeadLetterQueue',
  fifo,
  senders,
  tags,
  because,
  path,
});

/** Where a service sends what it could not deliver, and the queue for it where one is made. */
export function undelivered(
  source: Delivering,
  senders: readonly Sender[],
  context: Context,
  fifo = false,
): { readonly arn: Piece | undefined; readonly parts: readonly Part[] } {
  const said = source.settings.delivery?.deadLetter;
  if (!said) {
    const queue = made(source, senders, fifo);
    return { arn: attribute(deadLetterAddress(queue), 'Arn'), parts: deadLetters(queue, context) };
  }
  if (isNone(said)) return { arn: undefined, parts: [] };
  return { arn: isText(said) ? context.text(said) : context.arn(said), parts: [] };
}

/** A queue of this system lets the service in, and keeps what comes. */
export function undeliveredDemands(source: Delivering, senders: readonly Sender[]): readonly Demand[] {
  const said = source.settings.delivery?.deadLetter;
  if (!said || isText(said)) return [];
  return [
    ...senders.map((need) => ({ on: said, need, because: source.place })),
    { on: said, need: { need: 'failures' }, because: source.place },
  ];
}

/** Reports a queue that cannot take what could not be delivered. */
export function verifyDelivery(source: Delivering, report: Report, fifo = false): void {
  const said = source.settings.delivery?.deadLetter;
  const place = source.written.parts.get('delivery')?.parts.get('deadLetter')?.place;
  if (said && place && !isText(said) && (said.settings.fifo ?? false) !== fifo)
    report(deliveryProblems['fifo-as-dead-letter'], place, { name: said.name, fifo });
}

interface Retried {
  readonly retries?: number | undefined;
  readonly maxAge?: number | undefined;
}

/** How often and how long EventBridge and its scheduler try; AWS’s own 185 times in 24 hours without a word. */
export function retryPolicy(delivery: Retried | undefined): {
  readonly RetryPolicy?: { readonly MaximumRetryAttempts?: number; readonly MaximumEventAgeInSeconds?: number };
} {
  const { retries, maxAge } = delivery ?? {};
  if (retries === undefined && maxAge === undefined) return {};
  return {
    RetryPolicy: {
      ...(retries !== undefined && { MaximumRetryAttempts: retries }),
      ...(maxAge !== undefined && { MaximumEventAgeInSeconds: maxAge }),
    },
  };
}
