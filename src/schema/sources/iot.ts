import { flag, forms, interpolatedText, nameOr, object, or, required, text, word } from '../kit.ts';
import { as } from './pulled.ts';

const PAGE = 'https://docs.aws.amazon.com/iot/latest/developerguide';

export const rule = (property: string) => `AWS::IoT::TopicRule TopicRulePayload.${property}`;

/** Options of everything that is a rule of AWS IoT. */
export const ruled = {
  description: interpolatedText('What the rule is for.', { aws: rule('Description'), also: ['Description'] }),
  enabled: or(flag('Whether the rule is on.', { aws: rule('RuleDisabled'), also: ['Enabled', 'RuleDisabled'] }), true),
  onError: forms(
    'Where a message goes that IoT could not hand to Lambda, with the reason: a queue or a topic, by its name or its ARN; the ARN of a stream, a bucket, a log group or a delivery stream of Firehose; or another topic of MQTT. `none` drops it.',
    {
      text: nameOr('A name, an ARN or `none`.', ['queues', 'topics'], {
        pattern: '^(none|arn:.+|.*\\$\\(.+|([A-Za-z]+\\.)?[a-z][a-z0-9]*(-[a-z0-9]+)*)$',
        means: 'a name, an ARN, or none',
      }),
      object: object('Publishes it to another topic.', {
        republish: required(
          text('The topic. `${topic()}` stands for the one the message came to.', {
            max: 256,
            aws: rule('ErrorAction.Republish.Topic'),
            page: `${PAGE}/republish-rule-action.html`,
            also: ['Republish', 'Topic'],
          }),
        ),
        qos: or(
          word(
            'How often it may arrive.',
            { 'at-most-once': 'Once or not at all.', 'at-least-once': 'Once or more.' },
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
      usually: 'a queue made for it',
    },
  ),
  as,
} as const;

export const ruledPolling = {
  delivery: 'push',
  caller: 'AWS IoT calls the function with what the SQL makes of each message that matches it.',
  permission: 'function',
  invocation: 'async',
  concurrency: 'One call for each message, up to the function’s concurrency.',
  ordering: 'None.',
  retries: 'What Lambda has taken it tries twice more.',
  failure: 'What IoT could not hand over goes to `onError`; what the function could not do, where the function’s own failures go.',
  page: `${PAGE}/lambda-rule-action.html`,
} as const;

export const iot = {
  value: interpolatedText(
    "A rule of AWS IoT, as SQL: `SELECT temperature FROM 'sensors/+/readings' WHERE temperature > 30`. In it a topic stands between single quotes.",
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
        { '2016-03-23': 'The newest stable one.', '2015-10-08': 'The first.', beta: 'What is being tried; it changes.' },
        { aws: rule('AwsIotSqlVersion'), page: `${PAGE}/iot-rule-sql-version.html`, also: ['AwsIotSqlVersion', 'awsIotSqlVersion'] },
      ),
      '2016-03-23',
    ),
    ...ruled,
  },
  polling: ruledPolling,
} as const;
