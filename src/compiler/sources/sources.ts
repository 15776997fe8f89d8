import { sources as kinds, type SourceKind } from '../../schema/sources/index.ts';
import type { Written } from '../check/written.ts';
import { problems, type Report } from '../diagnostics/problem.ts';
import { add, choosing } from '../edit/fixes.ts';
import type { Named } from '../cloud/address.ts';
import type { Fn, Model, Thing } from '../resolve/model.ts';
import type { Source, SourceMeaning, SourceSettings } from './source.ts';
import { broker } from './broker.ts';
import { bucket } from './bucket.ts';
import { bus } from './bus.ts';
import { documents } from './documents.ts';
import { kafka } from './kafka.ts';
import { queue } from './queue.ts';
import { schedule } from './schedule.ts';
import { stream } from './stream.ts';
import { table } from './table.ts';
import { topic } from './topic.ts';
import { alexaSkill } from './alexa-skill.ts';
import { url } from './url.ts';
import { alexaSmartHome } from './alexa-smart-home.ts';
import { iot } from './iot.ts';
import { iotButton } from './iot-button.ts';
import { logGroup } from './log-group.ts';
import { givenPermission } from './given-permission.ts';
import { email } from './email.ts';
import { alarm } from './alarm.ts';
import { distribution } from './distribution.ts';
import { userPool } from './user-pool.ts';
import { loadBalancer } from './load-balancer.ts';
import { deploy } from './deploy.ts';

/** Everything that can wake a function. A kind in the schema without a meaning here does not compile. */
export const sources: { readonly [S in SourceKind]: SourceMeaning<S> } = {
  stream,
  table,
  queue,
  kafka,
  broker,
  documents,
  topic,
  bucket,
  bus,
  schedule,
  alexaSkill,
  alexaSmartHome,
  iot,
  iotButton,
  logGroup,
  permission: givenPermission,
  email,
  alarm,
  userPool,
  distribution,
  url,
  loadBalancer,
  deploy,
};

export const sourcesProblems = problems({
  'needs-as': {
    severity: 'error',
    message: ({ name }: { name: string }) =>
      `This source and another one of the same consumer are both named \`${name}\`: give one of them a name of its own with \`as\`.`,
    why: 'What stands between a source and a consumer is named by both. Two that share their names would be one resource.',
    fix: ({ name }: { name: string }, place) => choosing(add(place, 'as', `${name}-2`)),
  },
});

/** The sources of a consumer, in the order they were written. */
export function sourcesOf(consumer: Thing<'consumers'>, model: Model): readonly Source[] {
  const fn = model.functions.find((one) => one.owner === consumer);
  if (!fn || consumer.written.broken) return [];
  const from: Written = consumer.written.at('from');
  return [...from.parts.values()].map((written) => sourceOf(consumer, fn, written as Written<SourceSettings>));
}

function sourceOf(consumer: Thing<'consumers'>, fn: Fn, written: Written<SourceSettings>): Source {
  const settings = written.value;
  const own = settings.as === undefined ? namedBy(settings) : ({ name: settings.as, word: 'Source' } as const);
  const at = written.parts.get(settings.kind);
  return {
    kind: settings.kind,
    consumer,
    fn,
    settings,
    written,
    names: [{ name: consumer.name, word: 'Function' }, own],
    tags: fn.settings.tags,
    place: at?.key ?? written.place,
    path: `${consumer.path}.from.${settings.as ?? own.name}`,
  };
}

/** What stands for a source’s name, as its kind has it: the type checker cannot see that the two belong together. */
function namedBy<S extends SourceKind>(settings: SourceSettings<S>): Named {
  const { named } = sources[settings.kind] as { named(settings: SourceSettings): Named };
  return named(settings);
}

/** The meaning of a source, as its kind has it. */
export function meaningOf<S extends SourceKind>(source: Source<S>): SourceMeaning<S> {
  return sources[source.kind];
}

/** Reports two sources of one consumer that share their names. */
export function verifyNames(all: readonly Source[], report: Report): void {
  const seen = new Map<string, Source>();
  for (const source of all) {
    const own = source.names.at(-1);
    const key = `${own?.word ?? ''} ${own?.name ?? ''}`;
    const other = seen.get(key);
    if (other)
      report(sourcesProblems['needs-as'], source.place, { name: own?.name ?? '' }, [{ message: 'The other one.', place: other.place }]);
    else seen.set(key, source);
  }
}

/** Whether Lambda reads from a handler’s answer which records failed; nothing where the source knows no such answer. */
export function readsFailures(source: SourceSettings): boolean | undefined {
  if (source.kind === 'kafka') return source.pollers ? (source.partialFailures ?? true) : undefined;
  return 'partialFailures' in source ? source.partialFailures : undefined;
}

/** The kinds of source, for those who print a list of them. */
export const sourceKinds = Object.keys(kinds) as readonly SourceKind[];
