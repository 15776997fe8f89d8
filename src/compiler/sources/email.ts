import { email as shape } from '../../schema/sources/email.ts';
import { address, type Address } from '../cloud/address.ts';
import { resource, type Part } from '../cloud/part.ts';
import { account, arn, attribute, Select, Split, text } from '../cloud/value.ts';
import { problems } from '../diagnostics/problem.ts';
import type { Place } from '../text/source-text.ts';
import { choosing, inFunction } from '../edit/fixes.ts';
import type { Text, Thing } from '../resolve/model.ts';
import { bucketKeyStatements } from '../resources/buckets.ts';
import { invokedArn } from '../resources/function-address.ts';
import type { Context, Piece } from '../resources/meaning.ts';
import { permission, permissionAddress } from './permission.ts';
import type { Source, SourceMeaning } from './source.ts';

const PAGE = 'https://docs.aws.amazon.com/ses/latest/dg';

export const emailProblems = problems({
  'no-mail-here': {
    severity: 'warning',
    message: ({ region }: { region: string }) => `SES does not receive mail in ${region}, as far as is known.`,
    why: 'SES receives mail in fewer regions than it sends from. The list dates from 2024; AWS adds to it.',
    page: 'https://docs.aws.amazon.com/general/latest/gr/ses.html',
  },
  'rule-set-not-active': {
    severity: 'hint',
    message: ({ name }: { name: string }) => `\`${name}\` is created by this stack, but must be made the active rule set by hand.`,
    why: 'SES only uses the active rule set, and CloudFormation cannot choose it: use `aws ses set-active-receipt-rule-set`.',
    page: `${PAGE}/receiving-email-receipt-rules-console-walkthrough.html`,
  },
  'slower-than-mail-waits': {
    severity: 'warning',
    message: ({ timeout }: { timeout: number }) => `SES waits 30 seconds for a response, but the function may take ${timeout}.`,
    why: 'With `request-response` the response decides what happens to the message. A late one is ignored, and the next rule gets the message.',
    fix: ({ fn }: { fn: Place }) => choosing(inFunction(fn, 'timeout', '30 seconds')),
    page: `${PAGE}/receiving-email-action-lambda.html`,
  },
});

/** Where SES receives mail. https://docs.aws.amazon.com/general/latest/gr/ses.html */
const REGIONS: readonly string[] = [
  'ap-northeast-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-southeast-3',
  'ca-central-1',
  'eu-central-1',
  'eu-west-1',
  'eu-west-2',
  'us-east-1',
  'us-east-2',
  'us-west-2',
];

/** Mail that SES receives. https://docs.aws.amazon.com/ses/latest/dg/receiving-email.html */
export const email: SourceMeaning<'email'> = {
  model: shape.polling,
  pace: () => 'SES invokes it with each message',
  named: () => ({ name: 'email', word: 'Source' }),

  verify({ settings: { email: of }, written, place, fn }, { model }, report) {
    const within = written.at('email').parts;
    if (model.region !== undefined && !REGIONS.includes(model.region))
      report(emailProblems['no-mail-here'], place, { region: model.region });
    const [set] = of.ruleSet.segments;
    if (typeof set === 'object' && set.to === 'resource')
      report(emailProblems['rule-set-not-active'], within.get('ruleSet')?.place ?? place, { name: set.name });
    const { timeout } = fn.settings;
    if (of.invocation === 'request-response' && timeout > 30)
      report(emailProblems['slower-than-mail-waits'], within.get('invocation')?.place ?? place, { timeout, fn: fn.place });
  },

  demands: (source, context) => {
    const { notify } = source.settings.email;
    if (!notify || isText(notify)) return [];
    const need = { need: 'sender', service: 'ses', source: rulesOf(source, context), ofAccount: true } as const;
    return [{ on: notify, need, because: source.place }];
  },

  expand(source, context) {
    const { settings, fn, names, place: because, path } = source;
    const { email: of } = settings;
    const set = context.text(of.ruleSet);
    const store = of.store && storing(source, of.store, context);
    return [
      resource(
        address('AWS::SES::ReceiptRule', names, 'Rule'),
        {
          RuleSetName: set,
          ...(of.after && { After: context.text(of.after) }),
          Rule: {
            Enabled: of.enabled,
            ScanEnabled: of.scan,
            TlsPolicy: of.tls === 'require' ? 'Require' : 'Optional',
            ...(of.recipients && { Recipients: of.recipients.map((recipient) => context.text(recipient)) }),
            Actions: [
              ...Object.keys(of.headers ?? {})
                .sort()
                .map((HeaderName) => ({ AddHeaderAction: { HeaderName, HeaderValue: of.headers?.[HeaderName] ?? '' } })),
              ...(store ? [store.action] : []),
              {
                LambdaAction: {
                  FunctionArn: invokedArn(fn),
                  ...(of.notify && { TopicArn: isText(of.notify) ? context.text(of.notify) : context.arn(of.notify) }),
                  InvocationType: of.invocation === 'event' ? 'Event' : 'RequestResponse',
                },
              },
              ...(of.stop ? [{ StopAction: { Scope: 'RuleSet' } }] : []),
            ],
          },
        },
        // SES tries to call the function before it takes the rule.
        { because, path, dependsOn: [permissionAddress(source), ...admitted(of.notify)] },
      ),
      // The rule waits for this permission and its name is CloudFormation’s, so all rules of the set are meant.
      permission(source, {
        principal: 'ses.amazonaws.com',
        source: rulesOf(source, context),
        ofAccount: true,
        accepted: [{ rule: 'W9002', reason: 'The rule waits for this permission, so its ARN is spelt out.' }],
      }),
      ...(store?.parts ?? []),
    ];
  },
};

