import { flag, forms, interpolatedText, nameOr, object, or, required, text, word } from '../kit.ts';
import { as } from './pulled.ts';

const PAGE = 'https://docs.aws.amazon.com/iot/latest/developerguide';

export const rule = (property: string) => `AWS::IoT::TopicRule TopicRulePayload.${property}`;

/** Options of everything that is a rule of AWS IoT. */
export const ruled = {
  description: interpolatedText('What the rule is for.', { aws: rule('Description'), also: ['Description'] }),
  enabled: or(flag('Whether the rule is on.', { aws: rule('RuleDisabled'), also: ['Enabled', 'RuleDisabled'] }), true),
  onError: forms(
    'Where a message goes that IoT could not pass to Lambda, with the reason: a queue or topic, by name or ARN; the ARN of a stream, a bucket, a log group or a Firehose stream; or another MQTT topic. `none` drops it.',
    {
      text: nameOr('A name, an ARN or `none`.', ['queues', 'topics'], {
        pattern: '^(none|arn:.+|.*\\$\\(.+|([A-Za-z]+\\.)?[a-z][a-z0-9]*(-[a-z0-9]+)*)$',
        means: 'a name, an ARN, or none',
      }),
      object: object('Publishes it to another topic.', {
        republish: required(
          text('The topic. `${topic()}` stands for the message’s original one.', {
            max: 256,
            aws: rule('ErrorAction.Republish.Topic'),
            page: `${PAGE}/republish-rule-action.html`,
            also: ['Republish', 'Topic'],
          }),
        ),
        qos: or(
          word(
            'The MQTT quality of service.',
            { 'at-most-once': 'At most once.', 'at-least-once': 'At least once.' },
            { aws: rule('ErrorAction.Republish.Qos'), also: ['Qos', 'qos'] },
          ),
          'at-most-once',
        ),
      }),
    },
    {
      aws: rule('ErrorAction'),
      page: `${PAGE}/rule-error-handling.html`,
      also: ['ErrorAction', 'errorAction'],
      usually: 'a queue created for it',
    },
  ),
  as,
} as const;

export const ruledPolling = {
  delivery: 'push',
  caller: 'AWS IoT invokes the function with the SQL’s result for each matching message.',
  permission: 'function',
  invocation: 'async',
  concurrency: 'One invocation per message, up to the function’s concurrency.',
  ordering: 'None.',
  retries: 'Once Lambda has accepted an event, it retries twice.',
  failure: 'Messages that IoT could not pass on go to `onError`; events that the function fails on go to its own failure destination.',
  page: `${PAGE}/lambda-rule-action.html`,
} as const;

export const iot = {
  value: interpolatedText(
    "An AWS IoT rule, as SQL: `SELECT temperature FROM 'sensors/+/readings' WHERE temperature > 30`. The topic is in single quotes.",
    {
      aws: rule('Sql'),
      page: `${PAGE}/iot-sql-reference.html`,
      also: ['IoTRule', 'Sql', 'sql', 'TopicRule', 'mqtt'],
    },
  ),
  options: {
    sqlVersion: or(
      word(
        'The version of the SQL.',
        { '2016-03-23': 'The newest stable one.', '2015-10-08': 'The first.', beta: 'The beta version, which changes.' },
        { aws: rule('AwsIotSqlVersion'), page: `${PAGE}/iot-rule-sql-version.html`, also: ['AwsIotSqlVersion', 'awsIotSqlVersion'] },
      ),
      '2016-03-23',
    ),
    ...ruled,
  },
  polling: ruledPolling,
} as const;
