import { address } from '../cloud/address.ts';
import { resource, type Part } from '../cloud/part.ts';
import { attribute, ref, text } from '../cloud/value.ts';
import { problems, type Report } from '../diagnostics/problem.ts';
import type { Model, Text } from '../resolve/model.ts';
import { roleAddress } from '../resources/function-address.ts';
import type { Context, Piece } from '../resources/meaning.ts';
import { tagList } from '../resources/tags.ts';
import type { Source } from './source.ts';

const PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html';

export const failureProblems = problems({
  'no-failure-destination': {
    severity: 'error',
    message: ({ written }: { written: string }) => `Lambda cannot send a failed batch to \`${written}\`.`,
    why: 'The position of a failed batch goes to a standard SQS queue, a standard SNS topic or an S3 bucket, said by its ARN.',
    page: PAGE,
  },
  'fifo-as-destination': {
    severity: 'error',
    message: ({ written }: { written: string }) => `\`${written}\` is a FIFO queue or topic, which cannot receive failed batches.`,
    why: 'Lambda sends to standard queues and topics only.',
    page: PAGE,
  },
});

/** Where failed batches go, and what that takes. Without a word a queue is made: what failed must not be lost. */
export function failureDestination(source: Source, context: Context): { readonly arn: Piece | undefined; readonly parts: readonly Part[] } {
  const said = source.settings.onFailure;
  if (said && literal(said) === 'none') return { arn: undefined, parts: [] };
  const { fn, place: because, path } = source;
  const common = { part: 'grant', to: roleAddress(fn), by: 'service', because, path, reason: 'Lambda sends batches that failed' } as const;
  if (!said) {
    const arn = attribute(queueAddress(source), 'Arn');
    return { arn, parts: [...failureQueue(source, context), { ...common, actions: ['sqs:SendMessage'], on: [arn] }] };
  }
  const arn: Piece = context.text(said);
  const grants: Readonly<Record<Service, readonly Part[]>> = {
    sqs: [{ ...common, actions: ['sqs:SendMessage'], on: [arn] }],
    sns: [{ ...common, actions: ['sns:Publish'], on: [arn] }],
    s3: bucketGrants(common, arn),
  };
  return { arn, parts: grants[serviceOf(said, context.model) ?? 'sqs'] };
}

type Service = 'sqs' | 'sns' | 's3';

function bucketGrants(common: Omit<Extract<Part, { part: 'grant' }>, 'actions' | 'on'>, bucket: Piece): readonly Part[] {
  // Lambda lists the bucket and puts objects under `aws/lambda/`.
  const accepted = [
    { rule: 'AwsSolutions-IAM5', reason: 'Lambda makes up the names of the objects it puts; all of them start with aws/lambda/.' },
  ];
  return [
    { ...common, actions: ['s3:ListBucket'], on: [bucket] },
    { ...common, actions: ['s3:PutObject'], on: [text(bucket, '/aws/lambda/*')], accepted },
  ];
}

const queueAddress = (source: Source) => address('AWS::SQS::Queue', source.names, 'FailureQueue');

/** A queue for what failed: encrypted, kept for as long as SQS keeps anything, closed to plain HTTP. */
function failureQueue(source: Source, context: Context): readonly Part[] {
  const { fn, names, place: because, path } = source;
  const queue = queueAddress(source);
  const arn = attribute(queue, 'Arn');
  return [
    resource(
      queue,
      { SqsManagedSseEnabled: true, MessageRetentionPeriod: 14 * 86_400, ...tagList(fn.settings.tags, context) },
      {
        because,
        path,
        deletion: context.model.protected ? 'Retain' : 'RetainExceptOnCreate',
        replaced: 'Retain',
        accepted: [{ rule: 'AwsSolutions-SQS3', reason: 'It is where failed batches end; behind it there is nothing.' }],
      },
    ),
    resource(
      address('AWS::SQS::QueuePolicy', names, 'FailureQueuePolicy'),
      {
        Queues: [ref(queue)],
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Sid: 'OnlyTls',
              Effect: 'Deny',
              Principal: '*',
              Action: 'sqs:*',
              Resource: arn,
              Condition: { Bool: { 'aws:SecureTransport': 'false' } },
            },
          ],
        },
      },
      { because, path },
    ),
  ];
}

/** Reports a destination Lambda cannot send to. */
export function verifyFailure(source: Source, { model }: Context, report: Report): void {
  const said = source.settings.onFailure;
  if (!said || literal(said) === 'none') return;
  const { place } = source.written.at('onFailure');
  const written = literal(said);
  if (serviceOf(said, model) === undefined) report(failureProblems['no-failure-destination'], place, { written });
  else if (written.endsWith('.fifo')) report(failureProblems['fifo-as-destination'], place, { written });
}

const literal = ({ segments }: Text): string => segments.map((segment) => (typeof segment === 'string' ? segment : '$(…)')).join('');

/** The service of a destination: from its ARN, or from the type of the resource of the file’s own that it refers to. */
function serviceOf(said: Text, model: Model): Service | undefined {
  const [first] = said.segments;
  if (typeof first === 'string') return /^arn:[^:]*:(sqs|sns|s3):/.exec(first)?.[1] as Service | undefined;
  if (first?.to !== 'resource') return undefined;
  const type = model.settings.resources?.[first.name]?.Type;
  return type === 'AWS::SQS::Queue' ? 'sqs' : type === 'AWS::SNS::Topic' ? 'sns' : type === 'AWS::S3::Bucket' ? 's3' : undefined;
}
