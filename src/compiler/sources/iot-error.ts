import { address } from '../cloud/address.ts';
import type { Part } from '../cloud/part.ts';
import { account, arn as arnOf, attribute, ref, Select, Split, text, urlSuffix, type Value } from '../cloud/value.ts';
import { problems, type Report } from '../diagnostics/problem.ts';
import { choosing, leaveOutThen } from '../edit/fixes.ts';
import type { Model, Text, Thing } from '../resolve/model.ts';
import type { Demand } from '../resources/demand.ts';
import type { Context, Piece, Statement } from '../resources/meaning.ts';
import { deadLetterAddress, deadLetters, type DeadLetters } from '../resources/queue-parts.ts';
import { queueKey } from '../resources/queues.ts';
import { topicKey } from '../resources/topics.ts';
import type { Hop } from './source.ts';

const PAGE = 'https://docs.aws.amazon.com/iot/latest/developerguide';

export const iotErrorProblems = problems({
  'no-iot-error-action': {
    severity: 'error',
    message: ({ written }: { written: string }) => `AWS IoT cannot send failed messages to \`${written}\`.`,
    why: 'An error action sends to a standard queue or topic, a Kinesis stream, a Firehose stream, a bucket or a log group, given by its ARN (a queue or topic of this system by its name), or republishes. FIFO queues and topics are not supported.',
    fix: (_: unknown, place) => choosing(leaveOutThen(place, ', and a queue is created')),
    page: `${PAGE}/rule-error-handling.html`,
  },
});

type Said = Thing<'queues' | 'topics'> | Text | Republish;

interface Republish {
  readonly republish: string;
  readonly qos: 'at-most-once' | 'at-least-once';
}

/** A source with somewhere to go for what IoT could not hand over. */
export type Erring = Hop & { readonly settings: { readonly onError?: Said | undefined } };

const isText = (said: Said): said is Text => 'segments' in said;
export const isRepublish = (said: Said): said is Republish => 'republish' in said;
const isNone = (said: Said): boolean => isText(said) && said.segments[0] === 'none';

interface ErrorAction {
  readonly action: { readonly [kind: string]: { readonly [property: string]: Value } };
  readonly statements: readonly (Statement & { readonly broad?: string })[];
}

const roleAddress = ({ names }: Hop) => address('AWS::IAM::Role', names, 'Role');

/** What a rule does with what it could not hand over, and the role it does it with. */
export function errorAction(
  source: Erring,
  context: Context,
): { readonly action?: ErrorAction['action']; readonly parts: readonly Part[] } {
  const said = source.settings.onError;
  if (said && isNone(said)) return { parts: [] };
  const { place: because, path } = source;
  const to = roleAddress(source);
  const made = !said && failures(source);
  const { action, statements } = made
    ? toArn('sqs', attribute(deadLetterAddress(made), 'Arn'), ref(deadLetterAddress(made)), to)
    : actionOf(said as Said, to, context);
  return {
    action,
    parts: [
      ...(made ? deadLetters(made, context) : []),
      // https://docs.aws.amazon.com/iot/latest/developerguide/cross-service-confused-deputy-prevention.html
      { part: 'role', address: to, service: 'iot.amazonaws.com', trust: { StringEquals: { 'aws:SourceAccount': account } }, because, path },
      ...statements.map(({ broad, ...statement }): Part => ({
        part: 'grant',
        to,
        ...statement,
        by: 'service',
        reason: 'AWS IoT sends failed messages',
        ...(broad !== undefined && { accepted: [{ rule: 'AwsSolutions-IAM5', reason: broad }] }),
        because,
        path,
      })),
    ],
  };
}

const failures = ({ names, tags, place: because, path }: Hop): DeadLetters => ({
  names,
  role: 'FailureQueue',
  senders: [],
  tags,
  because,
  path,
});

function actionOf(said: Said, role: ReturnType<typeof roleAddress>, context: Context): ErrorAction {
  const RoleArn = attribute(role, 'Arn');
  if (isRepublish(said)) {
    const resources = said.republish.replace(/\$\{[^}]*\}/g, '*');
    return {
      action: { Republish: { Topic: said.republish, Qos: said.qos === 'at-least-once' ? 1 : 0, RoleArn } },
      statements: [
        {
          actions: ['iot:Publish'],
          on: [arnOf('iot', text('topic/', resources))],
          ...(resources.includes('*') && { broad: 'The topic depends on the message.' }),
        },
      ],
    };
  }
  if (isText(said)) {
    const arn = context.text(said);
    return toArn(serviceOf(said, context.model) ?? 'sqs', arn, queueUrl(arn), role);
  }
  const { action, statements } = toArn(SERVICES[said.kind], context.arn(said), context.attribute(said, ''), role);
  const key =
    said.kind === 'queues'
      ? queueKey(said as Thing<'queues'>, ['kms:Decrypt', 'kms:GenerateDataKey'], context)
      : topicKey(said as Thing<'topics'>, context);
  return { action, statements: [...statements, ...key] };
}

