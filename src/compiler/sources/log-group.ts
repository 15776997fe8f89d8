import { logGroup as shape } from '../../schema/sources/log-group.ts';
import { address, type Named } from '../cloud/address.ts';
import { resource, type Acceptance, type Part } from '../cloud/part.ts';
import { arn, attribute, ref, text } from '../cloud/value.ts';
import { problems } from '../diagnostics/problem.ts';
import { write } from '../edit/fixes.ts';
import { quoted } from '../edit/edits.ts';
import type { Reference, Text, Thing } from '../resolve/model.ts';
import { invokedArn, thingLogGroup } from '../resources/function-address.ts';
import type { Context, Piece } from '../resources/meaning.ts';
import { permission, permissionAddress } from './permission.ts';
import type { Source, SourceMeaning } from './source.ts';

const PAGE = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs';

export const logGroupProblems = problems({
  'reads-own-log': {
    severity: 'error',
    message: ({ way }: { way: readonly string[] }) =>
      way.length === 2
        ? `\`${way[0] ?? ''}\` would be invoked by its own log.`
        : `${way.map((name, index) => `${['', ' is invoked by the log of '][index] ?? ', which is invoked by the log of '}\`${name}\``).join('')}.`,
    why: 'Each invocation writes to the log, and each log line invokes again: endlessly, and each time costs. CloudWatch Logs does not detect it.',
    page: `${PAGE}/SubscriptionFilters.html`,
  },
  'too-many-subscriptions': {
    severity: 'error',
    message: ({ name, count }: { name: string; count: number }) => `${count} sources read the log group \`${name}\`; the limit is two.`,
    why: 'A log group can have at most two subscription filters.',
    fix: () => ({ title: 'Let one consumer forward what the others need to a topic or a stream' }),
    page: `${PAGE}/cloudwatch_limits_cwl.html`,
  },
  'log-pattern': {
    severity: 'error',
    message: ({ open }: { open: string }) => `In this pattern \`${open}\` is not closed.`,
    why: 'CloudWatch Logs rejects a pattern that is not closed: `{ … }` for JSON, `[ … ]` for columns, quotes around terms with spaces.',
    fix: ({ open, pattern }: { open: string; pattern: string }, place) =>
      write(place, quoted(`${pattern.trimEnd()}${open === '{' ? ' }' : open === '[' ? ']' : '"'}`)),
    page: `${PAGE}/FilterAndPatternSyntax.html`,
  },
});

/** A log group: of a function of this system, or any other. */
type Group = Thing<'functions' | 'consumers'> | Text;

/** A log group that is read. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html */
export const logGroup: SourceMeaning<'logGroup'> = {
  model: shape.polling,
  pace: () => 'CloudWatch Logs invokes it with what is written',
  named: () => ({ name: 'log-group', word: 'Source' }),

  verify(source, context, report) {
    const { settings, written, place, consumer } = source;
    settings.logGroup.forEach((group, index) => {
      const at = written.at('logGroup').parts.get(String(index))?.place ?? place;
      const owner = ownerOf(group);
      const way = owner && wayBack(owner, consumer);
      if (way) report(logGroupProblems['reads-own-log'], at, { way: [consumer.name, ...way] });
      const name = nameOf(group);
      const count = groupsIn(context).filter((other) => nameOf(other) === name).length;
      if (count > 2) report(logGroupProblems['too-many-subscriptions'], at, { name, count });
    });
    const open = settings.pattern === undefined ? undefined : unclosed(settings.pattern);
    if (open !== undefined) report(logGroupProblems['log-pattern'], written.at('pattern').place, { open, pattern: settings.pattern ?? '' });
  },

  expand: (source, context) => source.settings.logGroup.flatMap((group) => subscription(source, group, context)),
};

