import { flag, interpolatedText, list, map, nameOr, object, or, required, text, word } from '../kit.ts';
import { as } from './pulled.ts';

const PAGE = 'https://docs.aws.amazon.com/ses/latest/dg';

const rule = (property: string) => `AWS::SES::ReceiptRule ${property}`;

export const email = {
  value: object(
    'Incoming mail: SES invokes the function with the headers and scan results of each message. The message itself is in the bucket of `store`.',
    {
      ruleSet: required(
        interpolatedText(
          'The receipt rule set for the rule: the active one of the region. Only one is active at a time, and CloudFormation cannot activate one.',
          {
            aws: rule('RuleSetName'),
            page: `${PAGE}/receiving-email-receipt-rules-console-walkthrough.html`,
            also: ['RuleSetName', 'ruleSetName'],
          },
        ),
      ),
      recipients: list(
        'The recipients: addresses, domains (`shop.example`), or a domain’s subdomains (`.shop.example`). Every address of every verified domain by default.',
        interpolatedText('An address or a domain.', {
          pattern: '^([^@\\s]+@)?\\.?([A-Za-z0-9-]+\\.)+[A-Za-z0-9-]+$|\\$\\(',
          means: 'an address or a domain',
          examples: ['orders@shop.example', 'shop.example'],
        }),
        { single: true, min: 1, max: 500, aws: rule('Rule.Recipients'), also: ['Recipients'] },
      ),
      after: interpolatedText('The rule of the set that comes before this one. By default this one is first.', {
        aws: rule('After'),
        also: ['After', 'position'],
      }),
      invocation: or(
        word(
          'Whether SES waits for the function.',
          {
            event: 'It does not.',
            'request-response': 'It does, for 30 seconds: the response decides whether the rule, or the whole set, continues.',
          },
          {
            aws: rule('Rule.Actions.LambdaAction.InvocationType'),
            page: `${PAGE}/receiving-email-action-lambda.html`,
            also: ['InvocationType'],
          },
        ),
        'event',
      ),
      store: object(
        'Stores the message in a bucket before the function is invoked. Its key is `prefix` and the message ID.',
        {
          bucket: required(
            nameOr('A bucket: its name here, or the ARN of any other.', ['buckets'], {
              pattern: '^(arn:.+|.*\\$\\(.+|([A-Za-z]+\\.)?[a-z][a-z0-9]*(-[a-z0-9]+)*)$',
              means: 'the name or ARN of a bucket',
              aws: rule('Rule.Actions.S3Action.BucketName'),
              also: ['BucketName', 'S3Action'],
            }),
          ),
          prefix: text('The key prefix.', {
            pattern: '^[A-Za-z0-9_/.-]{1,512}$',
            means: 'letters, digits and _/.-',
            examples: ['mail/'],
            aws: rule('Rule.Actions.S3Action.ObjectKeyPrefix'),
            also: ['ObjectKeyPrefix', 'objectKeyPrefix'],
          }),
        },
        { short: { text: 'bucket' }, page: `${PAGE}/receiving-email-action-s3.html`, also: ['S3Action'] },
      ),
      headers: map(
        'Headers to add to the message before it is stored.',
        text('A header', { pattern: '^[A-Za-z0-9-]{1,50}$', means: 'the name of a header' }),
        text('Its value.', { pattern: '^[ -~]{1,2048}$', means: 'text on one line' }),
        { aws: rule('Rule.Actions.AddHeaderAction'), also: ['AddHeaderAction'] },
      ),
      notify: nameOr('A topic that is notified of each invocation: its name here, or the ARN of any other.', ['topics'], {
        pattern: '^(arn:.+|.*\\$\\(.+|([A-Za-z]+\\.)?[a-z][a-z0-9]*(-[a-z0-9]+)*)$',
        means: 'the name or ARN of a topic',
        aws: rule('Rule.Actions.LambdaAction.TopicArn'),
        also: ['TopicArn'],
      }),
      stop: flag('No later rule of the set gets the message.', { aws: rule('Rule.Actions.StopAction'), also: ['StopAction'] }),
      scan: or(
        flag('Whether SES scans for spam and viruses.', { aws: rule('Rule.ScanEnabled'), also: ['ScanEnabled', 'scanEnabled'] }),
        true,
      ),
      tls: or(
        word(
          'Whether mail must arrive encrypted.',
          { optional: 'Also unencrypted: not every sender encrypts.', require: 'Only encrypted (TLS); the rest bounces.' },
          { aws: rule('Rule.TlsPolicy'), also: ['TlsPolicy', 'tlsPolicy'] },
        ),
        'optional',
      ),
      enabled: or(flag('Whether the rule is on.', { aws: rule('Rule.Enabled'), also: ['Enabled'] }), true),
    },
    { aws: 'AWS::SES::ReceiptRule', page: `${PAGE}/receiving-email.html`, also: ['SES', 'ses', 'mail', 'receipt'] },
  ),
  options: { as },
  polling: {
    delivery: 'push',
    caller: 'SES invokes the function with each message that matches the rule; with `request-response` it waits for the response.',
    permission: 'function',
    invocation: 'async',
    concurrency: 'One invocation per message, up to the function’s concurrency.',
    ordering: 'None.',
    retries: 'Once Lambda has accepted an event, it retries twice; with `request-response` there are no retries.',
    failure: 'What the function could not do goes where the function’s own failures go; with `request-response` the rule continues.',
    page: `${PAGE}/receiving-email-action-lambda.html`,
  },
} as const;
