import { sources } from '../../schema/sources/index.ts';
import { address } from '../cloud/address.ts';
import { resource, type Part } from '../cloud/part.ts';
import { attribute, ref } from '../cloud/value.ts';
import { problems, type Report } from '../diagnostics/problem.ts';
import { keyAt } from '../edit/edits.ts';
import { choosing, leaveOut, leaveOutThen, leavingOutIfMeant } from '../edit/fixes.ts';
import type { Fn, Thing } from '../resolve/model.ts';
import type { Demand } from './demand.ts';
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
} from './destination.ts';
import { functionAddress, qualified, namesOf, roleAddress } from './function-address.ts';
import type { Context, Piece } from './meaning.ts';
import { deadLetterAddress, deadLetters, type DeadLetters } from './queue-parts.ts';

const PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html';

export const asyncProblems = problems({
  'no-async-destination': {
    severity: 'error',
    message: ({ written, success }: { written: string; success: boolean }) =>
      `Lambda cannot send ${success ? 'results' : 'failed events'} to \`${written}\`.`,
    why: 'A destination is a standard queue or topic, an event bus or a function; for failed events it can also be a bucket.',
    fix: ({ success }: { success: boolean }, place) =>
      choosing(success ? leaveOut(place) : leaveOutThen(place, ', and a queue is created')),
    page: PAGE,
  },
  'fifo-of-async': {
    severity: 'error',
    message: ({ written }: { written: string }) => `\`${written}\` is FIFO, which Lambda destinations do not support.`,
    why: 'Lambda sends to standard queues and topics only.',
    fix: (_: unknown, place) => choosing(keyAt(place) === 'onFailure' ? leaveOutThen(place, ', and a queue is created') : leaveOut(place)),
    page: PAGE,
  },
  'async-to-itself': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` would be invoked with its own results.`,
    why: 'Each invocation would trigger the next one, forever.',
    fix: leavingOutIfMeant,
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html',
  },
});

/** Whether something calls it that does not wait for the answer. */
function isCalledAsync({ owner, path }: Fn): boolean {
  if (owner.kind !== 'consumers' || owner.path !== path || owner.written.broken) return false;
  return (owner as Thing<'consumers'>).settings.from.some(({ kind }) => sources[kind].polling.invocation === 'async');
}

const configured = (fn: Fn) => fn.settings.async !== undefined || isCalledAsync(fn);

function madeQueue(fn: Fn): DeadLetters {
  const { settings, place: because, path } = fn;
  return { names: namesOf(fn), role: 'AsyncFailureQueue', senders: [], tags: settings.tags, because, path };
}

/** How often Lambda tries, and where an event goes then. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
export function asyncParts(fn: Fn, context: Context): readonly Part[] {
  if (!configured(fn)) return [];
  const { settings, place: because, path } = fn;
  const { retries = 2, maxAge = 3600, onFailure, onSuccess } = settings.async ?? {};
  const made = madeQueue(fn);
  const live = qualified(fn);
  const failed = onFailure
    ? isNone(onFailure)
      ? undefined
      : destinationArn(onFailure, context)
    : attribute(deadLetterAddress(made), 'Arn');
  const succeeded = onSuccess && destinationArn(onSuccess, context);
  return [
    resource(
      address('AWS::Lambda::EventInvokeConfig', namesOf(fn), 'Async'),
      {
        FunctionName: ref(functionAddress(fn)),
        Qualifier: live?.qualifier ?? '$LATEST',
        MaximumRetryAttempts: retries,
        MaximumEventAgeInSeconds: maxAge,
        ...((failed ?? succeeded) !== undefined && {
          DestinationConfig: {
            ...(failed !== undefined && { OnFailure: { Destination: failed } }),
            ...(succeeded !== undefined && { OnSuccess: { Destination: succeeded } }),
          },
        }),
      },
      { because, path, ...(live && { dependsOn: live.dependsOn }) },
    ),
    ...(onFailure ? [] : deadLetters(made, context)),
    ...(failed === undefined ? [] : sent(fn, onFailure, failed, 'sends failed events', context)),
    ...(succeeded === undefined ? [] : sent(fn, onSuccess, succeeded, 'sends results', context)),
  ];
}

function sent(fn: Fn, said: Destination | undefined, arn: Piece, what: string, context: Context): readonly Part[] {
  const service = said ? (serviceOfDestination(said, context.model) ?? 'sqs') : 'sqs';
  return [...sendingTo(service, arn), ...keyOfDestination(said, context)].map((statement): Part => ({
    part: 'grant',
    to: roleAddress(fn),
    by: 'service',
    because: fn.place,
    path: `${fn.path}.async`,
    reason: `Lambda ${what}`,
    ...statement,
  }));
}

/** A queue of this system that receives what failed keeps it longer. */
export function asyncDemands(fn: Fn): readonly Demand[] {
  const said = fn.settings.async?.onFailure;
  if (!said || isText(said) || said.kind !== 'queues') return [];
  return [{ on: said as Thing<'queues'>, need: { need: 'failures' }, because: fn.place }];
}

/** Reports destinations Lambda cannot send to. */
export function verifyAsync(fn: Fn, { model }: Context, report: Report): void {
  const { onFailure, onSuccess } = fn.settings.async ?? {};
  const judge = (said: Destination | undefined, setting: 'onFailure' | 'onSuccess') => {
    // What is wrong with something of this system was reported there.
    if (!said || isNone(said) || (!isText(said) && said.written.broken)) return;
    const place = fn.written.at('async').parts.get(setting)?.place ?? fn.place;
    const written = nameOfDestination(said);
    const service = serviceOfDestination(said, model);
    const success = setting === 'onSuccess';
    if (service === undefined || (success && service === 's3')) report(asyncProblems['no-async-destination'], place, { written, success });
    else if (isFifoDestination(said)) report(asyncProblems['fifo-of-async'], place, { written });
    else if (!isText(said) && said.path === fn.path) report(asyncProblems['async-to-itself'], place, { name: fn.title });
  };
  judge(onFailure, 'onFailure');
  judge(onSuccess, 'onSuccess');
}
