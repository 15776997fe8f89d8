import { problems, type Report } from '../diagnostics/problem.ts';
import { keyAt } from '../edit/edits.ts';
import { addInto, choosing, leaveOut, leavingOut, leavingOutIfMeant } from '../edit/fixes.ts';
import type { Context } from './meaning.ts';
import { verifyExistingSettings } from './existing-settings.ts';
import { keyName, keysOf, keyType } from './table-keys.ts';
import type { Table } from './tables.ts';

const PAGE = 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.CoreComponents.html';

export const tableProblems = problems({
  'table-without-key': {
    severity: 'error',
    message: ({ name }: { name: string }) => `The table \`${name}\` needs a partition key.`,
    why: 'DynamoDB finds an item by its partition key. The key cannot be changed later.',
    fix: (_: unknown, place) => choosing(addInto(place, 'key', 'id')),
    page: PAGE,
  },
  'key-of-two-types': {
    severity: 'error',
    message: ({ name }: { name: string }) => `The attribute \`${name}\` has two types.`,
    why: 'An attribute that is part of several keys must have the same type in all of them.',
    page: PAGE,
  },
  'index-without-key': {
    severity: 'error',
    message: ({ name, local }: { name: string; local: boolean }) =>
      local ? `The local index \`${name}\` needs a \`sort\` key.` : `The index \`${name}\` needs a \`key\`.`,
    why: 'A global index has a partition key of its own; a local one shares the table’s and has a sort key of its own.',
    page: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/SecondaryIndexes.html',
  },
  'local-index-key': {
    severity: 'error',
    message: ({ setting }: { setting: string }) => `A local index has no \`${setting}\` of its own.`,
    why: 'A local index shares the partition key and the capacity of its table, and that table must have a sort key.',
    fix: leavingOut,
    page: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LSI.html',
  },
  'capacity-both-ways': {
    severity: 'error',
    message: ({ setting }: { setting: string }) => `\`${setting}\` does not match this table’s capacity mode.`,
    why: 'A table is on-demand, or it is provisioned with a `capacity`, and then each global index needs a capacity too.',
    fix: ({ setting }: { setting: string }, place) => (keyAt(place) === setting ? choosing(leaveOut(place)) : undefined),
    page: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/capacity-mode.html',
  },
  'no-stream-of-existing': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` already exists, and the ARN of its stream is not known.`,
    why: 'A stream’s ARN ends in the time it was enabled, so it cannot be derived. `aws dynamodb describe-table` prints it as LatestStreamArn.',
    fix: () => ({ title: 'Add `existingStream` to the table' }),
    page: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html',
  },
  'ttl-is-key': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` is part of a key, so it cannot be the TTL attribute.`,
    why: 'DynamoDB reads the expiry time from a number attribute; a key attribute cannot be used for it.',
    fix: leavingOutIfMeant,
    page: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-before-you-start.html',
  },
});

/** Reports settings of a table that its schema cannot rule out. */
export function verifyTable(table: Table, context: Context, report: Report): void {
  const { settings, written, name, place } = table;
  verifyExistingSettings(table, ['existingStream', 'encryption'], report);
  const reads = context.demandsOn(table)[0];
  if (settings.existing) {
    if (reads && !settings.existingStream) report(tableProblems['no-stream-of-existing'], reads.because, { name });
    return;
  }
  if (settings.key === undefined) report(tableProblems['table-without-key'], place, { name });
  verifyTypes(table, report);
  verifyIndexes(table, report);
  if (settings.capacity && settings.maxThroughput)
    report(tableProblems['capacity-both-ways'], written.at('maxThroughput').key ?? place, { setting: 'maxThroughput' });
  if (settings.ttl !== undefined && [settings.key, settings.sort].some((key) => key !== undefined && keyName(key) === settings.ttl))
    report(tableProblems['ttl-is-key'], written.at('ttl').place, { name: settings.ttl });
}

function verifyTypes({ settings, place }: Table, report: Report): void {
  const types = new Map<string, string>();
  for (const key of keysOf(settings)) {
    const name = keyName(key);
    const type = keyType(key);
    if ((types.get(name) ?? type) !== type) report(tableProblems['key-of-two-types'], place, { name });
    types.set(name, type);
  }
}

function verifyIndexes({ settings, written }: Table, report: Report): void {
  for (const [name, index] of Object.entries(settings.indexes ?? {})) {
    const at = written.at('indexes').parts.get(name);
    const place = at?.key ?? written.place;
    const part = (setting: string) => at?.parts.get(setting)?.key ?? place;
    const local = index.local ?? false;
    if (local ? index.sort === undefined : index.key === undefined) report(tableProblems['index-without-key'], place, { name, local });
    if (local) {
      if (index.key !== undefined) report(tableProblems['local-index-key'], part('key'), { setting: 'key' });
      if (index.capacity) report(tableProblems['local-index-key'], part('capacity'), { setting: 'capacity' });
    } else if ((index.capacity !== undefined) !== (settings.capacity !== undefined)) {
      report(tableProblems['capacity-both-ways'], part('capacity'), { setting: 'capacity' });
    }
  }
}
