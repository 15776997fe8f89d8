import { variableOf } from '../../runtime/contract.ts';
import { address, type Address } from '../cloud/address.ts';
import { resource, type Part } from '../cloud/part.ts';
import { account, arn, attribute, ref, region, Select, Split, text, urlSuffix, type Value } from '../cloud/value.ts';
import type { Text, Thing } from '../resolve/model.ts';
import { adopting, nameInAws } from './adoption.ts';
import type { Demand, Sender } from './demand.ts';
import { existing } from './existing.ts';
import { keeping } from './keeping.ts';
import type { Allowance, Context, Meaning, Piece, Use } from './meaning.ts';
import { deadLetterAddress, deadLetterOf, deadLetters, endsThere, isNone, LONGEST, type DeadLetters } from './queue-parts.ts';
import { verifyQueue } from './queue-rules.ts';
import { resourcePolicy } from './resource-policy.ts';
import { tagList } from './tags.ts';

export type Queue = Thing<'queues'>;

export const queueAddress = ({ name }: Queue): Address<'AWS::SQS::Queue'> => address('AWS::SQS::Queue', { name, word: 'Queue' });

export function queueArn(queue: Queue, context: Context): Piece {
  const found = existing(queue.settings.existing, context);
  return found ? (found.arn ?? arn('sqs', found.name)) : attribute(queueAddress(queue), 'Arn');
}

function queueName(queue: Queue, context: Context): Piece {
  return existing(queue.settings.existing, context)?.name ?? attribute(queueAddress(queue), 'QueueName');
}

/** What the SDK wants: the queue’s address. */
function queueUrl(queue: Queue, context: Context): Piece {
  const found = existing(queue.settings.existing, context);
  if (!found) return ref(queueAddress(queue));
  const part = (index: number) => (found.arn === undefined ? undefined : new Select(index, new Split(':', found.arn)));
  return text('https://sqs.', part(3) ?? region, '.', urlSuffix, '/', part(4) ?? account, '/', found.name);
}

/** A key of the customer’s needs leave of its own. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html */
export function queueKey(queue: Queue, actions: readonly string[], context: Context): Allowance['statements'] {
  const { key } = queue.settings;
  if (!key) return [];
  return [{ actions, on: [context.text(key)], when: { StringEquals: { 'kms:ViaService': text('sqs.', region, '.', urlSuffix) } } }];
}

function allowance(actions: readonly string[], keyActions: readonly string[]) {
  return (queue: Queue, _: Use, context: Context): Allowance => ({
    statements: [{ actions, on: [queueArn(queue, context)] }, ...queueKey(queue, keyActions, context)],
    variables: [{ name: variableOf('queue', queue.called), value: queueUrl(queue, context) }],
  });
}

/** An SQS queue. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html */
export const queues: Meaning<'queues'> = {
  service: 'sqs',
  arn: queueArn,
  attributes: { '': queueUrl, url: queueUrl, name: queueName, arn: queueArn },
  access: {
    send: allowance(['sqs:SendMessage'], ['kms:Decrypt', 'kms:GenerateDataKey']),
    receive: allowance(
      ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
      ['kms:Decrypt'],
    ),
  },
  verify: verifyQueue,
  demands: (queue) => {
    const { queue: target } = deadLetterOf(queue);
    return target && !isText(target) ? [{ on: target, need: { need: 'failures' }, because: queue.place }] : [];
  },
  expand(queue, context) {
    if (queue.settings.existing) return [];
    const needs = context.demandsOn(queue);
    return [...madeQueue(queue, needs, context), policy(queue, needs, context)];
  },
};

type RedrivePolicy = { readonly deadLetterTargetArn: Piece; readonly maxReceiveCount: number };

type Needed = readonly Demand<'queues'>[];

const isText = (target: Queue | Text): target is Text => 'segments' in target;

function madeDeadLetters({ name, settings, path, place }: Queue): DeadLetters {
  return {
    names: { name, word: 'Queue' },
    role: 'DeadLetterQueue',
    fifo: settings.fifo,
    senders: [],
    tags: settings.tags,
    because: place,
    path,
  };
}

/** Where messages go that were received too often, and the queue for them where one is made. */
function redrive(
  queue: Queue,
  needs: Needed,
  context: Context,
): { readonly policy: RedrivePolicy | undefined; readonly parts: readonly Part[] } {
  const { queue: said, after } = deadLetterOf(queue);
  if (isNone(said)) return { policy: undefined, parts: [] };
  if (said) {
    const target = isText(said) ? context.text(said) : queueArn(said, context);
    return { policy: { deadLetterTargetArn: target, maxReceiveCount: after }, parts: [] };
  }
  const asked = queue.settings.deadLetter !== undefined || needs.some(({ need }) => need.need === 'reader' || need.need === 'drained');
  if (!asked) return { policy: undefined, parts: [] };
  const made = madeDeadLetters(queue);
  return {
    policy: { deadLetterTargetArn: attribute(deadLetterAddress(made), 'Arn'), maxReceiveCount: after },
    parts: deadLetters(made, context),
  };
}

