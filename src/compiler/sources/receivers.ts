import type { Written } from '../check/written.ts';
import type { Named } from '../cloud/address.ts';
import type { Part } from '../cloud/part.ts';
import { problems, type Report } from '../diagnostics/problem.ts';
import { keyAt } from '../edit/edits.ts';
import { add, choosing, leavingOut } from '../edit/fixes.ts';
import type { Thing } from '../resolve/model.ts';
import type { Demand } from '../resources/demand.ts';
import type { Context, Meaning } from '../resources/meaning.ts';
import { verifyDelivery } from './delivery.ts';
import { verifyEventPattern } from './event-pattern.ts';
import { verifyError } from './iot-error.ts';
import { iot } from './iot-reception.ts';
import { verifySql } from './iot.ts';
import { queue, stream, table } from './pipe.ts';
import { verifyNames } from './naming.ts';
import { isFifo, type Receiver, type Received, type Reception } from './receiver.ts';
import { bucket, bus, schedule, topic, type Between } from './receptions.ts';
import { verifySchedule } from './schedule.ts';
import { verifyTopicFilter } from './topic-filter.ts';

export const receiverProblems = problems({
  'needs-message-group': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` is a FIFO queue, so messages sent to it need a \`messageGroup\`.`,
    why: 'A FIFO queue keeps order within a message group, and rejects a message without one.',
    fix: (_: unknown, place) => choosing(add(place, 'messageGroup', 'all')),
  },
  'needs-partition-key': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` is a stream, so records sent to it need a \`partitionKey\`.`,
    why: 'The partition key determines the shard, and with it the order.',
    fix: (_: unknown, place) =>
      keyAt(place) === 'queue' ? choosing(add(place, 'partitionKey', '$.messageId')) : { title: 'Add `partitionKey`' },
  },
  'needs-event-name': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` is an event bus, so events from a schedule need \`source\` and \`detailType\`.`,
    why: 'Rules match events by them.',
    fix: () => ({ title: 'Add `source` and `detailType`' }),
    page: 'https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-templated.html',
  },
  'cannot-go-to-fifo': {
    severity: 'error',
    message: ({ name, from }: { name: string; from: string }) => `\`${name}\` is FIFO; ${from} cannot send there.`,
    why: 'S3, AWS IoT and standard topics set no message group, which FIFO queues and topics need.',
    page: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html',
  },
  'option-of-another-receiver': {
    severity: 'error',
    message: ({ setting, kind }: { setting: string; kind: string }) => `\`${setting}\` does not apply to \`${kind}\`.`,
    why: '`messageGroup` is for FIFO queues, `partitionKey` for streams, `source` and `detailType` for buses.',
    fix: leavingOut,
  },
});

/** What stands between, for each kind of source. */
const between: { readonly [S in Received['kind']]: Between<S> } = { topic, bucket, bus, schedule, iot, stream, table, queue };

/** A meaning of something that receives: what it was before, and what stands between it and its sources. */
export function receiving<K extends Receiver>(meaning: Meaning<K>): Meaning<K> {
  return {
    ...meaning,
    verify(thing, context, report) {
      meaning.verify?.(thing, context, report);
      const receptions = receptionsOf(thing).filter(({ written }) => !written.broken);
      for (const reception of receptions) verifyReception(reception, context, report);
      verifyNames(receptions.filter(isNamed), report);
    },
    demands: (thing, context) => [
      ...(meaning.demands?.(thing, context) ?? []),
      ...receptionsOf(thing).flatMap((one) => demandsOf(one, context)),
    ],
    expand: (thing, context) => [...meaning.expand(thing, context), ...receptionsOf(thing).flatMap((one) => partsOf(one, context))],
  };
}

/** Whether something stands between that is named: a bucket of this system tells by itself. */
const isNamed = ({ settings }: Reception): boolean => settings.kind !== 'bucket' || settings.bucket.settings.existing !== undefined;

// The type checker cannot see that a reception and the entry of its kind belong together.
const betweenOf = (reception: Reception) => between[reception.settings.kind] as unknown as Between<Received['kind']>;

const demandsOf = (reception: Reception, context: Context): readonly Demand[] => betweenOf(reception).demands(reception, context);

