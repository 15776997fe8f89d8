import { problems, type Report } from '../../diagnostics/problem.ts';
import { addInto, choosing, fixing, leavingOut, leavingOutIfMeant, oneOf, rename } from '../../edit/fixes.ts';
import { into } from '../../edit/edits.ts';
import { routesOf, type Api, type Route } from '../routes.ts';
import type { StraightSettings } from './straight.ts';
import { actionOf, keysOfTable } from './table.ts';

export const straightProblems = problems({
  'route-needs-message-group': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` is FIFO, so requests sent to it need a \`messageGroup\`.`,
    why: 'A FIFO queue or topic keeps order within a message group, and rejects a message without one.',
    fix: (_: unknown, place) =>
      choosing(
        fixing(
          'Add `messageGroup: context.requestId`, or another value from the request',
          into(place, 'messageGroup', 'context.requestId'),
        ),
      ),
  },
  'group-without-fifo': {
    severity: 'error',
    message: ({ name, setting }: { name: string; setting: string }) => `\`${name}\` is not FIFO, so \`${setting}\` does not apply.`,
    why: 'Standard queues and topics have no message groups and no deduplication.',
    fix: leavingOut,
  },
  'table-action-not-said': {
    severity: 'error',
    message: ({ method }: { method: string; actions: readonly string[] }) => `${method} has no default \`action\` on a table.`,
    why: 'GET gets an item, POST and PUT put one, DELETE deletes one. A route with any other method must set `action`.',
    fix: ({ actions }: { method: string; actions: readonly string[] }, place) =>
      oneOf(actions.map((action) => addInto(place, 'action', action))),
  },
  'table-key-incomplete': {
    severity: 'error',
    message: ({ name, missing, where }: { name: string; missing: string; where: string }) =>
      `\`${name}\` finds an item by ${missing}, which \`${where}\` does not set.`,
    why: 'DynamoDB reads, writes and deletes an item by its whole key: the partition key, and the sort key if there is one.',
    page: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.CoreComponents.html',
  },
  'not-part-of-table-key': {
    severity: 'error',
    message: ({ name, attribute }: { name: string; attribute: string }) => `\`${attribute}\` is not part of the key of \`${name}\`.`,
    why: 'DynamoDB rejects a key with attributes that are not part of the table’s key.',
    fix: leavingOutIfMeant,
    page: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.CoreComponents.html',
  },
  'option-of-another-action': {
    severity: 'error',
    message: ({ setting, action }: { setting: string; action: string; meant: string }) => `\`${setting}\` does not apply to \`${action}\`.`,
    why: '`key` is for reading and deleting an item; to put one, its key is part of `item`.',
    fix: ({ meant }: { setting: string; action: string; meant: string }, place) => choosing(rename(place, meant)),
  },
});

/** Reports routes straight into something that it would refuse. */
export function verifyStraight(api: Api, report: Report): void {
  verifyGroups(api, report);
  for (const route of routesOf(api))
    if (route.settings.kind === 'table' && !route.settings.table.written.broken) verifyItem(route, route.settings, report);
}

function verifyItem({ method, written, place }: Route, settings: StraightSettings<'table'>, report: Report): void {
  const action = actionOf(settings, method);
  if (action === undefined)
    return report(straightProblems['table-action-not-said'], place, { method, actions: settings.item ? ['put'] : ['get', 'delete'] });
  const [where, other] = action === 'put' ? (['item', 'key'] as const) : (['key', 'item'] as const);
  const wrong = written.parts.get(other);
  if (wrong)
    return report(straightProblems['option-of-another-action'], wrong.key ?? wrong.place, { setting: other, action, meant: where });
  const { name } = settings.table;
  const keys = keysOfTable(settings);
  const part = written.parts.get(where);
  const given = Object.keys(settings[where] ?? {});
  const absent = keys.find((key) => !given.includes(key));
  const missing = absent !== undefined ? `\`${absent}\`` : given.length === 0 ? 'its key' : undefined;
  if (missing !== undefined) report(straightProblems['table-key-incomplete'], part?.key ?? place, { name, missing, where });
  const foreign = where === 'key' && keys.length > 0 ? given.find((one) => !keys.includes(one)) : undefined;
  if (foreign !== undefined)
    report(straightProblems['not-part-of-table-key'], part?.parts.get(foreign)?.key ?? place, { name, attribute: foreign });
}

/** Reports routes straight into a queue or a topic that it would refuse. */
function verifyGroups(api: Api, report: Report): void {
  for (const { settings, written, place } of routesOf(api)) {
    if (settings.kind !== 'queue' && settings.kind !== 'topic') continue;
    const of = settings.kind === 'queue' ? settings.queue : settings.topic;
    // One that exists tells it by its name.
    if (of.written.broken || of.settings.existing) continue;
    if (of.settings.fifo && settings.messageGroup === undefined)
      report(straightProblems['route-needs-message-group'], place, { name: of.name });
    for (const setting of ['messageGroup', 'deduplication']) {
      const part = written.parts.get(setting);
      if (part && !of.settings.fifo) report(straightProblems['group-without-fifo'], part.key ?? part.place, { name: of.name, setting });
    }
  }
}