/** A message that is worked on stays hidden: six times as long as the function may take, and as long as a batch fills. */
export function hiddenFor(needs: Needed): number | undefined {
  const needed = needs.flatMap(({ need }) => (need.need === 'reader' ? [6 * need.fn.settings.timeout + need.window] : []));
  return needed.length > 0 ? Math.min(Math.max(...needed), 43_200) : undefined;
}

function madeQueue(queue: Queue, needs: Needed, context: Context): readonly Part[] {
  const { settings, path, place: because } = queue;
  const { policy: redrivePolicy, parts } = redrive(queue, needs, context);
  const ends = needs.some(({ need }) => need.need === 'failures');
  const visibility = settings.visibility ?? hiddenFor(needs);
  return [
    resource(
      queueAddress(queue),
      {
        ...queueNamed(settings, context),
        ...(settings.fifo && { FifoQueue: true }),
        ...(settings.deduplication === 'content' && { ContentBasedDeduplication: true }),
        ...(settings.throughput === 'group' && { DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' }),
        MessageRetentionPeriod: settings.retention ?? (ends ? LONGEST : 4 * 86_400),
        ...(visibility !== undefined && { VisibilityTimeout: visibility }),
        ...(settings.delay !== undefined && { DelaySeconds: settings.delay }),
        ReceiveMessageWaitTimeSeconds: settings.wait,
        ...(settings.maxMessageSize !== undefined && { MaximumMessageSize: settings.maxMessageSize * 1024 }),
        ...(settings.key ? { KmsMasterKeyId: context.text(settings.key) } : { SqsManagedSseEnabled: true }),
        ...(redrivePolicy !== undefined && { RedrivePolicy: redrivePolicy }),
        ...redriveAllow(queue, ends, context),
        ...tagList(settings.tags, context),
      },
      {
        because,
        path,
        ...adopting(settings, context, ({ name }) => ({
          QueueUrl: text('https://sqs.', region, '.', urlSuffix, '/', account, '/', name),
        })),
        ...keeping(settings, context.model),
        ...(redrivePolicy === undefined && {
          accepted: [
            ends ? endsThere : { rule: 'AwsSolutions-SQS3', reason: 'No function of this system reads it, or the file wants none.' },
          ],
        }),
      },
    ),
    ...parts,
  ];
}

/** The name of a FIFO queue ends so; one that is adopted has its whole name. */
function queueNamed({ adopt, physicalName, fifo }: Queue['settings'], context: Context): { readonly QueueName?: Piece } {
  if (adopt) return { QueueName: nameInAws({ adopt }, context) ?? '' };
  if (physicalName === undefined) return {};
  return { QueueName: fifo && !physicalName.endsWith('.fifo') ? `${physicalName}.fifo` : physicalName };
}

/**
 * Which queues may send their dead letters here. Those of this system cannot be listed, for they name this one: a circle.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
 */
function redriveAllow(
  { settings: { redriveAllow: said } }: Queue,
  ends: boolean,
  context: Context,
): { RedriveAllowPolicy?: { readonly [key: string]: Value } } {
  if (said === 'all') return { RedriveAllowPolicy: { redrivePermission: 'allowAll' } };
  if (typeof said === 'object')
    return { RedriveAllowPolicy: { redrivePermission: 'byQueue', sourceQueueArns: said.map((one) => context.text(one)) } };
  return ends ? {} : { RedriveAllowPolicy: { redrivePermission: 'denyAll' } };
}

function policy(queue: Queue, needs: Needed, context: Context): Part {
  const senders = needs.flatMap(({ need }): readonly Sender[] => (need.need === 'sender' ? [need] : []));
  return resource(
    address('AWS::SQS::QueuePolicy', { name: queue.name, word: 'Queue' }, 'Policy'),
    {
      Queues: [ref(queueAddress(queue))],
      PolicyDocument: resourcePolicy(
        attribute(queueAddress(queue), 'Arn'),
        { denied: 'sqs:*', allowed: 'sqs:SendMessage', senders, own: queue.settings.policy },
        context,
      ),
    },
    { because: queue.place, path: queue.path },
  );
}
