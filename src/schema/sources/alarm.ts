import { amount, count, duration, forms, interpolatedText, list, map, object, or, required, text, word } from '../kit.ts';
import { as } from './pulled.ts';

const PAGE = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring';

const of = (property: string) => `AWS::CloudWatch::Alarm ${property}`;

const declared = object(
  'An alarm made for this function: it watches one metric.',
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
      text('How the values of a period become one.', {
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
      duration('How long a period is: 10, 20 or 30 seconds, or whole minutes.', {
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
      count('How many periods are looked at.', {
        from: 1,
        to: 1440,
        aws: of('EvaluationPeriods'),
        also: ['EvaluationPeriods', 'evaluationPeriods'],
      }),
      1,
    ),
    datapoints: count('In how many of them it must be so.', {
      from: 1,
      to: 1440,
      aws: of('DatapointsToAlarm'),
      also: ['DatapointsToAlarm', 'datapointsToAlarm'],
      usually: 'all of them',
    }),
    comparison: or(
      word(
        'When it is too much, or too little.',
        {
          'at-least': 'The value is the threshold or more.',
          above: 'It is more.',
          'at-most': 'It is the threshold or less.',
          below: 'It is less.',
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
    threshold: required(amount('The value it is compared with.', { aws: of('Threshold'), also: ['Threshold'] })),
    missing: or(
      word(
        'What a period without values counts as.',
        {
          missing: 'As nothing: without any the state is unknown.',
          ignore: 'The state stays.',
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
        'Which changes call the function.',
        word('A state.', { alarm: 'It is bad.', ok: 'It is good again.', 'insufficient-data': 'Nobody knows.' }),
        { single: true, min: 1, max: 3, aws: of('AlarmActions'), also: ['AlarmActions', 'OKActions', 'InsufficientDataActions'] },
      ),
      ['alarm'],
    ),
    description: interpolatedText('What it is about; the function gets it.', {
      max: 1024,
      aws: of('AlarmDescription'),
      also: ['AlarmDescription'],
    }),
  },
  { aws: 'AWS::CloudWatch::Alarm', page: `${PAGE}/AlarmThatSendsEmail.html` },
);

export const alarm = {
  value: forms(
    'An alarm of CloudWatch that calls the function when its state changes: one made here, or the ARN of one that exists and has the function among its actions.',
    {
      text: interpolatedText('The ARN of an alarm that exists.', {
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
    caller: 'CloudWatch calls the function when the alarm changes its state.',
    permission: 'function',
    invocation: 'async',
    polls: 'The metric is looked at once in a period.',
    concurrency: 'One call for each change.',
    ordering: 'None.',
    retries: 'CloudWatch tries until Lambda takes it; then Lambda tries twice more.',
    failure: 'What the function could not do goes where the function’s own failures go.',
    page: `${PAGE}/alarms-and-actions-Lambda.html`,
  },
} as const;
