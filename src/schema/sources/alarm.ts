import { amount, count, duration, forms, interpolatedText, list, map, object, or, required, text, word } from '../kit.ts';
import { as } from './pulled.ts';

const PAGE = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring';

const of = (property: string) => `AWS::CloudWatch::Alarm ${property}`;

const declared = object(
  'An alarm created for this function: it watches one metric.',
  {
    metric: required(text('The metric’s name.', { max: 255, aws: of('MetricName'), also: ['MetricName', 'metricName'] })),
    namespace: required(
      text('Its namespace.', { max: 255, examples: ['AWS/SQS', 'Shop/Orders'], aws: of('Namespace'), also: ['Namespace'] }),
    ),
    dimensions: map(
      'What is measured: `{ QueueName: $(orders.name) }`.',
      text('A dimension', { pattern: '^[!-9<-~][ -~]{0,254}$', means: 'the name of a dimension' }),
      interpolatedText('Its value.'),
      { aws: of('Dimensions'), also: ['Dimensions', 'dimensionsMap'] },
    ),
    statistic: or(
      text('The statistic: how the values of a period become one.', {
        pattern:
          '^(Average|Sum|Minimum|Maximum|SampleCount|IQM|p[0-9]{1,2}(\\.[0-9]{1,10})?|p100|(tm|wm|tc|ts|TM|WM|TC|TS|PR)[0-9(][0-9.:%)]*)$',
        means: 'Average, Sum, Minimum, Maximum, SampleCount, or a percentile such as p99',
        examples: ['Average', 'Sum', 'Maximum', 'p99'],
        aws: of('Statistic'),
        page: `${PAGE}/Statistics-definitions.html`,
        also: ['Statistic', 'ExtendedStatistic'],
      }),
      'Average',
    ),
    unit: text('Only values of this unit.', {
      pattern: '^[A-Za-z/]{1,30}$',
      means: 'a unit such as Seconds',
      aws: of('Unit'),
      also: ['Unit'],
    }),
    period: or(
      duration('The length of a period: 10, 20 or 30 seconds, or whole minutes.', {
        from: 10,
        to: 86_400,
        examples: ['1 minute', '5 minutes'],
        aws: of('Period'),
        page: `${PAGE}/AlarmThatSendsEmail.html`,
        also: ['Period'],
      }),
      300,
    ),
    periods: or(
      count('How many periods are evaluated.', {
        from: 1,
        to: 1440,
        aws: of('EvaluationPeriods'),
        also: ['EvaluationPeriods', 'evaluationPeriods'],
      }),
      1,
    ),
    datapoints: count('How many of them must breach the threshold.', {
      from: 1,
      to: 1440,
      aws: of('DatapointsToAlarm'),
      also: ['DatapointsToAlarm', 'datapointsToAlarm'],
      usually: 'all of them',
    }),
    comparison: or(
      word(
        'When a value breaches the threshold.',
        {
          'at-least': 'Greater than or equal to the threshold.',
          above: 'Greater than the threshold.',
          'at-most': 'Less than or equal to the threshold.',
          below: 'Less than the threshold.',
        },
        {
          aws: of('ComparisonOperator'),
          also: [
            'ComparisonOperator',
            'comparisonOperator',
            'GreaterThanOrEqualToThreshold',
            'GreaterThanThreshold',
            'LessThanOrEqualToThreshold',
            'LessThanThreshold',
          ],
        },
      ),
      'at-least',
    ),
    threshold: required(amount('The threshold.', { aws: of('Threshold'), also: ['Threshold'] })),
    missing: or(
      word(
        'What a period without values counts as.',
        {
          missing: 'Missing: without any values the state is unknown.',
          ignore: 'The state stays as it is.',
          breaching: 'Bad.',
          'not-breaching': 'Good.',
        },
        {
          aws: of('TreatMissingData'),
          page: `${PAGE}/alarms-and-missing-data.html`,
          also: ['TreatMissingData', 'treatMissingData', 'notBreaching'],
        },
      ),
      'missing',
    ),
    on: or(
      list(
        'Which state changes invoke the function.',
        word('A state.', { alarm: 'The threshold is breached.', ok: 'Back to normal.', 'insufficient-data': 'Not enough data.' }),
        { single: true, min: 1, max: 3, aws: of('AlarmActions'), also: ['AlarmActions', 'OKActions', 'InsufficientDataActions'] },
      ),
      ['alarm'],
    ),
    description: interpolatedText('What the alarm is about; the function receives it.', {
      max: 1024,
      aws: of('AlarmDescription'),
      also: ['AlarmDescription'],
    }),
  },
  { aws: 'AWS::CloudWatch::Alarm', page: `${PAGE}/AlarmThatSendsEmail.html` },
);

export const alarm = {
  value: forms(
    'A CloudWatch alarm that invokes the function when its state changes: one created here, or the ARN of an existing one that has the function among its actions.',
    {
      text: interpolatedText('The ARN of an existing alarm.', {
        pattern: '^(arn:.+:alarm:.+|.*\\$\\(.+)$',
        means: 'the ARN of an alarm',
      }),
      object: declared,
    },
    {
      aws: 'AWS::CloudWatch::Alarm AlarmActions',
      page: `${PAGE}/alarms-and-actions-Lambda.html`,
      also: ['Alarm', 'cloudwatchAlarm', 'alarms', 'LambdaAction'],
    },
  ),
  options: { as },
  polling: {
    delivery: 'push',
    caller: 'CloudWatch invokes the function when the alarm changes state.',
    permission: 'function',
    invocation: 'async',
    polls: 'The metric is evaluated once per period.',
    concurrency: 'One invocation per change.',
    ordering: 'None.',
    retries: 'CloudWatch retries until Lambda accepts the event; then Lambda retries twice.',
    failure: 'Events that the function fails on go to its own failure destination.',
    page: `${PAGE}/alarms-and-actions-Lambda.html`,
  },
} as const;
