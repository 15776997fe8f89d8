import type { Part } from '../cloud/part.ts';
import { attribute } from '../cloud/value.ts';
import { problems, type Report } from '../diagnostics/problem.ts';
import type { Text, Thing } from '../resolve/model.ts';
import type { Demand, Sender } from '../resources/demand.ts';
import type { Context, Piece } from '../resources/meaning.ts';
import { deadLetterAddress, deadLetters, type DeadLetters } from '../resources/queue-parts.ts';
import type { Standing } from './source.ts';

export const deliveryProblems = problems({
  'fifo-as-dead-letter': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` is a FIFO queue, which cannot take what could not be delivered here.`,
    why: 'SNS (for a standard topic), EventBridge and its scheduler send dead letters to standard queues only.',
    page: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html',
  },
});

/** A source whose service keeps what it could not deliver in a queue. */
export type Delivering = Standing & {
  readonly settings: { readonly delivery?: { readonly deadLetter?: Thing<'queues'> | Text | undefined } | undefined };
};

const isText = (said: Thing<'queues'> | Text): said is Text => 'segments' in said;

const isNone = (said: Thing<'queues'> | Text): boolean => isText(said) && said.segments[0] === 'none';

const made = ({ names, fn, place: because, path }: Standing, senders: readonly Sender[]): DeadLetters => ({
  names,
  role: 'DeadLetterQueue',
  senders,
  tags: fn.settings.tags,
  because,
  path,
});

/** Where a service sends what it could not deliver, and the queue for it where one is made. */
export function undelivered(
  source: Delivering,
  sender: Sender,
  context: Context,
): { readonly arn: Piece | undefined; readonly parts: readonly Part[] } {
  const said = source.settings.delivery?.deadLetter;
  if (!said) {
    const queue = made(source, [sender]);
    return { arn: attribute(deadLetterAddress(queue), 'Arn'), parts: deadLetters(queue, context) };
  }
  if (isNone(said)) return { arn: undefined, parts: [] };
  return { arn: isText(said) ? context.text(said) : context.arn(said), parts: [] };
}

/** A queue of this system lets the service in, and keeps what comes. */
export function undeliveredDemands(source: Delivering, sender: Sender): readonly Demand[] {
  const said = source.settings.delivery?.deadLetter;
  if (!said || isText(said)) return [];
  return [
    { on: said, need: sender, because: source.place },
    { on: said, need: { need: 'failures' }, because: source.place },
  ];
}

/** Reports a queue that cannot take what could not be delivered. */
export function verifyDelivery(source: Delivering, report: Report): void {
  const said = source.settings.delivery?.deadLetter;
  const place = source.written.parts.get('delivery')?.parts.get('deadLetter')?.place;
  if (said && place && !isText(said) && said.settings.fifo) report(deliveryProblems['fifo-as-dead-letter'], place, { name: said.name });
}
