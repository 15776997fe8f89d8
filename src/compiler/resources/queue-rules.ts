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
    why: 'Order, and what makes two messages the same, exist in FIFO queues and topics only.',
    fix: (_: unknown, place) => choosing(add(place, 'fifo', 'true'), leaveOut(place)),
    page: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fifo-queues.html',
  },
  'visibility-too-short': {
    severity: 'error',
    message: ({ said, name, timeout }: { said: number; name: string; timeout: number }) =>
      `Messages come back after ${inTime(said)}, and \`${name}\` may work on them for ${inTime(timeout)}.`,
    why: 'Lambda refuses to read a queue whose visibility timeout is shorter than the function’s timeout: a message would be worked on twice at once.',
    fix: (_: unknown, place) => leaveOutThen(place, ': it is six times the timeout then'),
    page: PAGE,
  },
  'visibility-below-advice': {
    severity: 'warning',
    message: ({ said, advised }: { said: number; advised: number }) =>
      `Messages come back after ${inTime(said)}; AWS advises ${inTime(advised)} here.`,
    why: 'Six times the function’s timeout, and the batch window: while Lambda waits out a throttle, a message that comes back is received once more, and ends among the dead letters without ever having failed.',
    fix: (_: unknown, place) => choosing(leaveOutThen(place, ': it is what AWS advises then')),
    page: PAGE,
  },
  'key-must-admit': {
    severity: 'hint',
    message: ({ name, services }: { name: string; services: readonly string[] }) =>
      `${listed(services)} ${services.length === 1 ? 'sends' : 'send'} to \`${name}\`, which has a key of its own: the key’s policy must admit ${services.length === 1 ? 'it' : 'them'}.`,
    why: 'A service that sends to an encrypted queue or topic needs `kms:GenerateDataKey*` and `kms:Decrypt` in the policy of the key, which is not made here. Without it what it sends is lost, and only its own metrics say so.',
    page: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html',
  },
  'dead-letter-of-another-kind': {
    severity: 'error',
    message: ({ name, fifo }: { name: string; fifo: boolean }) =>
      `\`${name}\` is a ${fifo ? 'FIFO' : 'standard'} queue; the dead letters of a ${fifo ? 'standard' : 'FIFO'} queue need one of its own kind.`,
    why: 'SQS moves dead letters between queues of one kind only.',
    fix: (_: unknown, place) => choosing(leaveOutThen(place, ', and a queue is made')),
    page: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html',
  },
  'dead-letter-to-itself': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` cannot be the queue of its own dead letters.`,
    why: 'A message that cannot be handled would come back for ever.',
    fix: (_: unknown, place) => choosing(leaveOutThen(place, ', and a queue is made')),
  },
  'dead-letters-refused': {
    severity: 'error',
    message: ({ name, from }: { name: string; from: string }) =>
      `\`redriveAllow\` of \`${name}\` does not let \`${from}\` send its dead letters there.`,
    why: 'SQS refuses a queue whose dead letters would go where its ARN is not on the list. A queue made here has no ARN that could be listed, unless `physicalName` says its name.',
    fix: () => ({ title: 'Leave `redriveAllow` out, or write `redriveAllow: all`' }),
    page: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html',
  },
  'no-dead-letter': {
    severity: 'warning',
    message: ({ name }: { name: string }) => `A message that \`${name}\` cannot handle comes back until the queue forgets it.`,
    why: 'Without a queue for dead letters a bad message is tried again and again, costs every time, and is gone in the end.',
    fix: (_: unknown, place) => choosing(leaveOutThen(place, ', and a queue is made')),
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