const SERVICES = { queues: 'sqs', topics: 'sns' } as const;

type Service = 'sqs' | 'sns' | 'kinesis' | 'firehose' | 's3' | 'logs';

/** The action and the leave for each service. https://docs.aws.amazon.com/iot/latest/developerguide/iot-rule-actions.html */
function toArn(service: Service, arn: Piece, url: Piece, role: ReturnType<typeof roleAddress>): ErrorAction {
  const RoleArn = attribute(role, 'Arn');
  const actions: Readonly<Record<Service, () => ErrorAction>> = {
    sqs: () => ({ action: { Sqs: { QueueUrl: url, RoleArn } }, statements: [{ actions: ['sqs:SendMessage'], on: [arn] }] }),
    sns: () => ({
      action: { Sns: { TargetArn: arn, MessageFormat: 'RAW', RoleArn } },
      statements: [{ actions: ['sns:Publish'], on: [arn] }],
    }),
    kinesis: () => ({
      action: { Kinesis: { StreamName: part(arn, '/', 1), PartitionKey: '${newuuid()}', RoleArn } },
      statements: [{ actions: ['kinesis:PutRecord'], on: [arn] }],
    }),
    firehose: () => ({
      action: { Firehose: { DeliveryStreamName: part(arn, '/', 1), RoleArn } },
      statements: [{ actions: ['firehose:PutRecord'], on: [arn] }],
    }),
    s3: () => ({
      action: { S3: { BucketName: part(arn, ':', 5), Key: '${topic()}/${timestamp()}', RoleArn } },
      statements: [
        { actions: ['s3:PutObject'], on: [text(arn, '/*')], broad: 'Objects are named by the topic and the time of the message.' },
      ],
    }),
    logs: () => {
      const group = typeof arn === 'string' ? arn.replace(/:\*$/, '') : arn;
      const broad = 'AWS IoT names the streams of the log group.';
      return {
        action: { CloudwatchLogs: { LogGroupName: part(arn, ':', 6), RoleArn } },
        statements: [
          { actions: ['logs:DescribeLogStreams'], on: [text(group, ':*')], broad },
          { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], on: [text(group, ':log-stream:*')], broad },
        ],
      };
    },
  };
  return actions[service]();
}

/** A part of an ARN. */
function part(arn: Piece, delimiter: string, index: number): Piece {
  return typeof arn === 'string' ? (arn.split(delimiter)[index] ?? '') : new Select(index, new Split(delimiter, arn));
}

const queueUrl = (arn: Piece): Piece =>
  text('https://sqs.', part(arn, ':', 3), '.', urlSuffix, '/', part(arn, ':', 4), '/', part(arn, ':', 5));

/** A queue of this system that receives what failed keeps it longer. */
export function errorDemands({ settings: { onError }, place: because }: Erring): readonly Demand[] {
  if (!onError || isText(onError) || isRepublish(onError) || onError.kind !== 'queues') return [];
  return [{ on: onError as Thing<'queues'>, need: { need: 'failures' }, because }];
}

/** Reports what an error action cannot send to. */
export function verifyError({ settings: { onError }, written, place }: Erring, { model }: Context, report: Report): void {
  if (!onError || isNone(onError) || isRepublish(onError)) return;
  const at = written.parts.get('onError')?.place ?? place;
  const name = isText(onError) ? onError.segments.map((one) => (typeof one === 'string' ? one : '$(…)')).join('') : onError.name;
  const fifo = isText(onError) ? name.endsWith('.fifo') : onError.settings.fifo;
  if (fifo || (isText(onError) && serviceOf(onError, model) === undefined))
    report(iotErrorProblems['no-iot-error-action'], at, { written: name });
}

const SERVICE = /^arn:[^:]*:(sqs|sns|kinesis|firehose|s3|logs):/;

const TYPES: Readonly<Record<string, Service | undefined>> = {
  'AWS::SQS::Queue': 'sqs',
  'AWS::SNS::Topic': 'sns',
  'AWS::Kinesis::Stream': 'kinesis',
  'AWS::KinesisFirehose::DeliveryStream': 'firehose',
  'AWS::S3::Bucket': 's3',
  'AWS::Logs::LogGroup': 'logs',
};

const KINDS: Readonly<Record<string, Service | undefined>> = { ...SERVICES, streams: 'kinesis', buckets: 's3' };

function serviceOf({ segments: [first] }: Text, model: Model): Service | undefined {
  if (typeof first === 'string') return SERVICE.exec(first)?.[1] as Service | undefined;
  if (first?.to === 'thing') return KINDS[first.thing.kind];
  return first?.to === 'resource' ? TYPES[String(model.settings.resources?.[first.name]?.Type)] : undefined;
}