const partsOf = (reception: Reception, context: Context): readonly Part[] => betweenOf(reception).expand(reception, context);

const WORDS = { queues: 'Queue', topics: 'Topic', streams: 'Stream', buses: 'Bus', stateMachines: 'Machine' } as const;

const SOURCES = {
  topic: 'Topic',
  bucket: 'Bucket',
  bus: 'Bus',
  schedule: 'Schedule',
  iot: 'Source',
  stream: 'Stream',
  table: 'Table',
  queue: 'Queue',
} as const;

/** The sources of a receiver, in the order they were written. */
function receptionsOf(receiver: Thing<Receiver>): readonly Reception[] {
  const from: Written | undefined = (receiver.written as Written).parts.get('from');
  return [...(from?.parts.values() ?? [])].map((written) => receptionOf(receiver, written as Written<Received>));
}

function receptionOf(receiver: Thing<Receiver>, written: Written<Received>): Reception {
  const settings = written.value;
  const own: Named = settings.as === undefined ? namedBy(settings) : { name: settings.as, word: 'Source' };
  return {
    receiver,
    settings,
    written,
    names: [{ name: receiver.name, word: WORDS[receiver.kind] }, own],
    tags: receiver.settings.tags,
    place: written.parts.get(settings.kind)?.key ?? written.place,
    path: `${receiver.path}.from.${own.name}`,
  };
}

function namedBy(settings: Received): Named {
  const word = SOURCES[settings.kind];
  if (settings.kind === 'schedule' || settings.kind === 'iot') return { name: settings.kind, word };
  const source = (settings as unknown as Readonly<Record<string, Thing | { readonly segments: unknown }>>)[settings.kind];
  return { name: source && 'name' in source ? source.name : 'default', word };
}

function verifyReception(reception: Reception, context: Context, report: Report): void {
  const { settings, written, receiver, place } = reception;
  const { name, kind } = receiver;
  const fifo = isFifo(receiver);
  verifyOptions(reception, report);
  if (settings.kind === 'topic') {
    if (fifo && !settings.topic.settings.fifo) report(receiverProblems['cannot-go-to-fifo'], place, { name, from: 'a standard topic' });
    verifyTopicFilter(written.parts.get('filter') ?? written.at('filter' as never), report);
  } else if (settings.kind === 'bucket') {
    if (fifo) report(receiverProblems['cannot-go-to-fifo'], place, { name, from: 'a bucket' });
  } else if (settings.kind === 'iot') {
    if (fifo) report(receiverProblems['cannot-go-to-fifo'], place, { name, from: 'AWS IoT' });
    if (kind === 'streams' && settings.partitionKey === undefined) report(receiverProblems['needs-partition-key'], place, { name });
    verifySql({ ...reception, settings }, report);
    verifyError({ ...reception, settings }, context, report);
  } else {
    if (fifo && kind === 'queues' && settings.messageGroup === undefined) report(receiverProblems['needs-message-group'], place, { name });
    if (kind === 'streams' && settings.kind !== 'bus' && settings.partitionKey === undefined)
      report(receiverProblems['needs-partition-key'], place, { name });
    if (settings.kind === 'bus') verifyEventPattern(written.parts.get('pattern') ?? written, report);
    if (settings.kind === 'schedule') {
      verifySchedule(written, settings, report);
      if (kind === 'buses' && (settings.source === undefined || settings.detailType === undefined))
        report(receiverProblems['needs-event-name'], place, { name });
    }
  }
  if (settings.kind === 'topic' || settings.kind === 'bus' || settings.kind === 'schedule')
    verifyDelivery({ ...reception, settings }, report, settings.kind === 'topic' && isFifo(settings.topic));
}

const ONLY: Readonly<Record<string, Receiver>> = {
  messageGroup: 'queues',
  partitionKey: 'streams',
  source: 'buses',
  detailType: 'buses',
};

function verifyOptions({ receiver, written }: Reception, report: Report): void {
  for (const [setting, kind] of Object.entries(ONLY)) {
    const part = written.parts.get(setting);
    if (part && receiver.kind !== kind)
      report(receiverProblems['option-of-another-receiver'], part.key ?? part.place, { setting, kind: receiver.kind });
  }
}
