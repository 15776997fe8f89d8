import { problems, type Report } from '../../diagnostics/problem.ts';
import { choosing, fixing, leavingOut } from '../../edit/fixes.ts';
import { into } from '../../edit/edits.ts';
import type { Api } from '../routes.ts';
import { routesOf } from '../routes.ts';

export const straightProblems = problems({
  'route-needs-message-group': {
    severity: 'error',
    message: ({ name }: { name: string }) => `\`${name}\` is FIFO, so a request that goes there needs a \`messageGroup\`.`,
    why: 'A FIFO queue or topic keeps the order within a message group and refuses a message without one.',
    fix: (_: unknown, place) =>
      choosing(
        fixing('Add `messageGroup: context.requestId`, or another value of the request', into(place, 'messageGroup', 'context.requestId')),
      ),
  },
  'group-without-fifo': {
    severity: 'error',
    message: ({ name, setting }: { name: string; setting: string }) => `\`${name}\` is not FIFO, so \`${setting}\` does not apply.`,
    why: 'Standard queues and topics keep no order and drop nothing twice.',
    fix: leavingOut,
  },
});

/** Reports routes straight into a queue or a topic that it would refuse. */
export function verifyStraight(api: Api, report: Report): void {
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
