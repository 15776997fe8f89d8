import { table as shape } from '../../schema/sources/table.ts';
import type { Data, Thing } from '../resolve/model.ts';
import { tableKey, tableStreamArn } from '../resources/tables.ts';
import type { Context } from '../resources/meaning.ts';
import { problems } from '../diagnostics/problem.ts';
import { leavingOut } from '../edit/fixes.ts';
import { failureDemands, failureDestination, verifyFailure } from './failure.ts';
import { verifyFilter } from './filter.ts';
import { elsewhere, mapping, reading, replaying, startingPosition } from './mapping.ts';
import type { SourceMeaning } from './source.ts';
import { streamSourceProblems } from './stream.ts';

export const tableSourceProblems = problems({
  'too-many-readers-of-table': {
    severity: 'warning',
    message: ({ name, readers }: { name: string; readers: number }) =>
      `${readers} consumers read the stream of \`${name}\`; a shard supports at most two.`,
    why: 'With more than two, DynamoDB throttles the readers, and changes arrive late.',
    fix: () => ({ title: 'Let one consumer publish to a topic or a bus that the others read' }),
    page: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html',
  },
  'older-than-a-day': {
    severity: 'warning',
    message: ({ name }: { name: string }) => `The stream of \`${name}\` keeps changes for a day, so a longer \`maxAge\` has no effect.`,
    why: 'A change that has left the stream is gone, however long it would be retried.',
    fix: leavingOut,
    page: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html',
  },
});

/** What a filter can look at: the change, and in it what the table’s stream holds. */
const KEYS = ['new', 'old', 'keys', 'change'];

/** A table’s stream of changes. https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html */
export const table: SourceMeaning<'table'> = {
  model: shape.polling,
  pace: () => 'Lambda polls each shard four times a second',
  named: (settings) => ({ name: settings.table.name, word: 'Table' }),

  verify(source, context, report) {
    const { settings, written } = source;
    const { name, settings: of } = settings.table;
    if (of.existing && settings.start === undefined) report(streamSourceProblems['start-of-existing'], source.place, { name });
    const readers = readersOf(settings.table, context);
    if (readers.indexOf(source.consumer) > 1)
      report(tableSourceProblems['too-many-readers-of-table'], source.place, { name, readers: readers.length });
    if (typeof settings.maxAge === 'number' && settings.maxAge > 86_400)
      report(tableSourceProblems['older-than-a-day'], written.at('maxAge').place, { name });
    verifyFilter(written.at('filter'), KEYS, report);
    verifyFailure(source, context, report);
  },

  demands: (source) => [{ on: source.settings.table, need: { need: 'stream' }, because: source.place }, ...failureDemands(source)],

  expand(source, context) {
    const { settings } = source;
    const { arn, parts } = failureDestination(source, context);
    return [
      mapping(
        source,
        {
          EventSourceArn: tableStreamArn(settings.table, context),
          ...startingPosition(settings.start ?? 'trim-horizon'),
          BatchSize: settings.batchSize ?? 100,
          ...replaying(settings, arn),
        },
        { ...settings, filter: settings.filter?.map((one) => changed(one)) },
        context,
        settings.table.settings.existing && elsewhere('table'),
      ),
      // https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-permissions.html
      ...reading(source, settings.table.name, [
        {
          actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
          on: [tableStreamArn(settings.table, context)],
        },
        {
          actions: ['dynamodb:ListStreams'],
          on: ['*'],
          accepted: [{ rule: 'AwsSolutions-IAM5', reason: 'ListStreams takes no resource.' }],
        },
        ...tableKey(settings.table, context),
      ]),
      ...parts,
    ];
  },
};

/** In a record the item stands below `dynamodb`; `change` looks at the record itself. */
export function changed(pattern: Data): Data {
  const { change, new: after, old, keys } = pattern as Readonly<Record<string, Data>>;
  const item = {
    ...(keys !== undefined && { Keys: keys }),
    ...(after !== undefined && { NewImage: after }),
    ...(old !== undefined && { OldImage: old }),
  };
  return {
    ...(typeof change === 'object' && change !== null ? (change as Readonly<Record<string, Data>>) : {}),
    ...(Object.keys(item).length > 0 && { dynamodb: item }),
  };
}

function readersOf(table: Thing<'tables'>, { model }: Context): readonly Thing<'consumers'>[] {
  return model
    .all('consumers')
    .filter((consumer) => !consumer.written.broken && consumer.settings.from.some((from) => from.kind === 'table' && from.table === table));
}
