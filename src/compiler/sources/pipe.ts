import { address } from '../cloud/address.ts';
import { resource, type Part } from '../cloud/part.ts';
import { attribute } from '../cloud/value.ts';
import { deadLetterAddress, deadLetters, type DeadLetters } from '../resources/queue-parts.ts';
import type { Context, Piece, Statement } from '../resources/meaning.ts';
import { queueArn, queueKey } from '../resources/queues.ts';
import { keyStatement, streamArn } from '../resources/streams.ts';
import { tableKey, tableStreamArn } from '../resources/tables.ts';
import { tagMap } from '../resources/tags.ts';
import { changed } from './table.ts';
import { filterCriteria } from './filter.ts';
import { startingPosition } from './mapping.ts';
import { bringing, type Landing, type Reception } from './receiver.ts';
import { bearer, type Between } from './receptions.ts';

/** What a pipe reads, and what that takes. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-permissions.html */
interface Well {
  readonly arn: Piece;
  readonly statements: readonly Statement[];
}

type Shards = Reception<'stream'> | Reception<'table'>;

const failureQueue = ({ names, tags, place: because, path }: Landing): DeadLetters => ({
  names,
  role: 'FailureQueue',
  senders: [],
  tags,
  because,
  path,
});

/** How a stream of records is read: from where, how often it is tried, and where a batch ends that failed. */
function shards({ settings }: Shards, failures: Piece) {
  const { StartingPosition = 'TRIM_HORIZON' } = startingPosition(settings.start ?? 'trim-horizon');
  return {
    StartingPosition,
    BatchSize: settings.batchSize ?? 100,
    ...(settings.batchWindow !== undefined && { MaximumBatchingWindowInSeconds: settings.batchWindow }),
    ParallelizationFactor: settings.parallelization,
    MaximumRetryAttempts: settings.retries === 'forever' ? -1 : (settings.retries ?? 5),
    ...(typeof settings.maxAge === 'number' && { MaximumRecordAgeInSeconds: settings.maxAge }),
    OnPartialBatchItemFailure: 'AUTOMATIC_BISECT',
    DeadLetterConfig: { Arn: failures },
  };
}

type Piped = Reception<'stream'> | Reception<'table'> | Reception<'queue'>;

type Parameters = { readonly [key: string]: unknown };

function pipe(reception: Piped, well: Well, parameters: Parameters, context: Context): readonly Part[] {
  const { settings, names, receiver, tags, place: because, path } = reception;
  const { role, parts } = bearer(reception, {
    service: 'pipes.amazonaws.com',
    statements: [...well.statements, ...bringing(reception, context).map(many)],
  });
  const filter = settings.kind === 'table' ? settings.filter?.map((one) => changed(one)) : settings.filter;
  return [
    resource(
      address('AWS::Pipes::Pipe', names, 'Pipe'),
      {
        Source: well.arn,
        Target: context.arn(receiver),
        RoleArn: attribute(role, 'Arn'),
        DesiredState: settings.enabled ? 'RUNNING' : 'STOPPED',
        SourceParameters: { ...parameters, ...(filter && { FilterCriteria: filterCriteria(filter, context) }) },
        TargetParameters: {
          ...(settings.template !== undefined && { InputTemplate: settings.template }),
          ...(settings.messageGroup !== undefined && { SqsQueueParameters: { MessageGroupId: settings.messageGroup } }),
          ...(settings.partitionKey !== undefined && { KinesisStreamParameters: { PartitionKey: settings.partitionKey } }),
          ...(receiver.kind === 'stateMachines' && { StepFunctionStateMachineParameters: { InvocationType: 'FIRE_AND_FORGET' } }),
          ...((settings.source ?? settings.detailType) !== undefined && {
            EventBridgeEventBusParameters: {
              ...(settings.source !== undefined && { Source: settings.source }),
              ...(settings.detailType !== undefined && { DetailType: settings.detailType }),
            },
          }),
        },
        Tags: tagMap(tags, context),
      },
      { because, path },
    ),
    ...parts,
  ];
}

/** A pipe puts records by the batch. */
const many = (statement: Statement): Statement =>
  statement.actions.includes('kinesis:PutRecord') ? { ...statement, actions: [...statement.actions, 'kinesis:PutRecords'] } : statement;

function failing(
  reception: Landing,
  context: Context,
): { readonly arn: Piece; readonly parts: readonly Part[]; readonly statement: Statement } {
  const made = failureQueue(reception);
  const arn = attribute(deadLetterAddress(made), 'Arn');
  return { arn, parts: deadLetters(made, context), statement: { actions: ['sqs:SendMessage'], on: [arn] } };
}

export const stream: Between<'stream'> = {
  demands: () => [],
  expand(reception, context) {
    const of = reception.settings.stream;
    const { arn, parts, statement } = failing(reception, context);
    const actions = [
      'kinesis:DescribeStream',
      'kinesis:DescribeStreamSummary',
      'kinesis:GetRecords',
      'kinesis:GetShardIterator',
      'kinesis:ListShards',
    ];
    const statements = [{ actions, on: [streamArn(of, context)] }, ...keyStatement(of, 'kms:Decrypt', context), statement];
    const well = { arn: streamArn(of, context), statements };
    return [...pipe(reception, well, { KinesisStreamParameters: shards(reception, arn) }, context), ...parts];
  },
};

export const table: Between<'table'> = {
  demands: ({ settings, place: because }) => [{ on: settings.table, need: { need: 'stream' }, because }],
  expand(reception, context) {
    const of = reception.settings.table;
    const { arn, parts, statement } = failing(reception, context);
    const streams = tableStreamArn(of, context);
    const well = {
      arn: streams,
      statements: [
        { actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], on: [streams] },
        {
          actions: ['dynamodb:ListStreams'],
          on: ['*'],
          accepted: [{ rule: 'AwsSolutions-IAM5', reason: 'ListStreams takes no resource.' }],
        },
        ...tableKey(of, context),
        statement,
      ],
    };
    return [...pipe(reception, well, { DynamoDBStreamParameters: shards(reception, arn) }, context), ...parts];
  },
};

export const queue: Between<'queue'> = {
  demands: ({ settings, place: because }) => [{ on: settings.queue, need: { need: 'drained' }, because }],
  expand(reception, context) {
    const { settings } = reception;
    const of = settings.queue;
    const well = {
      arn: queueArn(of, context),
      statements: [
        { actions: ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'], on: [queueArn(of, context)] },
        ...queueKey(of, ['kms:Decrypt'], context),
      ],
    };
    const parameters = {
      SqsQueueParameters: {
        BatchSize: settings.batchSize ?? 10,
        ...(settings.batchWindow !== undefined && { MaximumBatchingWindowInSeconds: settings.batchWindow }),
      },
    };
    return pipe(reception, well, parameters, context);
  },
};
