import { flag, list, nameOr, text, word } from '../kit.ts';
import { as } from './pulled.ts';

const PAGE = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs';

const filter = (property: string) => `AWS::Logs::SubscriptionFilter ${property}`;

export const logGroup = {
  value: list(
    'Log groups: CloudWatch Logs invokes the function with what is written to them. `functions.NAME` or `consumers.NAME` is the log of a function of this system; give any other group by its name or ARN.',
    nameOr('A log group: its name or its ARN, or a function whose log it is.', ['functions', 'consumers'], {
      pattern: '^(/[A-Za-z0-9_/.#-]+|arn:.+|.*\\$\\(.+|([A-Za-z]+\\.)?[a-z][a-z0-9]*(-[a-z0-9]+)*)$',
      means: 'a log group such as /aws/vpc/flow-logs, its ARN, or a function such as functions.settle',
      examples: ['functions.settle', '/aws/vpc/flow-logs'],
    }),
    {
      single: true,
      min: 1,
      aws: 'AWS::Logs::SubscriptionFilter',
      page: `${PAGE}/SubscriptionFilters.html`,
      also: ['CloudWatchLogs', 'cloudwatchLog', 'LogGroupName', 'logs', 'logGroups'],
    },
  ),
  options: {
    pattern: text(
      'Which log events: a filter pattern such as `ERROR`, `"access denied"` or `{ $.level = "error" }`. All of them by default.',
      {
        max: 1024,
        aws: filter('FilterPattern'),
        page: `${PAGE}/FilterAndPatternSyntax.html`,
        also: ['FilterPattern', 'filterPattern', 'filter'],
        usually: 'everything',
      },
    ),
    transformed: flag('Applies the filter to the events as transformed by the group’s transformer.', {
      aws: filter('ApplyOnTransformedLogs'),
      also: ['ApplyOnTransformedLogs'],
    }),
    select: text(
      'For a group that collects the logs of several accounts or regions: from which of them, such as `@aws.region = "eu-west-1"`.',
      {
        max: 2000,
        aws: filter('FieldSelectionCriteria'),
        also: ['FieldSelectionCriteria'],
      },
    ),
    emit: list(
      'For such a group: what to add about an event’s origin.',
      word('A field.', { '@aws.account': 'The account.', '@aws.region': 'The region.' }),
      { single: true, min: 1, max: 2, aws: filter('EmitSystemFields'), also: ['EmitSystemFields'] },
    ),
    as,
  },
  polling: {
    delivery: 'push',
    caller: 'CloudWatch Logs invokes the function with batches of log events, gzipped and in base64.',
    permission: 'function',
    invocation: 'async',
    concurrency: 'One invocation per batch, up to the function’s concurrency.',
    ordering: 'None between batches.',
    retries: 'CloudWatch Logs retries throttled deliveries for 24 hours; once Lambda has accepted an event, it retries twice.',
    failure: 'Events that could not be delivered are lost; events that the function fails on go to its own failure destination.',
    page: `${PAGE}/SubscriptionFilters.html`,
  },
} as const;
