import { listed } from '../text/suggest.ts';
import { inTime } from '../../schema/kit.ts';
import { problems, type Report } from '../diagnostics/problem.ts';
import { add, choosing, leaveOut, leaveOutThen } from '../edit/fixes.ts';
import type { Thing } from '../resolve/model.ts';
import type { Context } from './meaning.ts';
import { deadLetterOf, isNone, type Queue } from './queue-parts.ts';
import { verifyExistingSettings } from './existing-settings.ts';

const PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html';

export const queueProblems = problems({
  'fifo-only': {
    severity: 'error',
    message: ({ setting, what }: { setting: string; what: string }) => `\`${setting}\` is for a FIFO ${what}, and this is a standard one.`,
    why: 'Only FIFO queues and topics have ordering and deduplication.',
    fix: (_: unknown, place) => choosing(add(place, 'fifo', 'true'), leaveOut(place)),
    page: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fifo-queues.html',
  },
  'visibility-too-short': {
    severity: 'error',
    message: ({ said, name, timeout }: { said: number; name: string; timeout: number }) =>
      `Messages reappear after ${inTime(said)}, but \`${name}\` may run for ${inTime(timeout)}.`,
    why: 'Lambda rejects a queue whose visibility timeout is shorter than the function’s timeout: a message could be processed twice at once.',
    fix: (_: unknown, place) => leaveOutThen(place, ': it is then six times the timeout'),
    page: PAGE,
  },
  'visibility-below-advice': {
    severity: 'warning',
    message: ({ said, advised }: { said: number; advised: number }) =>
      `Messages reappear after ${inTime(said)}; AWS recommends ${inTime(advised)} here.`,
    why: 'AWS recommends six times the function’s timeout plus the batch window: while Lambda is throttled, a message that reappears is received once more, and can end up in the dead-letter queue without ever having failed.',
    fix: (_: unknown, place) => choosing(leaveOutThen(place, ': it is then what AWS recommends')),
    page: PAGE,
  },
  'key-must-admit': {
    severity: 'hint',
    message: ({ name, services }: { name: string; services: readonly string[] }) =>
      `${listed(services)} ${services.length === 1 ? 'sends' : 'send'} to \`${name}\`, which has its own KMS key: the key policy must allow ${services.length === 1 ? 'it' : 'them'}.`,
    why: 'A service that sends to an encrypted queue or topic needs `kms:GenerateDataKey*` and `kms:Decrypt` in the policy of the key, which is not created here. Without them its messages are lost, and only its own metrics show it.',
    page: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html',
  },
  'dead-letter-of-another-kind': {
    severity: 'error',
    message: ({ name, fifo }: { name: string; fifo: boolean }) =>
      `\`${name}\` is a ${fifo ? 'FIFO' : 'standard'} queue, and a ${fifo ? 'standard' : 'FIFO'} queue needs a ${fifo ? 'standard' : 'FIFO'} dead-letter queue.`,
    why: 'SQS only moves messages to a dead-letter queue of the same type.',
    fix: (_: unknown, place) => choosing(leaveOutThen(place, ', and a queue is created')),
    page: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html',
  },
  'dead-letter-to-itself': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` cannot be its own dead-letter queue.`,
    why: 'A message that cannot be handled would come back forever.',
    fix: (_: unknown, place) => choosing(leaveOutThen(place, ', and a queue is created')),
  },
  'dead-letters-refused': {
    severity: 'error',
    message: ({ name, from }: { name: string; from: string }) =>
      `\`redriveAllow\` of \`${name}\` does not allow \`${from}\` to use it as its dead-letter queue.`,
    why: 'SQS rejects a dead-letter queue whose list does not contain the source queue’s ARN. A queue created here has no ARN that could be listed, unless it has a `physicalName`.',
    fix: () => ({ title: 'Leave `redriveAllow` out, or write `redriveAllow: all`' }),
    page: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html',
  },
  'no-dead-letter': {
    severity: 'warning',
    message: ({ name }: { name: string }) => `A message that \`${name}\` cannot handle comes back until it expires.`,
    why: 'Without a dead-letter queue a bad message is retried again and again, costs each time, and is lost in the end.',
    fix: (_: unknown, place) => choosing(leaveOutThen(place, ', and a queue is created')),
    page: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html',
  },
});

const FIFO_ONLY = ['deduplication', 'throughput'] as const;

/** Reports settings of a queue that its schema cannot rule out. */
export function verifyQueue(queue: Queue, context: Context, report: Report): void {
  const { settings, written, name } = queue;
  verifyExistingSettings(queue, ['key'], report);
  for (const setting of FIFO_ONLY) {
    if (settings[setting] !== undefined && !settings.fifo && !settings.existing)
      report(queueProblems['fifo-only'], written.at(setting).key ?? written.place, { setting, what: 'queue' });
  }
  const { queue: dead } = deadLetterOf(queue);
  const place = written.at('deadLetter').place;
  if (dead && !('segments' in dead)) {
    if (dead === queue) report(queueProblems['dead-letter-to-itself'], place, { name });
    else if ((dead.settings.fifo ?? false) !== (settings.fifo ?? false) && !dead.settings.existing)
      report(queueProblems['dead-letter-of-another-kind'], place, { name: dead.name, fifo: dead.settings.fifo ?? false });
    else if (!dead.settings.existing && !settings.existing && !admits(dead, queue))
      report(queueProblems['dead-letters-refused'], place, { name: dead.name, from: name });
  }
  verifyKey(queue, context, report);
  for (const { need } of context.demandsOn(queue)) {
    if (need.need !== 'reader') continue;
    const { fn, window } = need;
    const { timeout } = fn.settings;
    if (isNone(dead)) report(queueProblems['no-dead-letter'], place, { name: fn.title });
    const said = settings.visibility;
    if (said === undefined) continue;
    const at = written.at('visibility').place;
    const advised = 6 * timeout + window;
    if (said < timeout) report(queueProblems['visibility-too-short'], at, { said, name: fn.title, timeout });
    else if (said < advised) report(queueProblems['visibility-below-advice'], at, { said, advised });
  }
}

/** Whether a queue takes the dead letters of another: nobody said otherwise, or it is on the list by the name the file gives it. */
function admits({ settings: { redriveAllow: said } }: Queue, { settings: { physicalName } }: Queue): boolean {
  if (typeof said !== 'object') return said !== 'none';
  return said.some(({ segments }) => physicalName !== undefined && String(segments.at(-1)).endsWith(`:${physicalName}`));
}

/** Reports a key whose policy must let in who sends: it is nobody’s here. */
export function verifyKey(thing: Thing<'queues' | 'topics'>, context: Context, report: Report): void {
  const { settings, written, name, place } = thing;
  if (!settings.key || settings.existing) return;
  const senders = context.demandsOn(thing).flatMap(({ need }) => (need.need === 'sender' ? [`${need.service}.amazonaws.com`] : []));
  const services = [...new Set(senders)].sort();
  if (services.length > 0) report(queueProblems['key-must-admit'], written.parts.get('key')?.key ?? place, { name, services });
}
