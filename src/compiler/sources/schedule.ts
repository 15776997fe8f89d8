import { schedule as shape } from '../../schema/sources/schedule.ts';
import { jsonOf } from '../cloud/json.ts';
import { address } from '../cloud/address.ts';
import type { Properties } from '../cloud/resource-types.ts';
import { resource, type Part } from '../cloud/part.ts';
import { account, arn as arnOf, attribute, region, text, urlSuffix, type Value } from '../cloud/value.ts';
import type { Written } from '../check/written.ts';
import { problems, type Report } from '../diagnostics/problem.ts';
import { nearest } from '../text/suggest.ts';
import { beside, withValue } from '../edit/edits.ts';
import { choosing, fixing, replacing } from '../edit/fixes.ts';
import type { Sender } from '../resources/demand.ts';
import { invokedArn } from '../resources/function-address.ts';
import type { Context, Piece } from '../resources/meaning.ts';
import { retryPolicy, undelivered, undeliveredDemands, verifyDelivery } from './delivery.ts';
import type { SourceMeaning, SourceSettings, Hop } from './source.ts';

export const scheduleProblems = problems({
  'ends-before-it-starts': {
    severity: 'error',
    message: ({ start, end }: { start: string; end: string }) => `\`end\` (${end}) is not after \`start\` (${start}).`,
    why: 'There must be time for an invocation between start and end.',
    fix: ({ start, end }: { start: string; end: string }, place) =>
      choosing(fixing('Swap `start` and `end`', [...beside(place, 'start', end), ...withValue(place, start)])),
  },
  'unknown-timezone': {
    severity: 'error',
    message: ({ zone }: { zone: string }) => `There is no time zone \`${zone}\`.`,
    why: 'A time zone is a name from the IANA database, such as Europe/Berlin, which includes daylight saving time.',
    fix: ({ zone }: { zone: string }, place) => replacing(nearest(zone, Intl.supportedValuesOf('timeZone')))(place),
    page: 'https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html',
  },
});

/** The scheduler sends dead letters with the schedule’s role, so that the queue’s policy need not name it. */
const NOBODY: readonly Sender[] = [];

type ScheduleSettings = SourceSettings<'schedule'>;

/** An EventBridge schedule. https://docs.aws.amazon.com/scheduler/latest/UserGuide/what-is-scheduler.html */
export const schedule: SourceMeaning<'schedule'> = {
  model: shape.polling,
  pace: ({ settings }) => `EventBridge Scheduler invokes it: ${settings.schedule}`,
  named: () => ({ name: 'schedule', word: 'Schedule' }),

  verify(source, _, report) {
    verifySchedule(source.written, source.settings, report);
    verifyDelivery(source, report);
  },

  demands: (source) => undeliveredDemands(source, NOBODY),

  expand(source, context) {
    const { fn } = source;
    const target = invokedArn(fn);
    const { arn, parts } = undelivered(source, NOBODY, context);
    return [
      scheduleOf(
        source,
        source.settings,
        { target, deadLetter: arn, grants: [{ actions: ['lambda:InvokeFunction'], on: [target] }] },
        context,
      ),
      parts,
    ].flat();
  },
};

/** Reports a schedule that could never call. */
export function verifySchedule(
  { parts, place }: Written,
  { start, end, timezone }: Pick<ScheduleSettings, 'start' | 'end' | 'timezone'>,
  report: Report,
): void {
  const at = (setting: string) => parts.get(setting)?.place ?? place;
  if (start !== undefined && end !== undefined && end <= start)
    report(scheduleProblems['ends-before-it-starts'], at('end'), { start, end });
  if (!isTimezone(timezone)) report(scheduleProblems['unknown-timezone'], at('timezone'), { zone: timezone });
}

function isTimezone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** What a schedule calls, and what its role may do for that. */
export interface Scheduled {
  readonly target: Piece;
  /** What the target takes besides: a message group, a partition key. */
  readonly parameters?: Partial<Properties<'AWS::Scheduler::Schedule'>['Target']>;
  readonly deadLetter: Piece | undefined;
  readonly grants: readonly { readonly actions: readonly string[]; readonly on: readonly Value[] }[];
}

/** A schedule and its role, which may call this one target and nothing else. */
export function scheduleOf(
  { names, place: because, path }: Hop,
  settings: Omit<ScheduleSettings, 'kind' | 'as'>,
  { target, parameters, deadLetter, grants }: Scheduled,
  context: Context,
): readonly Part[] {
  const role = address('AWS::IAM::Role', names, 'ScheduleRole');
  const group = settings.group ?? 'default';
  const common = { part: 'grant', to: role, by: 'service', because, path } as const;
  return [
    {
      part: 'role',
      address: role,
      service: 'scheduler.amazonaws.com',
      // https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
      trust: { StringEquals: { 'aws:SourceAccount': account, 'aws:SourceArn': arnOf('scheduler', `schedule-group/${group}`) } },
      because,
      path,
    },
    ...grants.map((grant): Part => ({ ...common, ...grant, reason: 'The schedule invokes it' })),
    ...(deadLetter === undefined
      ? []
      : [{ ...common, actions: ['sqs:SendMessage'], on: [deadLetter], reason: 'The schedule sends undelivered events' } as const]),
    ...(settings.key
      ? [
          {
            ...common,
            actions: ['kms:Decrypt'],
            on: [context.text(settings.key)],
            when: { StringEquals: { 'kms:ViaService': text('scheduler.', region, '.', urlSuffix) } },
            reason: 'The schedule’s input is encrypted',
          } as const,
        ]
      : []),
    resource(
      address('AWS::Scheduler::Schedule', names, 'Schedule'),
      {
        ...(settings.description !== undefined && { Description: settings.description }),
        ScheduleExpression: settings.schedule,
        ScheduleExpressionTimezone: settings.timezone,
        FlexibleTimeWindow:
          settings.window === undefined ? { Mode: 'OFF' } : { Mode: 'FLEXIBLE', MaximumWindowInMinutes: Math.ceil(settings.window / 60) },
        ...(settings.start !== undefined && { StartDate: settings.start }),
        ...(settings.end !== undefined && { EndDate: settings.end }),
        State: settings.enabled ? 'ENABLED' : 'DISABLED',
        ...(settings.group !== undefined && { GroupName: settings.group }),
        ...(settings.key && { KmsKeyArn: context.text(settings.key) }),
        Target: {
          Arn: target,
          ...parameters,
          RoleArn: attribute(role, 'Arn'),
          ...(settings.input !== undefined && { Input: jsonOf(context.data(settings.input)) }),
          ...retryPolicy(settings.delivery),
          ...(deadLetter !== undefined && { DeadLetterConfig: { Arn: deadLetter } }),
        },
      },
      { because, path },
    ),
  ];
}
