import type { Part } from '../cloud/part.ts';
import { attribute, text } from '../cloud/value.ts';
import { problems, type Report } from '../diagnostics/problem.ts';
import type { Model, Text, Thing } from '../resolve/model.ts';
import type { Demand } from '../resources/demand.ts';
import { roleAddress } from '../resources/function-address.ts';
import type { Context, Piece } from '../resources/meaning.ts';
import { deadLetterAddress, deadLetters, type DeadLetters } from '../resources/queue-parts.ts';
import type { Standing } from './source.ts';

const PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html';

export const failureProblems = problems({
  'no-failure-destination': {
    severity: 'error',
    message: ({ written }: { written: string }) => `Lambda cannot send a failed batch to \`${written}\`.`,
    why: 'The position of a failed batch goes to a standard SQS queue, a standard SNS topic or an S3 bucket: one of this system by its name, any other by its ARN.',
    page: PAGE,
  },
  'fifo-as-destination': {
    severity: 'error',
    message: ({ written }: { written: string }) => `\`${written}\` is a FIFO queue or topic, which cannot receive failed batches.`,
    why: 'Lambda sends to standard queues and topics only.',
    page: PAGE,
  },
});

/** Where failed batches may be sent. */
export type Destination = Thing<'queues' | 'topics'> | Text;

/** A source whose failed batches go somewhere. */
export type Failing = Standing & { readonly settings: { readonly onFailure?: Destination | undefined } };

const isText = (said: Destination): said is Text => 'segments' in said;

/** Where failed batches go, and what that takes. Without a word a queue is made: what failed must not be lost. */
export function failureDestination(
  source: Failing,
  context: Context,
): { readonly arn: Piece | undefined; readonly parts: readonly Part[] } {
  const said = source.settings.onFailure;
  if (said && literal(said) === 'none') return { arn: undefined, parts: [] };
  const { fn, place: because, path } = source;
  const common = { part: 'grant', to: roleAddress(fn), by: 'service', because, path, reason: 'Lambda sends batches that failed' } as const;
  if (!said) {
    const made = failureQueue(source);
    const arn = attribute(deadLetterAddress(made), 'Arn');
    return { arn, parts: [...deadLetters(made, context), { ...common, actions: ['sqs:SendMessage'], on: [arn] }] };
  }
  const arn: Piece = isText(said) ? context.text(said) : context.arn(said);
  const grants: Readonly<Record<Service, readonly Part[]>> = {
    sqs: [{ ...common, actions: ['sqs:SendMessage'], on: [arn] }],
    sns: [{ ...common, actions: ['sns:Publish'], on: [arn] }],
    s3: bucketGrants(common, arn),
  };
  return { arn, parts: grants[serviceOf(said, context.model) ?? 'sqs'] };
}

/** A queue of this system that receives what failed keeps it longer. */
export function failureDemands({ settings: { onFailure }, place: because }: Failing): readonly Demand[] {
  if (!onFailure || isText(onFailure) || onFailure.kind !== 'queues') return [];
  return [{ on: onFailure as Thing<'queues'>, need: { need: 'failures' }, because }];
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

const failureQueue = ({ names, fn, place: because, path }: Standing): DeadLetters => ({
  names,
  role: 'FailureQueue',
  senders: [],
  tags: fn.settings.tags,
  because,
  path,
});

/** Reports a destination Lambda cannot send to. */
export function verifyFailure(source: Failing, { model }: Context, report: Report): void {
  const said = source.settings.onFailure;
  if (!said || literal(said) === 'none') return;
  const place = source.written.parts.get('onFailure')?.place ?? source.place;
  const written = literal(said);
  if (serviceOf(said, model) === undefined) report(failureProblems['no-failure-destination'], place, { written });
  else if (isText(said) ? written.endsWith('.fifo') : said.settings.fifo)
    report(failureProblems['fifo-as-destination'], place, { written });
}

const literal = (said: Destination): string =>
  isText(said) ? said.segments.map((segment) => (typeof segment === 'string' ? segment : '$(…)')).join('') : said.name;

/** The service of a destination: its kind, else from its ARN, or from the type of the resource of the file’s own that it refers to. */
function serviceOf(said: Destination, model: Model): Service | undefined {
  if (!isText(said)) return SERVICES[said.kind];
  const [first] = said.segments;
  if (typeof first === 'string') return /^arn:[^:]*:(sqs|sns|s3):/.exec(first)?.[1] as Service | undefined;
  if (first?.to === 'thing') return (SERVICES as Readonly<Record<string, Service | undefined>>)[first.thing.kind];
  if (first?.to !== 'resource') return undefined;
  const type = model.settings.resources?.[first.name]?.Type;
  return type === 'AWS::SQS::Queue' ? 'sqs' : type === 'AWS::SNS::Topic' ? 'sns' : type === 'AWS::S3::Bucket' ? 's3' : undefined;
}

const SERVICES = { queues: 'sqs', topics: 'sns' } as const;
