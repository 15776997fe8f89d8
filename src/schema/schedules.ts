import { Misread } from './kit.ts';

/** Days of the week as a person says them, and as cron does. */
const DAYS: Readonly<Record<string, string>> = {
  monday: 'MON',
  tuesday: 'TUE',
  wednesday: 'WED',
  thursday: 'THU',
  friday: 'FRI',
  saturday: 'SAT',
  sunday: 'SUN',
  weekday: 'MON-FRI',
};

const TIME = '([01]?[0-9]|2[0-3]):[0-5][0-9]';
const ORDINAL = '[0-9]{1,2}(st|nd|rd|th)';

/** What a schedule may be written as. */
export const EXPRESSION =
  `^(every (minute|hour|[0-9]{1,4} (minutes?|hours?|days?))|every (day|${Object.keys(DAYS).join('|')})(, (${Object.keys(DAYS).join('|')}))* at ${TIME}` +
  `|on the (${ORDINAL}|last day) at ${TIME}|rate\\(.+\\)|cron\\(.+\\)|at\\(.+\\))$`;

/** A schedule’s words as EventBridge’s expression. https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html */
export function expressionOf(written: string): string | Misread {
  const call = /^(rate|cron|at)\((.+)\)$/.exec(written);
  if (call) return judged(written, call[1] ?? '', call[2] ?? '');
  const every = /^every (?:(minute|hour)|([0-9]+) (minute|hour|day)s?)$/.exec(written);
  if (every) return rate(Number(every[2] ?? 1), every[1] ?? every[3] ?? '');
  const at = /at ([0-9]{1,2}):([0-9]{2})$/.exec(written);
  const time = `${Number(at?.[2])} ${Number(at?.[1])}`;
  const ordinal = /^on the (?:([0-9]+)|last)/.exec(written);
  if (ordinal) {
    const day = ordinal[1] === undefined ? 'L' : Number(ordinal[1]);
    if (day !== 'L' && (day < 1 || day > 31)) return new Misread('A month has at most 31 days.');
    return `cron(${time} ${day} * ? *)`;
  }
  const days = (/^every (.+) at/.exec(written)?.[1] ?? '').split(', ');
  return days[0] === 'day' ? `cron(${time} * * ? *)` : `cron(${time} ? * ${days.map((day) => DAYS[day] ?? '').join(',')} *)`;
}

function rate(amount: number, unit: string): string | Misread {
  return amount === 0 ? new Misread('It must be at least 1.') : `rate(${amount} ${unit}${amount === 1 ? '' : 's'})`;
}

function judged(written: string, kind: string, inside: string): string | Misread {
  const judges: Readonly<Record<string, (inside: string) => string | undefined>> = { rate: wrongRate, cron: wrongCron, at: wrongMoment };
  const reason = judges[kind]?.(inside);
  return reason === undefined ? written : new Misread(reason);
}

function wrongRate(inside: string): string | undefined {
  const [, amount, unit] = /^([0-9]+) (minutes?|hours?|days?)$/.exec(inside) ?? [];
  if (amount === undefined || unit === undefined) return 'Write it like rate(5 minutes): a number and minutes, hours or days.';
  if (Number(amount) === 0) return 'It must be at least 1.';
  return undefined;
}

function wrongMoment(inside: string): string | undefined {
  const shaped = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}$/.test(inside);
  return shaped && !Number.isNaN(Date.parse(`${inside}Z`)) ? undefined : 'Write it like at(2026-12-01T09:00:00), with a valid time.';
}

interface Field {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly names?: readonly string[];
  readonly extra?: RegExp;
}

const FIELDS: readonly Field[] = [
  { name: 'minutes', from: 0, to: 59 },
  { name: 'hours', from: 0, to: 23 },
  { name: 'day of the month', from: 1, to: 31, extra: /^(\?|L|[0-9]{1,2}W|LW)$/ },
  { name: 'month', from: 1, to: 12, names: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'] },
  {
    name: 'day of the week',
    from: 1,
    to: 7,
    names: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'],
    extra: /^(\?|L|([1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)L|([1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)#[1-5])$/,
  },
  { name: 'year', from: 1970, to: 2199 },
];

/** What is wrong with the six fields of a cron expression, if anything is. */
export function wrongCron(inside: string): string | undefined {
  const fields = inside.split(' ').filter((field) => field !== '');
  if (fields.length !== 6)
    return `It has ${fields.length} fields; AWS’s cron has six: minutes, hours, day of the month, month, day of the week, year.`;
  for (const [index, field] of fields.entries()) {
    const rules = FIELDS[index];
    if (rules && !field.split(',').every((part) => fits(part, rules))) return `\`${field}\` is not a valid ${rules.name}.`;
  }
  if ((fields[2] === '?') === (fields[4] === '?')) return 'Exactly one of the day of the month and the day of the week must be `?`.';
  return undefined;
}

function fits(part: string, { from, to, names = [], extra }: Field): boolean {
  if (extra?.test(part)) return true;
  const [range = '', step] = part.split('/');
  if (step !== undefined && !(/^[0-9]+$/.test(step) && Number(step) > 0)) return false;
  if (range === '*') return true;
  const value = (text: string): number =>
    names.includes(text) ? names.indexOf(text) + from : /^[0-9]+$/.test(text) ? Number(text) : Number.NaN;
  return range.split('-').length <= 2 && range.split('-').every((text) => value(text) >= from && value(text) <= to);
}