const isText = (said: Thing | Text): said is Text => 'segments' in said;

/** The rules of the set: what SES acts for. */
const rulesOf = ({ settings }: Source<'email'>, context: Context): Piece =>
  arn('ses', text('receipt-rule-set/', context.text(settings.email.ruleSet), ':receipt-rule/*'));

/** SES tries whether it may publish, too: the policy of a topic made here lets it. */
function admitted(topic: Thing<'topics'> | Text | undefined): readonly Address[] {
  if (!topic || isText(topic) || topic.settings.existing) return [];
  return [address('AWS::SNS::TopicPolicy', { name: topic.name, word: 'Topic' }, 'Policy')];
}

interface Store {
  readonly bucket: Thing<'buckets'> | Text;
  readonly prefix?: string | undefined;
}

/** SES puts the message into a bucket, in a role of its own. https://docs.aws.amazon.com/ses/latest/dg/receiving-email-permissions.html */
function storing(source: Source<'email'>, { bucket, prefix }: Store, context: Context) {
  const { names, place: because, path } = source;
  const to = address('AWS::IAM::Role', names, 'Role');
  const found = locate(bucket, context);
  const keys = isText(bucket) ? [] : bucketKeyStatements(bucket, ['kms:Decrypt', 'kms:GenerateDataKey'], context);
  const grant = { part: 'grant', to, by: 'service', reason: 'SES stores the message', because, path } as const;
  const parts: readonly Part[] = [
    { part: 'role', address: to, service: 'ses.amazonaws.com', trust: { StringEquals: { 'aws:SourceAccount': account } }, because, path },
    {
      ...grant,
      actions: ['s3:PutObject'],
      on: [text(found.arn, `/${prefix ?? ''}*`)],
      accepted: [{ rule: 'AwsSolutions-IAM5', reason: 'SES names the object by the message’s id.' }],
    },
    ...keys.map((one) => ({ ...grant, ...one })),
  ];
  const action = {
    S3Action: {
      BucketName: found.name,
      ...(prefix !== undefined && { ObjectKeyPrefix: prefix }),
      IamRoleArn: attribute(to, 'Arn'),
    },
  };
  return { action, parts };
}

function locate(bucket: Thing<'buckets'> | Text, context: Context): { readonly name: Piece; readonly arn: Piece } {
  if (!isText(bucket)) return { name: context.attribute(bucket, 'name'), arn: context.arn(bucket) };
  const written = context.text(bucket);
  return { name: typeof written === 'string' ? (written.split(':')[5] ?? '') : new Select(5, new Split(':', written)), arn: written };
}
