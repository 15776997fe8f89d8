import type { Part } from '../cloud/part.ts';
import { attribute } from '../cloud/value.ts';
import { problems, type Report } from '../diagnostics/problem.ts';
import { choosing, leaveOutThen } from '../edit/fixes.ts';
import type { Thing } from '../resolve/model.ts';
import type { Demand } from '../resources/demand.ts';
import { roleAddress } from '../resources/function-address.ts';
import {
  destinationArn,
  isFifoDestination,
  isNone,
  isText,
  nameOfDestination,
  keyOfDestination,
  sendingTo,
  serviceOfDestination,
  type Destination,
} from '../resources/destination.ts';
import type { Context, Piece, Statement } from '../resources/meaning.ts';
import { deadLetterAddress, deadLetters, type DeadLetters } from '../resources/queue-parts.ts';
import type { Standing } from './source.ts';

const PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html';

export const failureProblems = problems({
  'no-failure-destination': {
    severity: 'error',
    message: ({ written }: { written: string }) => `Lambda cannot send a failed batch to \`${written}\`.`,
    why: 'Metadata about a failed batch goes to a standard SQS queue, a standard SNS topic or an S3 bucket: one of this system by name, any other by ARN.',
    fix: (_: unknown, place) => choosing(leaveOutThen(place, ', and a queue is created')),
    page: PAGE,
  },
  'fifo-as-destination': {
    severity: 'error',
    message: ({ written }: { written: string }) => `\`${written}\` is a FIFO queue or topic, which cannot receive failed batches.`,
    why: 'Lambda sends to standard queues and topics only.',
    fix: (_: unknown, place) => choosing(leaveOutThen(place, ', and a queue is created')),
    page: PAGE,
  },
});

/** A source whose failed batches go somewhere. */
export type Failing = Standing & { readonly settings: { readonly onFailure?: Destination | undefined } };

/** Where failed batches go. */
export interface FailureEnd {
  readonly arn: Piece | undefined;
  /** What is sent there, to which service. */
  readonly sends: { readonly service: string; readonly statements: readonly Statement[] } | undefined;
  readonly parts: readonly Part[];
}

export const NOWHERE: FailureEnd = { arn: undefined, sends: undefined, parts: [] };

/** Where failed batches go, and what that takes. Without a word a queue is made: what failed must not be lost. */
export function failureDestination(source: Failing, context: Context): FailureEnd {
  const said = source.settings.onFailure;
  if (said && isNone(said)) return NOWHERE;
  const { fn, place: because, path } = source;
  const common = { part: 'grant', to: roleAddress(fn), by: 'service', because, path, reason: 'Lambda sends failed batches' } as const;
  const made = failureQueue(source);
  const arn = said ? destinationArn(said, context) : attribute(deadLetterAddress(made), 'Arn');
  const service = said ? (serviceOfDestination(said, context.model) ?? 'sqs') : 'sqs';
  const statements = sendingTo(service, arn);
  return {
    arn,
    sends: { service, statements },
    parts: [
      ...(said ? [] : deadLetters(made, context)),
      ...[...statements, ...keyOfDestination(said, context)].map((statement): Part => ({ ...common, ...statement })),
    ],
  };
}

/** A queue of this system that receives what failed keeps it longer. */
export function failureDemands({ settings: { onFailure }, place: because }: Failing): readonly Demand[] {
  if (!onFailure || isText(onFailure) || onFailure.kind !== 'queues') return [];
  return [{ on: onFailure as Thing<'queues'>, need: { need: 'failures' }, because }];
}

const failureQueue = ({ names, tags, place: because, path }: Standing): DeadLetters => ({
  names,
  role: 'FailureQueue',
  senders: [],
  tags,
  because,
  path,
});

/** What Lambda can send a failed batch to. */
const BATCHES: readonly (string | undefined)[] = ['sqs', 'sns', 's3'];

/** Reports a destination Lambda cannot send to. */
export function verifyFailure(source: Failing, { model }: Context, report: Report): void {
  const said = source.settings.onFailure;
  if (!said || isNone(said)) return;
  const place = source.written.parts.get('onFailure')?.place ?? source.place;
  const written = nameOfDestination(said);
  if (!BATCHES.includes(serviceOfDestination(said, model))) report(failureProblems['no-failure-destination'], place, { written });
  else if (isFifoDestination(said)) report(failureProblems['fifo-as-destination'], place, { written });
}
