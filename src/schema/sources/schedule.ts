import { expressionOf, EXPRESSION } from '../schedules.ts';
import { duration, flag, interpolatedText, or, raw, reading, text } from '../kit.ts';
import { retried } from '../delivery.ts';
import { as } from './pulled.ts';

const PAGE = 'https://docs.aws.amazon.com/scheduler/latest/UserGuide';

const property_ = (property: string) => `AWS::Scheduler::Schedule ${property}`;

const moment = (doc: string, property: string, also: readonly string[]) =>
  text(doc, {
    pattern: '^[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z$',
    means: 'a time such as 2026-12-01T00:00:00Z',
    examples: ['2026-12-01T00:00:00Z'],
    aws: property_(property),
    also,
  });

export const scheduleOptions = {
  timezone: or(
    text('The time zone of the expression, including daylight saving time.', {
      pattern: '^[A-Za-z_]+(/[A-Za-z0-9_+-]+)*$',
      means: 'a time zone such as Europe/Berlin',
      examples: ['Europe/Berlin', 'UTC'],
      aws: property_('ScheduleExpressionTimezone'),
      page: `${PAGE}/schedule-types.html`,
      also: ['ScheduleExpressionTimezone', 'timeZone'],
    }),
    'UTC',
  ),
  window: duration('Flexible time window: the invocation comes at some point within it, so that not everything starts at once.', {
    from: 60,
    to: 86_400,
    examples: ['15 minutes'],
    aws: property_('FlexibleTimeWindow'),
    page: `${PAGE}/managing-schedule-flexible-time-windows.html`,
    also: ['FlexibleTimeWindow', 'timeWindow', 'MaximumWindowInMinutes'],
  }),
  start: moment('Not before.', 'StartDate', ['StartDate']),
  end: moment('Not after.', 'EndDate', ['EndDate']),
  input: raw('What the function receives.', 'any', { aws: property_('Target.Input'), also: ['Input'] }),
  description: text('What the schedule is for.', {
    pattern: '^.{0,512}$',
    means: 'up to 512 characters',
    aws: property_('Description'),
    also: ['Description'],
  }),
  enabled: or(flag('Whether the schedule is enabled.', { aws: property_('State'), also: ['Enabled', 'State'] }), true),
  group: text('An existing schedule group.', {
    pattern: '^[A-Za-z0-9_.-]{1,64}$',
    means: 'the name of a group',
    aws: property_('GroupName'),
    page: `${PAGE}/managing-schedule-group.html`,
    also: ['GroupName', 'groupName'],
  }),
  key: interpolatedText('The ARN of a KMS key that encrypts the input.', {
    pattern: '^(arn:|.*\\$\\().+',
    means: 'the ARN of a KMS key',
    aws: property_('KmsKeyArn'),
    also: ['KmsKeyArn'],
  }),
} as const;

export const expression = reading(
  'When: `every 5 minutes`, `every weekday at 09:00`, `on the 1st at 06:00`; or AWS’s `rate(…)`, `cron(…)`, `at(…)`.',
  {
    pattern: EXPRESSION,
    means: 'a time such as every 5 minutes, every weekday at 09:00, on the 1st at 06:00, rate(…), cron(…) or at(…)',
    examples: ['every 5 minutes', 'every day at 09:00', 'every weekday at 09:00', 'on the 1st at 06:00', 'cron(0 9 ? * MON-FRI *)'],
    read: expressionOf,
    aws: property_('ScheduleExpression'),
    page: `${PAGE}/schedule-types.html`,
    also: ['Schedule', 'ScheduleV2', 'rate', 'cron', 'at', 'ScheduleExpression', 'scheduler'],
  },
);

export const schedule = {
  value: expression,
  options: { ...scheduleOptions, delivery: retried(property_('Target.RetryPolicy')), as },
  polling: {
    delivery: 'push',
    caller: 'EventBridge Scheduler invokes the function at each time.',
    permission: 'caller',
    invocation: 'async',
    concurrency: 'One invocation per scheduled time; one that takes longer than the interval overlaps the next.',
    ordering: 'By time, to the minute.',
    retries:
      'The scheduler retries delivery as set in `delivery`, for 24 hours by default; once Lambda has accepted an event, it retries twice.',
    failure:
      'Events that the scheduler could not deliver go to `delivery.deadLetter`; events that the function fails on go to its own failure destination.',
    page: 'https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule.html',
  },
} as const;
