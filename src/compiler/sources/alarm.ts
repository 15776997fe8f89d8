import { inTime } from '../../schema/kit.ts';
import { alarm as shape } from '../../schema/sources/alarm.ts';
import { address } from '../cloud/address.ts';
import { resource, type Part } from '../cloud/part.ts';
import { attribute, Select, Split } from '../cloud/value.ts';
import { problems, type Report } from '../diagnostics/problem.ts';
import { add, choosing, oneOf, write } from '../edit/fixes.ts';
import { invokedArn } from '../resources/function-address.ts';
import type { Context, Piece } from '../resources/meaning.ts';
import { tagList } from '../resources/tags.ts';
import { permission } from './permission.ts';
import type { Source, SourceMeaning } from './source.ts';

const PAGE = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring';

export const alarmSourceProblems = problems({
  'alarm-period': {
    severity: 'error',
    message: () => 'An alarm’s period must be 10, 20 or 30 seconds, or whole minutes.',
    why: 'CloudWatch aggregates a metric over these periods, and rejects any other.',
    fix: ({ near }: { near: readonly string[] }, place) => oneOf(near.map((one) => write(place, one))),
    page: `${PAGE}/AlarmThatSendsEmail.html`,
  },
  'alarm-looks-too-far': {
    severity: 'error',
    message: ({ days }: { days: number }) => `\`period\` times \`periods\` is longer than ${days === 1 ? 'a day' : `${days} days`}.`,
    why: 'An alarm evaluates at most one day, or seven days if its periods are an hour or longer.',
    fix: ({ most }: { most: number }, place) => choosing(write(place, String(most))),
    page: `${PAGE}/AlarmThatSendsEmail.html`,
  },
  'more-datapoints-than-periods': {
    severity: 'error',
    message: ({ datapoints, periods }: { datapoints: number; periods: number }) =>
      `\`datapoints\` is ${datapoints}, but the alarm evaluates ${periods} ${periods === 1 ? 'period' : 'periods'}.`,
    why: '`datapoints` is how many of the evaluated periods must breach, so it cannot exceed them.',
    fix: ({ datapoints, periods }: { datapoints: number; periods: number }, place) =>
      choosing(write(place, String(periods)), add(place, 'periods', String(datapoints))),
    page: `${PAGE}/AlarmThatSendsEmail.html`,
  },
});

type Declared = Exclude<Source<'alarm'>['settings']['alarm'], { readonly segments: unknown }>;

/** An alarm whose action is the function. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html */
export const alarm: SourceMeaning<'alarm'> = {
  model: shape.polling,
  pace: () => 'CloudWatch invokes it when the state changes',
  named: () => ({ name: 'alarm', word: 'Source' }),

  verify({ settings: { alarm: of }, written, place }, _, report) {
    if ('segments' in of) return;
    const { parts } = written.at('alarm');
    verifyDeclared(of, (setting) => parts.get(setting)?.place ?? place, report);
  },

  expand(source, context) {
    const { alarm: of } = source.settings;
    const principal = 'lambda.alarms.cloudwatch.amazonaws.com';
    if (!('segments' in of)) {
      const made = declared(source, of, context);
      return [made, permission(source, { principal, source: attribute(made.address, 'Arn'), ofAccount: true })];
    }
    const arn = context.text(of);
    return [
      permission(source, {
        principal,
        source: arn,
        ofAccount: accountOf(arn),
        accepted: [{ rule: 'W9002', reason: 'The alarm exists already, outside of this stack.' }],
      }),
    ];
  },
};

const accountOf = (arn: Piece): Piece => (typeof arn === 'string' ? (arn.split(':')[4] ?? '') : new Select(4, new Split(':', arn)));

function verifyDeclared({ period, periods, datapoints }: Declared, at: (setting: string) => Source['place'], report: Report): void {
  if (![10, 20, 30].includes(period) && period % 60 !== 0)
    report(alarmSourceProblems['alarm-period'], at('period'), {
      near: [Math.floor(period / 60) * 60, Math.ceil(period / 60) * 60].filter((one) => one > 0).map(inTime),
    });
  const days = period < 3600 ? 1 : 7;
  if (period * periods > days * 86_400)
    report(alarmSourceProblems['alarm-looks-too-far'], at('periods'), { days, most: Math.floor((days * 86_400) / period) });
  if (datapoints !== undefined && datapoints > periods)
    report(alarmSourceProblems['more-datapoints-than-periods'], at('datapoints'), { datapoints, periods });
}

const COMPARISONS = {
  'at-least': 'GreaterThanOrEqualToThreshold',
  above: 'GreaterThanThreshold',
  'at-most': 'LessThanOrEqualToThreshold',
  below: 'LessThanThreshold',
} as const;

const SIMPLE = ['Average', 'Sum', 'Minimum', 'Maximum', 'SampleCount'];

function declared({ fn, names, place: because, path }: Source<'alarm'>, of: Declared, context: Context) {
  const action: readonly Piece[] = [invokedArn(fn)];
  return resource(
    address('AWS::CloudWatch::Alarm', names, 'Alarm'),
    {
      ...(of.description && { AlarmDescription: context.text(of.description) }),
      MetricName: of.metric,
      Namespace: of.namespace,
      ...(of.dimensions && { Dimensions: dimensions(of.dimensions, context) }),
      ...(SIMPLE.includes(of.statistic) ? { Statistic: of.statistic } : { ExtendedStatistic: of.statistic }),
      ...(of.unit !== undefined && { Unit: of.unit }),
      Period: of.period,
      EvaluationPeriods: of.periods,
      ...(of.datapoints !== undefined && { DatapointsToAlarm: of.datapoints }),
      ComparisonOperator: COMPARISONS[of.comparison],
      Threshold: of.threshold,
      TreatMissingData: of.missing === 'not-breaching' ? 'notBreaching' : of.missing,
      ...(of.on.includes('alarm') && { AlarmActions: action }),
      ...(of.on.includes('ok') && { OKActions: action }),
      ...(of.on.includes('insufficient-data') && { InsufficientDataActions: action }),
      ...tagList(fn.settings.tags, context),
    },
    { because, path },
  ) satisfies Part;
}

function dimensions(of: NonNullable<Declared['dimensions']>, context: Context) {
  return Object.keys(of)
    .sort()
    .flatMap((Name) => {
      const value = of[Name];
      return value ? [{ Name, Value: context.text(value) }] : [];
    });
}