function subscription(source: Source<'logGroup'>, group: Group, context: Context): readonly Part[] {
  const { settings, fn, place: because, path } = source;
  const names: readonly Named[] = [...source.names, { name: nameOf(group), word: 'Part' }];
  const found = locate(group, context);
  return [
    resource(
      address('AWS::Logs::SubscriptionFilter', names, 'Subscription'),
      {
        LogGroupName: found.name,
        FilterPattern: settings.pattern ?? '',
        DestinationArn: invokedArn(fn),
        ...(settings.transformed && { ApplyOnTransformedLogs: true }),
        ...(settings.select !== undefined && { FieldSelectionCriteria: settings.select }),
        ...(settings.emit && { EmitSystemFields: settings.emit }),
      },
      // CloudWatch Logs tries to call the function before it takes the filter.
      { because, path, dependsOn: [permissionAddress({ ...source, names })] },
    ),
    permission({ ...source, names }, { principal: 'logs.amazonaws.com', source: found.arn, ofAccount: true, accepted: found.accepted }),
  ];
}

/** The name of a group, and the ARN CloudWatch Logs calls for: with `:*`, its streams. */
function locate(group: Group, context: Context): { readonly name: Piece; readonly arn: Piece; readonly accepted?: readonly Acceptance[] } {
  if (!isText(group)) {
    const own = thingLogGroup(group);
    return { name: ref(own), arn: attribute(own, 'Arn') };
  }
  const written = context.text(group);
  if (typeof written !== 'string' || !written.startsWith('arn:')) {
    return { name: written, arn: arn('logs', text('log-group:', written, ':*')), accepted: ELSEWHERE };
  }
  const bare = written.replace(/:\*$/, '');
  return { name: bare.split(':')[6] ?? '', arn: `${bare}:*`, accepted: ELSEWHERE };
}

const ELSEWHERE: readonly Acceptance[] = [{ rule: 'W9002', reason: 'The log group exists already, outside of this stack.' }];

const isText = (group: Group): group is Text => 'segments' in group;

function nameOf(group: Group): string {
  if (!isText(group)) return group.name;
  const name = group.segments.map((segment) => (typeof segment === 'string' ? segment : labelOf(segment))).join('');
  return /^arn:(?:[^:]*:){5}([^:]+)/.exec(name)?.[1] ?? name;
}

function labelOf(reference: Reference): string {
  if (reference.to === 'thing' || reference.to === 'shared') return reference.thing.name;
  return 'name' in reference ? reference.name : reference.attribute;
}

/** The function whose log a group is, where it is one of this system. */
function ownerOf(group: Group): Thing | undefined {
  if (!isText(group)) return group;
  const [only, more] = group.segments;
  return typeof only === 'object' && more === undefined && only.to === 'thing' ? only.thing : undefined;
}

function groupsOf(thing: Thing): readonly Group[] {
  if (thing.kind !== 'consumers' || thing.written.broken) return [];
  return (thing as Thing<'consumers'>).settings.from.flatMap((from) => (from.kind === 'logGroup' ? from.logGroup : []));
}

const groupsIn = ({ model }: Context): readonly Group[] => model.all('consumers').flatMap((consumer) => groupsOf(consumer));

/** From whom to whom a log goes until it comes back. */
function wayBack(from: Thing, to: Thing, seen: readonly Thing[] = []): readonly string[] | undefined {
  if (from === to) return [from.name];
  if (seen.includes(from)) return undefined;
  for (const group of groupsOf(from)) {
    const owner = ownerOf(group);
    const rest = owner && wayBack(owner, to, [...seen, from]);
    if (rest) return [from.name, ...rest];
  }
  return undefined;
}

/** What is opened in a pattern and not closed. */
function unclosed(pattern: string): string | undefined {
  const trimmed = pattern.trim();
  if ((trimmed.replace(/\\"/g, '').match(/"/g) ?? []).length % 2 === 1) return '"';
  if (trimmed.startsWith('{') && !trimmed.endsWith('}')) return '{';
  return trimmed.startsWith('[') && !trimmed.endsWith(']') ? '[' : undefined;
}
