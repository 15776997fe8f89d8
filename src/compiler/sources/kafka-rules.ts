import type { Written } from '../check/written.ts';
import { problems, type Report } from '../diagnostics/problem.ts';
import { choosing, fixing, leaveOut, leavingOut, leavingOutIfMeant, oneOf } from '../edit/fixes.ts';
import { beside, instead } from '../edit/edits.ts';
import { isManaged } from '../resources/kafka-clusters.ts';
import type { Context } from '../resources/meaning.ts';
import { verifyFailure } from './failure.ts';
import { verifyFilter } from './filter.ts';
import { failureTopic } from './kafka-access.ts';
import { verifyStart, verifyTimeout } from './pollers.ts';
import { queueSourceProblems } from './queue.ts';
import type { Source } from './source.ts';

const PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg';

export const kafkaProblems = problems({
  'needs-pollers': {
    severity: 'error',
    message: ({ what }: { what: string }) => `\`${what}\` needs \`pollers\`.`,
    why: 'Without `pollers` (provisioned mode) Lambda retries a Kafka batch until its records expire, and supports neither schemas nor logs nor failure topics.',
    fix: (_: unknown, place) =>
      choosing(fixing('Add `pollers: { min: 1, max: 2 }`, which are billed by the hour', beside(place, 'pollers', '{ min: 1, max: 2 }'))),
    page: `${PAGE}/kafka-retry-configurations.html`,
  },
  'kafka-blocks': {
    severity: 'warning',
    message: ({ topic }: { topic: string }) =>
      `A failing batch of \`${topic}\` is retried until its records expire, and blocks its partition.`,
    why: 'Lambda gives up on a Kafka batch only if it has somewhere to send it: after ten tries, or after `retries` with `pollers`.',
    fix: (_: unknown, place) =>
      choosing(
        { title: 'Add `onFailure: QUEUE`' },
        fixing('Add `onFailure: none` if that is intended', beside(place, 'onFailure', 'none')),
      ),
    page: `${PAGE}/kafka-on-failure.html`,
  },
  'failure-to-itself': {
    severity: 'error',
    message: ({ topic }: { topic: string }) => `Failed records of \`${topic}\` would go back to \`${topic}\`.`,
    why: 'Lambda rejects a failure topic that the source itself reads.',
    fix: leavingOutIfMeant,
    page: `${PAGE}/kafka-on-failure-destination.html`,
  },
  'schemas-without-registry': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` has no \`registry\`, so there are no schemas to validate records against.`,
    why: 'The registry is declared once, on the cluster.',
    fix: ({ name }: { name: string }, place) => choosing(leaveOut(place), { title: `Add \`registry\` to \`${name}\`` }),
    page: `${PAGE}/services-consume-kafka-events.html`,
  },
  'not-in-queue-mode': {
    severity: 'error',
    message: ({ setting }: { setting: string }) => `\`${setting}\` has no effect with \`mode: queue\`.`,
    why: 'A share group has no position in a partition and hands out records as they come.',
    fix: leavingOut,
    page: `${PAGE}/polling-kafka-queue.html`,
  },
  'mode-of-msk': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` is read through Amazon MSK, where Lambda only supports \`mode: stream\`.`,
    why: 'Lambda can read a topic like a queue only from brokers given by address.',
    fix: (_: unknown, place) =>
      oneOf(['latest', 'trim-horizon'].map((start) => fixing(`Write \`start: ${start}\` instead`, instead(place, `start: ${start}`)))),
    page: `${PAGE}/polling-kafka-queue.html`,
  },
  'group-of-another': {
    severity: 'error',
    message: ({ group }: { group: string }) => `Two sources use the consumer group \`${group}\`.`,
    why: 'Kafka divides the records of a topic among the members of a group; Lambda rejects a second source in the same group.',
    fix: leavingOutIfMeant,
    page: `${PAGE}/with-kafka.html`,
  },
});

/** What takes pollers of the source’s own. https://docs.aws.amazon.com/lambda/latest/dg/kafka-scaling-modes.html */
const PROVISIONED = ['bisect', 'retries', 'maxAge', 'partialFailures', 'schemas', 'logLevel'] as const;

export function verifyKafka(source: Source<'kafka'>, context: Context, report: Report): void {
  const { settings, written } = source;
  const { name: cluster, topics } = settings.kafka;
  verifyMode(source, report);
  verifyPollers(source, report);
  verifyGroup(source, context, report);
  verifyTimeout(source, report);
  const [topic = ''] = topics;
  const failures = failureTopic(source);
  const onFailure = written.at('onFailure').place;
  if (failures === undefined) verifyFailure(source, context, report);
  else if (failures === topic) report(kafkaProblems['failure-to-itself'], onFailure, { topic });
  if (!settings.onFailure && !settings.pollers && settings.mode !== 'queue') report(kafkaProblems['kafka-blocks'], source.place, { topic });
  if (settings.schemas && !cluster.settings.registry && !cluster.written.broken)
    report(kafkaProblems['schemas-without-registry'], keyOf(written.at('schemas')), { name: cluster.name });
  // https://docs.aws.amazon.com/lambda/latest/dg/kafka-filtering.html
  verifyFilter(written.at('filter'), settings.schemas?.validate.includes('key') ? ['value', 'key'] : ['value'], report);
}

const keyOf = ({ key, place }: Written) => key ?? place;

function verifyMode(source: Source<'kafka'>, report: Report): void {
  const { settings, written } = source;
  const { name: cluster } = settings.kafka;
  if (settings.mode !== undefined && isManaged(cluster))
    report(kafkaProblems['mode-of-msk'], written.at('mode').place, { name: cluster.name });
  if (settings.mode !== 'queue') {
    verifyStart(source, settings.start, cluster.name, report);
    return;
  }
  for (const setting of ['start', 'batchWindow'] as const) {
    const part = written.parts.get(setting);
    if (part) report(kafkaProblems['not-in-queue-mode'], keyOf(part), { setting });
  }
}

function verifyPollers(source: Source<'kafka'>, report: Report): void {
  const { settings, written } = source;
  const { pollers, metrics } = settings;
  if (pollers) {
    if (pollers.min > pollers.max) report(queueSourceProblems['pollers-upside-down'], written.at('pollers').place, pollers);
    return;
  }
  for (const setting of PROVISIONED) {
    const part = written.parts.get(setting);
    if (part) report(kafkaProblems['needs-pollers'], keyOf(part), { what: setting });
  }
  if (failureTopic(source) !== undefined)
    report(kafkaProblems['needs-pollers'], written.at('onFailure').place, { what: 'onFailure: kafka://…' });
  if (typeof metrics !== 'object') return;
  for (const part of written.at('metrics').parts.values())
    if (part.value !== 'EventCount') report(kafkaProblems['needs-pollers'], part.place, { what: String(part.value) });
}

function verifyGroup({ settings, written }: Source<'kafka'>, { model }: Context, report: Report): void {
  const { group } = settings.kafka;
  if (group === undefined) return;
  const others = model
    .all('consumers')
    .filter((consumer) => !consumer.written.broken)
    .flatMap((consumer) => consumer.settings.from.filter((from) => from.kind === 'kafka' && from.kafka.group === group));
  if (others.length > 1 && others[0] !== settings)
    report(kafkaProblems['group-of-another'], written.at('kafka').parts.get('group')?.place ?? written.place, { group });
}
