import { queue as shape } from '../../schema/sources/queue.ts';
import { problems, type Report } from '../diagnostics/problem.ts';
import { beside } from '../edit/edits.ts';
import { choosing, fixing, leaveOut, leaveOutKey, write } from '../edit/fixes.ts';
import { queueArn, queueKey } from '../resources/queues.ts';
import { verifyFilter } from './filter.ts';
import { elsewhere, mapping, reading, reporting } from './mapping.ts';
import type { Source, SourceMeaning } from './source.ts';

const PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg';

export const queueSourceProblems = problems({
  'batch-of-fifo': {
    severity: 'error',
    message: ({ setting, name }: { setting: string; name: string }) =>
      setting === 'batchSize'
        ? `\`${name}\` is a FIFO queue: its batches have at most ten messages.`
        : `\`${name}\` is a FIFO queue: Lambda does not wait for its batches to fill.`,
    why: 'SQS delivers at most ten FIFO messages at a time, and Lambda rejects a batch window for them.',
    fix: ({ setting }: { setting: string; name: string }, place) => (setting === 'batchSize' ? write(place, '10') : leaveOut(place)),
    page: `${PAGE}/services-sqs-configure.html`,
  },
  'batch-needs-window': {
    severity: 'error',
    message: ({ size }: { size: number }) => `A batch of ${size} messages needs a \`batchWindow\`.`,
    why: 'One receive returns at most ten messages. To gather more, Lambda needs a batch window, and rejects a larger batch without one.',
    fix: (_: unknown, place) => fixing('Add `batchWindow: 1 second`, or more', beside(place, 'batchWindow', '1 second')),
    page: `${PAGE}/services-sqs-configure.html`,
  },
  'pollers-and-concurrency': {
    severity: 'error',
    message: () => '`maxConcurrency` and `pollers` cannot be used together.',
    why: 'With `pollers` (provisioned mode), their number limits the concurrency; Lambda rejects both together.',
    fix: (_: unknown, place) => choosing(leaveOutKey(place, 'maxConcurrency'), leaveOutKey(place, 'pollers')),
    page: `${PAGE}/services-sqs-scaling.html`,
  },
  'pollers-upside-down': {
    severity: 'error',
    message: ({ min, max }: { min: number; max: number }) => `\`min\` (${min}) is larger than \`max\` (${max}).`,
    why: 'The minimum number of pollers cannot exceed the maximum.',
    fix: ({ min, max }: { min: number; max: number }, place) => choosing(write(place, `{ min: ${max}, max: ${min} }`)),
  },
  'several-readers-of-queue': {
    severity: 'warning',
    message: ({ name, readers }: { name: string; readers: number }) =>
      `${readers} consumers read \`${name}\`: each message goes to only one of them, and there is no telling which.`,
    why: 'A queue delivers a message to whichever consumer polls first. To give each a copy, use a topic that sends to a queue for each of them.',
    fix: () => ({ title: 'Declare a topic, and a queue for each consumer' }),
  },
  'filtered-from-queue': {
    severity: 'hint',
    message: ({ name }: { name: string }) => `Messages that do not match the filter are deleted from \`${name}\` for good.`,
    why: 'Lambda deletes messages that match no pattern; they reach no other consumer and no dead-letter queue.',
    page: `${PAGE}/with-sqs-filtering.html`,
  },
});

/** An SQS queue. https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
export const queue: SourceMeaning<'queue'> = {
  model: shape.polling,
  pace: ({ settings }) =>
    settings.pollers
      ? `${settings.pollers.min} to ${settings.pollers.max} provisioned pollers, long polling`
      : 'Lambda starts with five pollers and adds more as messages pile up, long polling',
  named: (settings) => ({ name: settings.queue.name, word: 'Queue' }),

  verify(source, context, report) {
    verifyBatches(source, report);
    const { settings, written } = source;
    const { name } = settings.queue;
    if (settings.pollers && settings.maxConcurrency !== undefined)
      report(queueSourceProblems['pollers-and-concurrency'], written.at('maxConcurrency').place, {});
    if (settings.pollers && settings.pollers.min > settings.pollers.max)
      report(queueSourceProblems['pollers-upside-down'], written.at('pollers').place, settings.pollers);
    const [first, ...others] = context.demandsOn(settings.queue).filter(({ need }) => need.need === 'reader');
    if (first && others.some(({ because }) => because === source.place))
      report(queueSourceProblems['several-readers-of-queue'], source.place, { name, readers: others.length + 1 }, [
        { message: 'The first one.', place: first.because },
      ]);
    if (settings.filter) {
      verifyFilter(written.at('filter'), ['body', 'messageAttributes', 'attributes'], report);
      report(queueSourceProblems['filtered-from-queue'], written.at('filter').key ?? source.place, { name });
    }
  },

  demands: ({ settings, fn, place: because }) => [
    { on: settings.queue, need: { need: 'reader', fn, window: settings.batchWindow ?? 0 }, because },
  ],

  expand(source, context) {
    const { settings } = source;
    const { pollers, maxConcurrency } = settings;
    return [
      mapping(
        source,
        {
          EventSourceArn: queueArn(settings.queue, context),
          BatchSize: settings.batchSize ?? 10,
          ...reporting(settings),
          ...(maxConcurrency !== undefined && { ScalingConfig: { MaximumConcurrency: maxConcurrency } }),
          ...(pollers && { ProvisionedPollerConfig: { MinimumPollers: pollers.min, MaximumPollers: pollers.max } }),
        },
        settings,
        context,
        settings.queue.settings.existing && elsewhere('queue'),
      ),
      // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html#events-sqs-permissions
      ...reading(source, settings.queue.name, [
        { actions: ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'], on: [queueArn(settings.queue, context)] },
        ...queueKey(settings.queue, ['kms:Decrypt'], context),
      ]),
    ];
  },
};

function verifyBatches({ settings, written }: Source<'queue'>, report: Report): void {
  const { batchSize, batchWindow } = settings;
  const { name, settings: of } = settings.queue;
  const at = written.at('batchSize').place;
  if (of.fifo) {
    if (batchSize !== undefined && batchSize > 10) report(queueSourceProblems['batch-of-fifo'], at, { setting: 'batchSize', name });
    if (batchWindow !== undefined)
      report(queueSourceProblems['batch-of-fifo'], written.at('batchWindow').place, { setting: 'batchWindow', name });
  } else if (batchSize !== undefined && batchSize > 10 && !batchWindow) {
    report(queueSourceProblems['batch-needs-window'], at, { size: batchSize });
  }
}
